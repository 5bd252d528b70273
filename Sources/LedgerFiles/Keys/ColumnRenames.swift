/// Finds the columns of a CSV file that were given another name: gone under one, there under another, with the same
/// cells for the most part.
struct ColumnRenames {
  /// The share of cells, blank ones not counted, that a renamed column has in common with what it was.
  static let leastCommonShare = 0.5
  /// Columns with a meaning of their own, which have no other name.
  private static let fixed: Set<String> = ["period", "status", "note"]

  private let headers: [Set<String>]
  /// By a column's later name the one that it had first.
  private(set) var firstNames: [String: String] = [:]

  init(headers: [[String]]) { self.headers = headers.map(Set.init) }

  func firstName(_ column: String) -> String { firstNames[column] ?? column }

  /// Notes what was renamed from one version to the next.
  mutating func find(from older: CSVTable, to newer: CSVTable) {
    let gone = older.header.filter { !newer.header.contains($0) }
    let new = newer.header.filter { !older.header.contains($0) }
    match(gone, older, new, newer)
  }

  /// Notes what two people added at the same time under different names.
  mutating func findAlike(_ hub: CSVTable, _ local: CSVTable, notIn older: [[String]]) {
    let known = Set(older.joined().map(firstName))
    let theirs = hub.header.filter { !local.header.contains($0) && !known.contains(firstName($0)) }
    let ours = local.header.filter { !hub.header.contains($0) && !known.contains(firstName($0)) }
    match(theirs, hub, ours, local)
  }

  private mutating func match(_ gone: [String], _ older: CSVTable, _ new: [String], _ newer: CSVTable) {
    let gone = gone.filter { !Self.fixed.contains($0) }
    let new = new.filter { !Self.fixed.contains($0) }
    guard !gone.isEmpty, !new.isEmpty else { return }
    let before = gone.map { Self.cells($0, older) }
    let after = new.map { Self.cells($0, newer) }
    var pairs: [(share: Double, old: Int, new: Int)] = []
    for old in gone.indices {
      for name in new.indices { pairs.append((Self.commonShare(before[old], after[name]), old, name)) }
    }
    pairs.sort { ($1.share, $0.old, $0.new) < ($0.share, $1.old, $1.new) }
    var used: (old: Set<Int>, new: Set<Int>) = ([], [])
    for pair in pairs where pair.share >= Self.leastCommonShare {
      guard !used.old.contains(pair.old), !used.new.contains(pair.new) else { continue }
      note(new[pair.new], was: gone[pair.old])
      used.old.insert(pair.old)
      used.new.insert(pair.new)
    }
  }

  /// A name stands for one column in all versions, and no version has a column under two names.
  private mutating func note(_ name: String, was old: String) {
    let first = firstName(old)
    guard firstNames[name] == nil, name != first else { return }
    let meetsItself = headers.contains { header in
      header.contains(name) && header.contains { $0 != name && firstName($0) == first }
    }
    let isAnothersFirst = firstNames.values.contains(name)
    if !meetsItself && !isAnothersFirst { firstNames[name] = first }
  }

  private static func cells(_ name: String, _ table: CSVTable) -> [String: Int] {
    guard let column = table.column(name) else { return [:] }
    var counts: [String: Int] = [:]
    for row in table.rows.indices {
      let cell = CSVText.trimmed(table.text(row: row, column: column))
      if !cell.isEmpty { counts[cell, default: 0] += 1 }
    }
    return counts
  }

  private static func commonShare(_ one: [String: Int], _ other: [String: Int]) -> Double {
    let most = max(one.values.reduce(0, +), other.values.reduce(0, +))
    guard most > 0 else { return 0 }
    let common = one.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) }
    return Double(common) / Double(most)
  }
}
