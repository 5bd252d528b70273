public import Git
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
  /// The repository at this path has a work tree.
  case notBare(String)
  /// A hook of this name is there that somebody else wrote.
  case foreignHook(String)
  /// A file that is no backup of a hub, or a damaged one: git's words.
  case noBackup(String)
  /// git could not do its part: its words.
  case git(String)
  /// The repository was cloned without its history.
  case shallow
  /// A commit that is none of the main line.
  case notASync(ObjectID)
  /// The operating system refused.
  case system(String)
}
