import Calculation
import LedgerFiles

/// Puts rows, notes and columns of other versions into a CSV text. Lines that nothing changes stay byte for byte.
struct CSVSplice {
  private let base: CSVKeys
  /// The columns of the result by their first names, each with the version that names it.
  private var columns: [(name: String, source: CSVKeys)]
  /// The versions that have the cells of columns which come back to the base's rows.
  private var revived: [String: CSVKeys] = [:]
  private var removedRows: Set<String> = []
  /// By row name, the version that has the row.
  private var rowSource: [String: CSVKeys] = [:]
  /// By row name, the version that has the note; the inner nil removes it.
  private var noteSource: [String: CSVKeys?] = [:]
  private var added: RowPlacement

  /// The text of a version with some keys as other versions have them.
  static func text(of base: CSVKeys, with edits: [Edit]) -> [UInt8] {
    var splice = CSVSplice(base: base)
    for edit in edits { splice.apply(edit) }
    return splice.bytes
  }

  private init(base: CSVKeys) {
    self.base = base
    columns = base.columns.map { ($0, base) }
    added = RowPlacement(base: base)
  }

  private mutating func apply(_ edit: Edit) {
    let source = edit.source as? CSVKeys
    if let name = edit.key.column {
      if let source { takeColumn(name, from: source) } else { columns.removeAll { $0.name == name } }
      if edit.isRevived { revived[name] = source }
    } else if let name = edit.key.row {
      guard let source else {
        removedRows.insert(name)
        return
      }
      rowSource[name] = source
      if base.row(named: name) == nil { added.place(name, of: source) }
    } else if let name = edit.key.note {
      noteSource[name] = .some(source)
    }
  }

  /// A renamed column stays where it is; a new one stands behind the nearest column before it that both versions have.
  private mutating func takeColumn(_ name: String, from source: CSVKeys) {
    if let index = columns.firstIndex(where: { $0.name == name }) {
      columns[index].source = source
      return
    }
    guard let place = source.place(of: name) else { return }
    let before = source.columns[..<place].last { column in columns.contains { $0.name == column } }
    let index = columns.firstIndex { $0.name == before }.map { $0 + 1 } ?? 0
    columns.insert((name, source), at: index)
  }

  // MARK: Text

  private var bytes: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(base.bytes.count + 64 * rowSource.count + 256)
    let hasSameColumns = columns.map(\.name) == base.columns
    var end = 0
    if let header = base.table.headerRow {
      text += base.bytes[..<header.range.lowerBound]
      let isUntouched = columns.allSatisfy { headerCell($0) == headerCell(($0.name, base)) }
      text += hasSameColumns && isUntouched ? Array(base.bytes[header.range]) : line(columns.map(headerCell))
      end = header.range.upperBound
    }
    appendAdded(behind: nil, to: &text)
    let isTouched = touchedRows
    for (row, name) in base.rowNames.enumerated() {
      let range = base.table.rows[row].range
      if !isTouched[row] && hasSameColumns {
        if end == range.lowerBound { endLine(&text) }
        text += base.bytes[end..<range.upperBound]
      } else {
        text += base.bytes[end..<range.lowerBound]
        if !removedRows.contains(name) {
          endLine(&text)
          text += line(of: name)
        }
      }
      end = range.upperBound
      if added.hasRows { appendAdded(behind: name, to: &text) }
    }
    return text + base.bytes[end...]
  }

  /// For each of the base's rows whether anything was done to it.
  private var touchedRows: [Bool] {
    var isTouched = [Bool](repeating: false, count: base.rowNames.count)
    for names in [Set(rowSource.keys), Set(noteSource.keys), removedRows] {
      for name in names {
        if let row = base.row(named: name) { isTouched[row] = true }
      }
    }
    return isTouched
  }

  private func appendAdded(behind name: String?, to text: inout [UInt8]) {
    var waiting = Array(added.rows(behind: name).reversed())
    while let next = waiting.popLast() {
      if !removedRows.contains(next) {
        endLine(&text)
        text += line(of: next)
      }
      waiting += added.rows(behind: next).reversed()
    }
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

  private func line(of row: String) -> [UInt8] { line(columns.map { cell(row, $0.name) }) }

  private func line(_ cells: [[UInt8]]) -> [UInt8] {
    Array(cells.joined(separator: [base.table.delimiter])) + lineBreak
  }

  private func headerCell(_ column: (name: String, source: CSVKeys)) -> [UInt8] {
    guard let place = column.source.place(of: column.name), let row = column.source.table.headerRow else {
      return Array(column.name.utf8)
    }
    return Array(column.source.bytes[column.source.table.fields[row.fields.lowerBound + place].range])
  }

  /// A cell as the version writes it that has its row; of a column which that version lacks, as the base has it.
  private func cell(_ row: String, _ column: String) -> [UInt8] {
    let isNote = base.layout.isActuals && column == "note"
    if isNote, let source = noteSource[row] { return source.flatMap { raw($0, row, column) } ?? [] }
    if let source = rowSource[row], !isNote || base.row(named: row) == nil, let cell = raw(source, row, column) {
      return cell
    }
    return raw(base, row, column) ?? revived[column].flatMap { raw($0, row, column) } ?? []
  }

  private func raw(_ version: CSVKeys, _ row: String, _ column: String) -> [UInt8]? {
    guard let index = version.row(named: row), let place = version.place(of: column),
      let field = version.table.field(row: index, column: place)
    else { return nil }
    return Array(version.bytes[field.range])
  }
}

/// Where rows go that the base of a splice does not have: in key order where the base is in it, else behind the row
/// that they follow in the version they come from.
private struct RowPlacement {
  private let base: CSVKeys
  private let order: [RowOrder]?
  private var behind: [String: [String]] = [:]
  private var atTop: [String] = []
  private var names: Set<String> = []

  init(base: CSVKeys) {
    self.base = base
    guard base.layout.isSorted else {
      order = nil
      return
    }
    let keys = base.rowNames.map(RowOrder.init)
    order = zip(keys, keys.dropFirst()).allSatisfy { !($1 < $0) } ? keys : nil
  }

  var hasRows: Bool { !names.isEmpty }

  func rows(behind name: String?) -> [String] { name.map { behind[$0] ?? [] } ?? atTop }

  mutating func place(_ name: String, of source: CSVKeys) {
    guard names.insert(name).inserted else { return }
    guard let order else { return placeBehindPredecessor(name, source) }
    let key = RowOrder(name)
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if key < order[middle] { high = middle } else { low = middle + 1 }
    }
    let before = low > 0 ? base.rowNames[low - 1] : nil
    var group = rows(behind: before)
    if let last = group.last, key < RowOrder(last) {
      group.insert(name, at: group.firstIndex { key < RowOrder($0) } ?? group.count)
    } else {
      group.append(name)
    }
    if let before { behind[before] = group } else { atTop = group }
  }

  private mutating func placeBehindPredecessor(_ name: String, _ source: CSVKeys) {
    let place = source.row(named: name) ?? 0
    let before = source.rowNames[..<place].last { base.row(named: $0) != nil || names.contains($0) }
    // What was put behind the same row before stands before what is put there now, as in its version.
    if let before { behind[before, default: []].append(name) } else { atTop.append(name) }
  }
}

/// The order of rows in actuals and rates: by period, then by the other parts of the key.
private struct RowOrder: Comparable {
  private let period: Period?
  private let text: String

  init(_ name: String) {
    text = name
    period = Period(name.prefix { $0 != "," })
  }

  static func < (one: RowOrder, other: RowOrder) -> Bool {
    if let first = one.period, let second = other.period, first != second { return first < second }
    return one.text < other.text
  }
}
