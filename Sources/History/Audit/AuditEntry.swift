public import Git
public import LedgerFiles
public import LedgerModel

/// One value that somebody changed, and how it came into the ledger.
public struct AuditEntry: Hashable, Sendable {
  /// When it was entered, as its author's clock claimed.
  public var at: GitTime
  /// Who entered it.
  public var by: Author
  /// Whether it is known to be theirs: they sent it themselves, or signed it with a key that was theirs on the main line
  /// then. Otherwise `broughtBy` claims it of them.
  public var isVerified: Bool
  /// Who sent it to the hub; who committed it, as long as it has not been sent.
  public var broughtBy: Author
  /// The file's path, as it was named then.
  public var file: String
  /// The KPI that it is about; nil for goals, people and other files that belong to none.
  public var kpi: KPIID?
  /// The key that changed (DESIGN section 5); with `proposal ` before it where it was held or settled and not in force.
  public var key: Key
  /// nil where there was nothing.
  public var from: YAMLValue?
  /// nil where it was removed.
  public var to: YAMLValue?
  /// Where it was entered.
  public var commit: ObjectID
  /// The sync that brought it to everybody; nil as long as it waits in this clone.
  public var sync: ObjectID?
  /// Why, in its author's words.
  public var message: String
  /// Whether the whole file came with this change.
  public var isNewFile: Bool
  /// How it came out, at a change that was held; at its end, and at the value that accepting it put in force, whose it
  /// was. nil for what was never held.
  public var settlement: Settlement?
}
