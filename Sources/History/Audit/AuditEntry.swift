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
}

/// What an audit is asked for.
public struct AuditQuery: Hashable, Sendable {
  /// The KPIs whose files count; nil: all files.
  public var kpis: [KPIID]?
  /// A key, or the beginning of one: `targets` takes in `targets.2026-Q3`, a field of the calculation stands for all of
  /// it. nil: all keys.
  public var key: String?
  /// A part of a name or mail address, in any case; nil: everybody.
  public var by: String?
  /// The first second that counts, of the history's own clock; nil: from the beginning.
  public var since: Int64?

  /// Everything.
  public init() {}

  /// Whether a key is one of those asked for.
  public func takes(_ key: Key) -> Bool {
    guard let asked = self.key, !asked.isEmpty else { return true }
    let text = key.text.hasPrefix("proposal ") ? String(key.text.dropFirst(9)) : key.text
    if text == asked || key.text == asked { return true }
    if Shape.calculationFields.contains(asked), text == Key.calculation.text { return true }
    return text.hasPrefix(asked) && [".", " "].contains(text.dropFirst(asked.count).first)
  }

  /// Whether an author is one of those asked for.
  public func takes(_ author: Author) -> Bool {
    guard let by, !by.isEmpty else { return true }
    return author.description.lowercased().contains(by.lowercased())
  }

  /// The paths that have to be looked at; nil: all.
  var paths: [String]? {
    kpis?.flatMap { id in
      [id.definitionPath, id.actualsPath].flatMap { [$0, "proposals/" + $0] }
    }
  }
}
