import Calculation
import LedgerFiles

/// Puts rows, notes and columns of other versions into a CSV text. Lines that nothing changes stay byte for byte.
struct CSVSplice {
  private let base: CSVKeys
  private var columns: [String]
  private var removedRows: Set<String> = []
  /// By row name: the version that has the row, and the one that has the note.
  private var rowSource: [String: CSVKeys] = [:]
  private var noteSource: [String: CSVKeys?] = [:]
  private var order: [String]

  init(base: CSVKeys, edits: [Edit]) {
    self.base = base
    columns = base.table.header
    order = base.rowNames
    for edit in edits { apply(edit) }
  }

  private mutating func apply(_ edit: Edit) {
    let source = edit.source as? CSVKeys
    if let name = edit.key.rest(of: "column ") {
      if let source { addColumn(name, from: source) } else { columns.removeAll { $0 == name } }
    } else if let name = edit.key.rest(of: "row ") {
      if let source { takeRow(name, from: source) } else { removedRows.insert(name) }
    } else if let name = edit.key.rest(of: "note ") {
      noteSource[name] = .some(source)
    }
  }

  /// A new column stands behind the nearest column before it that both versions have.
  private mutating func addColumn(_ name: String, from source: CSVKeys) {
    guard !columns.contains(name), let place = source.table.header.firstIndex(of: name) else { return }
    let before = source.table.header[..<place].last(where: columns.contains)
    let index = before.flatMap { columns.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    columns.insert(name, at: index)
  }

  private mutating func takeRow(_ name: String, from source: CSVKeys) {
    rowSource[name] = source
    guard base.row(named: name) == nil, !order.contains(name) else { return }
    order.insert(name, at: base.layout.isSorted ? sortedPlace(of: name) : placeBehindPredecessor(name, source))
  }

  private func sortedPlace(of name: String) -> Int {
    let key = SortKey(name)
    return order.firstIndex { key < SortKey($0) } ?? order.count
  }

  private func placeBehindPredecessor(_ name: String, _ source: CSVKeys) -> Int {
    guard let place = source.row(named: name) else { return order.count }
    let known = Set(order)
    guard let before = source.rowNames[..<place].last(where: known.contains) else { return 0 }
    return (order.firstIndex(of: before) ?? order.count - 1) + 1
  }

  // MARK: Text

  var bytes: [UInt8] {
    let sameColumns = columns == base.table.header
    var text: [UInt8] = []
    text.reserveCapacity(base.bytes.count + 256)
    if let header = base.table.headerRow {
      text += base.bytes[..<header.range.lowerBound]
      text += sameColumns ? Array(base.bytes[header.range]) : line(columns.map { Array(quoted($0).utf8) })
    } else {
      text += line(columns.map { Array(quoted($0).utf8) })
    }
    for name in order where !removedRows.contains(name) {
      endLine(&text)
      let isTouched = rowSource[name] != nil || noteSource[name] != nil
      if sameColumns, !isTouched, let row = base.row(named: name) {
        text += base.bytes[base.table.rows[row].range]
      } else {
        text += line(columns.map { cell(row: name, column: $0) })
      }
    }
    return text
  }

  /// A text whose last line has no line break gets one before another line follows.
  private func endLine(_ text: inout [UInt8]) {
    guard let last = text.last, last != UInt8(ascii: "\n"), last != UInt8(ascii: "\r") else { return }
    text += lineBreak
  }

  private var lineBreak: [UInt8] {
    switch base.table.lineEnding {
    case .crlf: [0x0D, 0x0A]
    case .cr: [0x0D]
    case .lf, .mixed: [0x0A]
    }
  }

  private func line(_ cells: [[UInt8]]) -> [UInt8] {
    Array(cells.joined(separator: [base.table.delimiter])) + lineBreak
  }

  /// A cell as the version writes it that has its row; of a column which that version lacks, as the base has it.
  private func cell(row name: String, column: String) -> [UInt8] {
    if base.layout.isActuals, column == "note", let source = noteSource[name] {
      return source.flatMap { raw($0, name, column) } ?? []
    }
    let isNote = base.layout.isActuals && column == "note"
    if let source = rowSource[name], !(isNote && base.row(named: name) != nil), let cell = raw(source, name, column) {
      return cell
    }
    return raw(base, name, column) ?? []
  }

  private func raw(_ version: CSVKeys, _ name: String, _ column: String) -> [UInt8]? {
    guard let row = version.row(named: name), let index = version.table.column(column),
      let field = version.table.field(row: row, column: index)
    else { return nil }
    guard version.table.delimiter != base.table.delimiter else { return Array(version.bytes[field.range]) }
    return Array(quoted(version.table.text(field)).utf8)
  }

  private func quoted(_ text: String) -> String {
    let delimiter = Character(Unicode.Scalar(base.table.delimiter))
    guard text.contains(where: { $0 == delimiter || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// The order of rows in actuals and rates: by period, then by the other parts of the key.
private struct SortKey: Comparable {
  private let period: Period?
  private let text: String

  init(_ name: String) {
    text = name
    period = Period(name.prefix { $0 != "," })
  }

  static func < (one: SortKey, other: SortKey) -> Bool {
    if let first = one.period, let second = other.period, first != second { return first < second }
    return one.text < other.text
  }
}

extension Key {
  /// What follows a prefix of the key's text; nil where it has another.
  func rest(of prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }
}
