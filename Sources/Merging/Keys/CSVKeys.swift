import Calculation
import LedgerFiles

/// A CSV file as its keys: a column, a row's values and status together, a row's note.
struct CSVKeys: KeyedDocument {
  let table: CSVTable
  let layout: RowLayout
  let keys: [Key]
  let values: [Key: KeyValue]
  /// The name by which each row goes, in the order of the rows: its key cells, numbered where one stands twice.
  let rowNames: [String]
  let columns: Set<String>?
  private let rowByName: [String: Int]

  init(_ table: CSVTable, layout: RowLayout) {
    self.table = table
    self.layout = layout
    let reader = RowReader(table: table, layout: layout)
    var keys = table.header.map(Key.column)
    var values = Dictionary(keys.map { ($0, KeyValue(.bool(true))) }, uniquingKeysWith: { $1 })
    var names: [String] = []
    var met: [String: Int] = [:]
    for row in table.rows.indices {
      var name = reader.name(of: row)
      met[name, default: 0] += 1
      if let count = met[name], count > 1 { name += " (\(count))" }
      names.append(name)
      keys.append(.row(name))
      values[.row(name)] = KeyValue(.map(reader.cells(of: row)))
      let note = reader.note(of: row)
      if !note.isEmpty {
        keys.append(.note(name))
        values[.note(name)] = KeyValue(.string(note))
      }
    }
    self.keys = keys
    self.values = values
    rowNames = names
    rowByName = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    columns = Set(table.header)
  }

  var bytes: [UInt8] { table.bytes }

  func row(named name: String) -> Int? { rowByName[name] }

  func read(_ bytes: [UInt8]) -> (any KeyedDocument)? {
    let table = CSVTable(parsing: bytes, delimiter: self.table.delimiter)
    return table.faults.isEmpty ? CSVKeys(table, layout: layout) : nil
  }

  func splicing(_ edits: [Edit]) -> [UInt8] { CSVSplice(base: self, edits: edits).bytes }

  func written(_ values: [Wanted]) -> [UInt8] {
    splicing(values.map { Edit(key: $0.key, source: $0.source) })
  }
}

/// Which columns of a CSV file tell its rows apart, the same for every version that is merged.
struct RowLayout: Hashable, Sendable {
  /// What tells rows apart.
  enum KeyColumns: Hashable, Sendable {
    case named([String])
    /// All columns but this one.
    case allBut(String)
  }

  let key: KeyColumns
  /// Whether `status` and `note` are what they are in actuals, and rows are kept in key order.
  let isActuals: Bool
  let isSorted: Bool

  func isKey(_ column: String) -> Bool {
    switch key {
    case .named(let names): names.contains(column)
    case .allBut(let value): column != value && !(isActuals && (column == "status" || column == "note"))
    }
  }

  /// The layout of some versions of a file; `allButValue` takes the column `Value`, else the last one that all have.
  init(_ shape: RowShape, headers: [[String]]) {
    switch shape {
    case .actuals(let dimensions):
      key = .named(["period"] + dimensions)
      isActuals = true
      isSorted = true
    case .keyed(let names):
      key = .named(names)
      isActuals = false
      isSorted = names == ["period"]
    case .allButValue:
      key = .allBut(Self.valueColumn(headers))
      isActuals = false
      isSorted = false
    }
  }

  private static func valueColumn(_ headers: [[String]]) -> String {
    if let value = headers.lazy.compactMap({ $0.first { $0.lowercased() == "value" } }).first { return value }
    let common = headers.dropFirst().reduce(Set(headers.first ?? [])) { $0.intersection($1) }
    return headers.compactMap { $0.last(where: common.contains) }.min() ?? ""
  }
}

/// Reads the cells of a row by what they mean.
private struct RowReader {
  let table: CSVTable
  let layout: RowLayout
  private let noteColumn: Int?
  private let keyColumns: [(index: Int, name: String)]
  private let valueColumns: [(index: Int, name: String)]

  init(table: CSVTable, layout: RowLayout) {
    self.table = table
    self.layout = layout
    let columns = table.header.enumerated().map { (index: $0.offset, name: $0.element) }
    noteColumn = layout.isActuals ? table.column("note") : nil
    let noteColumn = noteColumn
    switch layout.key {
    case .named(let names):
      keyColumns = names.compactMap { name in table.column(name).map { ($0, name) } }
    case .allBut:
      keyColumns = columns.filter { layout.isKey($0.name) }.sorted { $0.name < $1.name }
    }
    valueColumns = columns.filter { !layout.isKey($0.name) && $0.index != noteColumn }
  }

  /// The key cells, as `2026-03` or `2026-03,north`; with their columns' names where all columns but one are the key,
  /// blank cells left out, so that a column that somebody adds does not make other rows of all rows.
  func name(of row: Int) -> String {
    keyColumns.compactMap { column in
      let cell = trimmed(row, column.index)
      guard case .allBut = layout.key else { return quoted(cell) }
      return cell.isEmpty ? nil : column.name + "=" + quoted(cell)
    }.joined(separator: ",")
  }

  func cells(of row: Int) -> [(key: String, value: YAMLValue)] {
    valueColumns.compactMap { column in
      let text = trimmed(row, column.index)
      if text.isEmpty || layout.isActuals && column.name == "status" && text == "final" { return nil }
      return (column.name, Quantity(text).map(YAMLValue.number) ?? .string(text))
    }
  }

  func note(of row: Int) -> String { noteColumn.map { trimmed(row, $0) } ?? "" }

  private func trimmed(_ row: Int, _ column: Int) -> String {
    let text = table.text(row: row, column: column)
    guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
