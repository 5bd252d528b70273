import LedgerFiles

/// How the held changes of an audit came out, as far as its history goes.
///
/// An audit may leave out the end of what it shows, as when it is asked for one person's changes. So the files of the
/// proposals that it shows as held are asked for once more, whatever else the question was.
struct Settlements {
  private struct Change: Hashable {
    let file: String
    let key: Key
  }

  /// By the held change, how it ended.
  private var ends: [AuditEntry: Settlement] = [:]

  /// - Parameter entries: all that happened to some proposals, newest first
  private init(_ entries: [AuditEntry]) {
    var last: [Change: Settlement] = [:]
    for entry in entries {
      guard let settlement = entry.settlement else { continue }
      let change = Change(file: entry.file, key: entry.key)
      if entry.isHeld { ends[entry] = last[change] } else { last[change] = settlement }
    }
  }

  /// The entries of an audit, each held change with its end.
  /// - Parameters:
  ///   - entries: with what each commit by itself says of settlements
  ///   - query: what they answer
  ///   - ask: gives the entries of another question to the same history, newest first
  static func completing(
    _ entries: [AuditEntry], of query: AuditQuery, asking ask: (AuditQuery) throws -> [AuditEntry]
  ) rethrows -> [AuditEntry] {
    let files = Set(entries.filter(\.isHeld).map(\.file))
    guard !files.isEmpty else { return entries }
    var narrow = AuditQuery()
    narrow.files = files.sorted()
    narrow.since = query.since
    let settlements = Settlements(try ask(narrow))
    return entries.map { entry in
      guard entry.isHeld, let end = settlements.ends[entry] else { return entry }
      var entry = entry
      entry.settlement = end
      return entry
    }
  }
}
