/// Which columns of a CSV file tell its rows apart, and which columns were renamed: the same for every version that is
/// merged.
public struct RowLayout: Hashable, Sendable {
  /// What tells rows apart, by the columns' first names.
  public enum KeyColumns: Hashable, Sendable {
    case named([String])
    /// All columns but this one.
    case allBut(String)
  }

  /// What tells this file's rows apart.
  public private(set) var key: KeyColumns
  /// Whether a row's name says of which columns its parts are.
  public let isTagged: Bool
  /// Whether `status` and `note` are what they are in actuals.
  public let isActuals: Bool
  /// Whether rows are kept in key order.
  public let isSorted: Bool
  /// By a column's later name the one that it had first.
  public let renamed: [String: String]

  /// Whether a column, by its first name, belongs to the key.
  public func isKey(_ column: String) -> Bool {
    switch key {
    case .named(let names): names.contains(column)
    case .allBut(let value): column != value
    }
  }

  /// The name that a column had first.
  public func firstName(_ column: String) -> String { renamed[column] ?? column }

  /// The layout with which all versions of a file can be read.
  init<ID>(_ shape: RowShape, _ versions: TableVersions<ID>) {
    renamed = versions.renamed
    let named: [String] =
      switch shape {
      case .actuals(let dimensions): ["period"] + dimensions
      case .keyed(let names): names
      case .allButLast: []
      }
    if let first = named.first, versions.common.contains(first) {
      let present = named.filter(versions.common.contains)
      key = .named(present.count == named.count || versions.tellsApart(present) ? present : named)
      isTagged = false
      isSorted = first == "period"
      if case .actuals = shape { isActuals = true } else { isActuals = false }
    } else {
      key = Self.generic(versions)
      isTagged = true
      isSorted = false
      isActuals = false
    }
  }

  /// The layout of actuals whose dimensions no definition names, where the period alone does not tell the rows apart:
  /// the columns behind it that hold texts are the dimensions. Nil where there are no others.
  func withDimensions<ID>(of versions: TableVersions<ID>) -> RowLayout? {
    guard isActuals, case .named(let names) = key else { return nil }
    let more = versions.leadingTexts.filter { !names.contains($0) }
    guard !more.isEmpty else { return nil }
    var layout = self
    layout.key = .named(names + more)
    return layout
  }

  /// All columns but the last. A column that only some versions have belongs to the key only where it is needed to tell
  /// rows apart.
  private static func generic<ID>(_ versions: TableVersions<ID>) -> KeyColumns {
    let value = versions.lastColumn
    if versions.haveSameColumns { return .allBut(value) }
    let names = versions.common.filter { $0 != value }.sorted()
    return !names.isEmpty && versions.tellsApart(names) ? .named(names) : .allBut(value)
  }
}

/// The versions of a CSV file side by side.
struct TableVersions<ID: Hashable> {
  let tables: [CSVTable]
  /// The versions that were made from no other here.
  private let oldest: [CSVTable]
  /// By a column's later name the one that it had first.
  let renamed: [String: String]
  /// The columns, by their first names, that every version has.
  let common: Set<String>
  let haveSameColumns: Bool

  /// - Parameters:
  ///   - steps: which version was made from which.
  ///   - peers: versions that were made at the same time.
  init(tables: [ID: CSVTable], steps: [(older: ID, newer: ID)], peers: [(hub: ID, local: ID)]) {
    self.tables = Array(tables.values)
    let older = Set(steps.map(\.older)).subtracting(steps.map(\.newer))
    oldest = older.isEmpty ? self.tables : older.compactMap { tables[$0] }
    var renames = ColumnRenames(headers: tables.values.map(\.header))
    for step in steps {
      guard let older = tables[step.older], let newer = tables[step.newer] else { continue }
      renames.find(from: older, to: newer)
    }
    for pair in peers {
      guard let hub = tables[pair.hub], let local = tables[pair.local] else { continue }
      renames.findAlike(hub, local, notIn: steps.compactMap { tables[$0.older]?.header })
    }
    renamed = renames.firstNames
    let headers = tables.values.map { table in Set(table.header.map { renames.firstName($0) }) }
    common = headers.dropFirst().reduce(headers.first ?? []) { $0.intersection($1) }
    haveSameColumns = Set(headers).count < 2
  }

  private func columns(of table: CSVTable) -> [String] { table.header.map { renamed[$0] ?? $0 } }

  /// The last column of the oldest version: wherever somebody has moved it since, and whether or not it is still there.
  var lastColumn: String { oldest.compactMap { columns(of: $0).last }.min() ?? "" }

  /// The columns of actuals directly behind the period that hold texts, no numbers.
  var leadingTexts: [String] {
    let first = tables.min { $0.header.lexicographicallyPrecedes($1.header) }
    guard let first, let period = columns(of: first).firstIndex(of: "period") else { return [] }
    return Array(
      columns(of: first)[(period + 1)...].prefix { name in
        name != "status" && name != "note" && common.contains(name) && tables.contains { holdsTexts($0, name) }
      })
  }

  private func holdsTexts(_ table: CSVTable, _ name: String) -> Bool {
    guard let column = columns(of: table).firstIndex(of: name) else { return false }
    return table.rows.indices.contains { row in
      if case .string(let text) = CellMeaning.of(table.text(row: row, column: column)) { !text.isEmpty } else { false }
    }
  }

  /// Whether some columns tell the rows of each version apart as well as all of them do.
  func tellsApart(_ names: [String]) -> Bool {
    let value = lastColumn
    return tables.allSatisfy { table in
      let columns = columns(of: table)
      let some = columns.indices.filter { names.contains(columns[$0]) }
      return distinct(table, some) == distinct(table, columns.indices.filter { columns[$0] != value })
    }
  }

  private func distinct(_ table: CSVTable, _ columns: [Int]) -> Int {
    Set(table.rows.indices.map { row in columns.map { CSVText.trimmed(table.text(row: row, column: $0)) } }).count
  }
}
