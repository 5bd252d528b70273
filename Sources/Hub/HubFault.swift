public import LedgerModel

/// Why something cannot be done with a hub.
public enum HubFault: Error, Hashable, Sendable {
  /// The administrator's name or mail address cannot stand in a commit: why.
  case unusable(String)
  /// There is no hub at this path.
  case noHub(String)
  /// Something is at this path already, where a new hub should be made.
  case occupied(String)
  /// A folder that should be imported is not there, or holds no `ledger.yaml`.
  case noLedger(String)
  /// The folder that should be imported has errors; no hub was made.
  case doesNotValidate([Finding])
  /// The hub has no ledger yet: nothing was ever pushed to it.
  case empty
  /// The operating system refused.
  case system(String)
}
