import Git
import LedgerFiles
import LedgerModel

/// What an audit says of one KPI's rows and of its calculation.
struct RowPast {
  /// A change, with its place in the audit: the newest has the lowest.
  struct Step {
    let place: Int
    let entry: AuditEntry
  }

  private var rows: [String: [Step]] = [:]
  private var notes: [String: [Step]] = [:]
  private var calculations: [Step] = []

  /// - Parameter entries: the newest first.
  init(_ entries: [AuditEntry]) {
    let moved = Self.moved(entries)
    for (place, entry) in entries.enumerated() where !moved.contains(Value(entry, entry.from ?? entry.to)) {
      let step = Step(place: place, entry: entry)
      if let row = entry.key.row { rows[row, default: []].append(step) }
      if let row = entry.key.note { notes[row, default: []].append(step) }
      if entry.key == .calculation { calculations.append(step) }
    }
  }

  /// The rows that somebody recorded and nobody removed.
  var rowNames: [String] { rows.filter { $0.value.first?.entry.to != nil }.keys.sorted() }

  /// How a row's values came in, or where somebody confirmed them later by entering them or their note again.
  func recorded(_ row: String, confirmedBy confirms: (Author) -> Bool) -> Step? {
    guard let values = rows[row]?.first else { return nil }
    let note = notes[row]?.first { $0.entry.isVerified ? confirms($0.entry.by) : confirms($0.entry.broughtBy) }
    guard let note, note.place < values.place else { return values }
    return note
  }

  /// The calculations that came into force after a row, and the one that it met.
  func calculations(since row: Step) -> (later: [Step], standing: Step?) {
    let later = calculations.prefix { $0.place < row.place && $0.entry.sync != row.entry.sync }
    return (Array(later), calculations.dropFirst(later.count).first)
  }

  // MARK: Moves

  /// A value that one commit of the main line took from one file or put into another.
  private struct Value: Hashable {
    let sync: ObjectID?
    let key: Key
    let value: YAMLValue?

    init(_ entry: AuditEntry, _ value: YAMLValue?) {
      (sync, key) = (entry.sync, entry.key)
      self.value = value
    }
  }

  /// What went from one name of the KPI to another and was entered by nobody.
  private static func moved(_ entries: [AuditEntry]) -> Set<Value> {
    func values(_ from: (AuditEntry) -> YAMLValue?, without to: (AuditEntry) -> YAMLValue?) -> Set<Value> {
      Set(entries.filter { from($0) != nil && to($0) == nil }.map { Value($0, from($0)) })
    }
    return values(\.from, without: \.to).intersection(values(\.to, without: \.from))
  }
}
