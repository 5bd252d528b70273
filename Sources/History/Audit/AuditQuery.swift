public import Calculation
public import LedgerFiles
public import LedgerModel

/// What an audit is asked for.
public struct AuditQuery: Hashable, Sendable {
  /// The KPIs whose files count; nil: all files, unless departments are named.
  public var kpis: [KPIID]?
  /// The departments all of whose files count besides.
  public var departments: [String]?
  /// A key, or the beginning of one: `targets` takes in `targets.2026-Q3`, a field of the calculation stands for all of
  /// it. nil: all keys.
  public var key: String?
  /// What the changes are about; nil: anything.
  public var kind: AuditKind?
  /// The period whose figures, targets and closes count; nil: all periods, and what has none.
  public var period: Period?
  /// A part of a name or mail address, in any case; nil: everybody.
  public var by: String?
  /// Mail addresses whose changes count besides those of `by`: those that a person has had.
  public var addresses: Set<String> = []
  /// The first second that counts, of the history's own clock; nil: from the beginning.
  public var since: Int64?
  /// The report that is made of what is found, so that no more is read than it needs; nil: what is found is listed.
  var report: AuditReport?
  /// Files, or folders with all that is in them, that count beside those of the KPIs and departments.
  var besides: [String] = []

  /// These files and no others; nil: as the KPIs and departments say.
  var files: [String]?

  /// Everything.
  public init() {}

  /// Whether a key of a file is one of those asked for.
  public func takes(_ key: Key, in path: String) -> Bool {
    takes(key) && kind?.takes(key, in: path) ?? true && report?.needs(key, in: path) ?? true
      && (period.map { Self.isOf($0, key, path) } ?? true)
  }

  /// Whether a key is one of those asked for, whatever it is about.
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
      || addresses.contains { Author(name: "", email: $0).isSame(as: author) }
  }

  private static func isOf(_ period: Period, _ key: Key, _ path: String) -> Bool {
    if case .close(_, let closed) = LedgerPath(path).concerned { return Period(closed) == period }
    let key = key.concerned
    return (key.note.map { Key.row($0) } ?? key).period == period
  }

  /// The folders of the departments, and of what is held of them; and what counts besides.
  var folders: [String] {
    (departments ?? []).flatMap { ["departments/\($0)", "closes/\($0)"] }.flatMap { [$0, "proposals/" + $0] } + besides
  }

  /// The paths that have to be looked at, files and folders; nil: all.
  var paths: [String]? {
    if let files { return files }
    guard kpis != nil || departments != nil else { return nil }
    let files = (kpis ?? []).flatMap { [$0.definitionPath, $0.actualsPath] }
    return files.flatMap { [$0, "proposals/" + $0] } + folders
  }
}
