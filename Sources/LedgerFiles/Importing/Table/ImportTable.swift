public import LedgerModel

/// A table of somebody else's: rows of named cells that know where they stand.
///
///     let table = ImportTable(reading: bytes, file: "figures.csv")
///     table.columns                  // ["Agency", "Month", "Actual"]
///
/// Read are CSV as spreadsheet programs write it (`SpreadsheetReader`: any separator, encodings mixed, line breaks in
/// quotes) and JSON: an array of objects, or an object that holds nothing but one; the fields of objects inside become
/// columns named with a dot, as `owner.name`.
public struct ImportTable: Sendable {
  /// What stands in a row under a column.
  struct Cell: Sendable {
    /// Without blanks at its ends; empty where there is nothing.
    let text: String
    /// Whether JSON says that it is a number: then it has one reading.
    let isNumber: Bool
    /// Its first byte.
    let offset: Int
  }

  /// What findings call the file.
  public let file: String
  /// The names of the columns, in their order.
  public let columns: [String]
  /// How many rows it has, the header not counted.
  public let count: Int
  /// What keeps it from being a table.
  public let findings: [Finding]
  /// What separates the fields of a CSV; a comma for JSON.
  let delimiter: UInt8
  private let csv: CSVTable?
  private let records: [[Cell?]]
  private let starts: [Int]
  private let lines: LineIndex

  /// Reads a file; what is wrong with it is in `findings`.
  public init(reading bytes: [UInt8], file: String) {
    if Self.isJSON(bytes, file: file) {
      self.init(JSONRecords(bytes), file: file)
    } else {
      self.init(SpreadsheetReader.table(bytes), file: file)
    }
  }

  private init(_ table: CSVTable, file: String) {
    self.file = file
    csv = table
    delimiter = table.delimiter
    columns = table.header
    count = table.rows.count
    records = []
    starts = table.rows.map(\.range.lowerBound)
    lines = LineIndex(table.bytes)
    findings = table.faults.map { Finding(.error, rule: $0.rule, file: file, at: $0.position, $0.message) }
  }

  private init(_ json: JSONRecords, file: String) {
    self.file = file
    csv = nil
    delimiter = UInt8(ascii: ",")
    columns = json.columns
    count = json.rows.count
    records = json.rows
    starts = json.starts
    lines = LineIndex(json.bytes)
    findings = json.faults.map { Finding(.error, rule: $0.rule, file: file, at: $0.position, $0.message) }
  }

  private static func isJSON(_ bytes: [UInt8], file: String) -> Bool {
    let name = file.lowercased()
    if name.hasSuffix(".json") { return true }
    if [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) { return false }
    let first = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }

  /// The index of a column by its name; nil where there is none.
  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  /// What stands in a row under a column.
  func cell(_ row: Int, _ column: Int) -> Cell {
    if let csv {
      guard let field = csv.field(row: row, column: column) else {
        return Cell(text: "", isNumber: false, offset: starts[row])
      }
      return Cell(text: CSVTable.trimmed(csv.text(field)), isNumber: false, offset: field.range.lowerBound)
    }
    guard column < records[row].count, let cell = records[row][column] else {
      return Cell(text: "", isNumber: false, offset: starts[row])
    }
    return cell
  }

  /// The line on which a row begins.
  func line(of row: Int) -> Int { lines.line(starts[row]) }

  /// The place of a byte.
  func position(_ offset: Int) -> Position { lines.position(offset) }

  /// The place where a row begins.
  func position(of row: Int) -> Position { lines.position(starts[row]) }

  /// The place of a column's name; of JSON, of the first row.
  func position(ofColumn column: Int) -> Position {
    guard let csv, let header = csv.headerRow, header.fields.count > column else {
      return starts.first.map { lines.position($0) } ?? .start
    }
    return position(csv.fields[header.fields.lowerBound + column].range.lowerBound)
  }
}
