import Calculation
import LedgerModel

/// The careful way through an actuals file: everything out of the ordinary becomes a finding with its place.
struct ActualsReading {
  private struct Row {
    let period: Period
    let dimensions: [String]
    let inputs: [Quantity?]
    let status: RowStatus
    let note: String
    let line: Int
  }

  private let decoder: ActualsDecoder
  private let bytes: [UInt8]
  private let file: String
  private let table: CSVTable
  private var findings: [Finding] = []
  private var columns: [(column: Int, role: ColumnRole)] = []
  private var numbers = NumberFormat(decimalSign: .point)
  private var periods = PeriodFormat(dateOrder: .unknown)
  private var kind: PeriodKind?
  private var rows: [Row] = []

  init(_ decoder: ActualsDecoder, _ bytes: [UInt8], file: String) {
    self.decoder = decoder
    self.bytes = bytes
    self.file = file
    table = SpreadsheetReader.table(bytes)
    kind = decoder.period
  }

  mutating func read() -> (actuals: Actuals, findings: [Finding]) {
    for fault in table.faults {
      findings.append(Finding(.error, rule: fault.rule, file: file, at: fault.position, fault.message))
    }
    guard table.headerRow != nil, readHeader() else { return (Actuals(), findings) }
    takeEvidence()
    for row in table.rows.indices {
      guard findings.count < 100 else { break }
      readRow(row)
    }
    sortRows()
    let actuals = makeActuals()
    noteDepartures(actuals)
    findings.sort { $0.position < $1.position }
    return (actuals, findings)
  }

  private mutating func add(_ severity: Severity, _ rule: String, _ position: Position, _ message: String) {
    findings.append(Finding(severity, rule: rule, file: file, at: position, message))
  }

  // MARK: Columns

  private mutating func readHeader() -> Bool {
    guard let headerRow = table.headerRow else { return false }
    for (index, name) in table.header.enumerated() where findings.count < 100 {
      let start = table.fields[headerRow.fields.lowerBound + index].range.lowerBound
      if let role = decoder.role(of: name) {
        columns.append((index, role))
      } else if !name.isEmpty || !isEmptyColumn(index) {
        add(.error, "unknown-column", table.position(at: start), unknownColumn(name))
      }
    }
    let names = Set(table.header)
    for name in ["period"] + decoder.dimensions + (decoder.inputs ?? []) where !names.contains(name) {
      add(.error, "missing-column", .start, "The column \"\(name)\" is missing. Add it to the first line.")
    }
    return columns.contains { $0.role == .period }
  }

  private func isEmptyColumn(_ column: Int) -> Bool {
    table.rows.indices.allSatisfy { CSVTable.trimmed(table.text(row: $0, column: column)).isEmpty }
  }

  private func unknownColumn(_ name: String) -> String {
    let known = ["period"] + decoder.dimensions + (decoder.inputs ?? []) + ["status", "note"]
    return "The column \"\(name)\" is none of this KPI's: \(known.joined(separator: ", "))."
  }

  private func texts(_ role: ColumnRole) -> [String] {
    columns.filter { $0.role == role }.flatMap { column, _ in
      table.rows.indices.map { table.text(row: $0, column: column) }
    }
  }

  private mutating func takeEvidence() {
    numbers = NumberFormat(evidence: texts(.input), delimiter: table.delimiter)
    periods = PeriodFormat(evidence: texts(.period), kind: decoder.period)
  }

  // MARK: Rows

  private mutating func readRow(_ row: Int) {
    let cells = columns.map { CSVTable.trimmed(table.text(row: row, column: $0.column)) }
    guard cells.contains(where: { !$0.isEmpty }) else { return }
    var period: Period?
    var values: [Quantity?] = []
    var names: [String] = []
    var status = RowStatus.final
    var note = ""
    let before = findings.count
    for (cell, (column, role)) in zip(cells, columns) {
      switch role {
      case .period: period = readPeriod(cell, row, column)
      case .input: values.append(readNumber(cell, row, column))
      case .dimension: names.append(readDimension(cell, row, column))
      case .status: status = readStatus(cell, row, column)
      case .note: note = cell
      }
    }
    let hasErrors = findings[before...].contains { $0.severity == .error }
    guard !hasErrors, let period else { return }
    let key = Row(
      period: period, dimensions: names, inputs: values, status: status, note: note, line: row)
    rows.append(key)
  }

  private mutating func readPeriod(_ cell: String, _ row: Int, _ column: Int) -> Period? {
    switch periods.read(cell) {
    case .value(let period):
      if kind == nil { kind = period.kind }
      guard let kind, period.kind != kind else { return period }
      add(
        .error, "wrong-period-kind", table.position(row: row, column: column),
        "\"\(cell)\" is a \(period.kind.rawValue); this KPI is recorded by \(kind.rawValue), as \(PeriodFormat.example(kind))."
      )
    case .blank:
      add(
        .error, "bad-period", table.position(row: row, column: column),
        "The period is missing. Write it as \(PeriodFormat.example(kind)).")
    case .ambiguous(let message):
      add(.error, "ambiguous-period", table.position(row: row, column: column), message)
    case .invalid(let message): add(.error, "bad-period", table.position(row: row, column: column), message)
    }
    return nil
  }

  private mutating func readNumber(_ cell: String, _ row: Int, _ column: Int) -> Quantity? {
    if numbers.decimalSign == .point || numbers.decimalSign == .unknown, table.delimiter == UInt8(ascii: ","),
      let value = Quantity(cell)
    {
      return value
    }
    switch numbers.read(cell) {
    case .value(let value): return value
    case .blank: return nil
    case .ambiguous(let message):
      add(.error, "ambiguous-number", table.position(row: row, column: column), message)
    case .invalid(let message): add(.error, "bad-number", table.position(row: row, column: column), message)
    }
    return nil
  }

  private mutating func readDimension(_ cell: String, _ row: Int, _ column: Int) -> String {
    if cell.isEmpty {
      add(
        .error, "missing-dimension", table.position(row: row, column: column),
        "The \(table.header[column]) is missing: it is part of the row's key.")
    }
    return cell
  }

  private mutating func readStatus(_ cell: String, _ row: Int, _ column: Int) -> RowStatus {
    if cell.isEmpty { return .final }
    if let status = RowStatus(rawValue: cell.lowercased()) { return status }
    add(
      .error, "bad-status", table.position(row: row, column: column),
      "\"\(cell)\" is no status. Leave it blank (final), or write provisional, estimated or missing.")
    return .final
  }

  /// Sorts by key and leaves the second of two rows of one key out.
  private mutating func sortRows() {
    let order = dimensionOrder
    func key(_ row: Row) -> [String] { order.map { row.dimensions[$0] } }
    func precedes(_ one: Row, _ other: Row) -> Bool {
      one.period != other.period ? one.period < other.period : key(one).lexicographicallyPrecedes(key(other))
    }
    if let late = rows.indices.dropFirst().first(where: { precedes(rows[$0], rows[$0 - 1]) }) {
      add(
        .warning, "rows-not-sorted", table.position(row: rows[late].line, column: 0),
        "The rows are not in the order of their periods from here on. `kpi check --fix` sorts them.")
    }
    rows = rows.enumerated().sorted {
      precedes($0.element, $1.element) || (!precedes($1.element, $0.element) && $0.offset < $1.offset)
    }.map(\.element)
    var kept: [Row] = []
    for row in rows {
      if let last = kept.last, last.period == row.period, last.dimensions == row.dimensions {
        guard findings.count < 100 else { continue }
        let name = ([row.period.description] + row.dimensions).joined(separator: ", ")
        add(
          .error, "duplicate-row", table.position(row: row.line, column: 0),
          "There is a second row for \(name). Keep one of the two.")
      } else {
        kept.append(row)
      }
    }
    rows = kept
  }

  /// The dimension columns in the decoder's order, as indexes into a row's dimensions.
  private var dimensionOrder: [Int] {
    let names = columns.filter { $0.role == .dimension }.map { table.header[$0.column] }
    return decoder.dimensions.compactMap { names.firstIndex(of: $0) }
  }

  // MARK: Results

  private func makeActuals() -> Actuals {
    var actuals = Actuals()
    actuals.periods = rows.map(\.period)
    actuals.statuses = rows.map(\.status)
    if rows.contains(where: { !$0.note.isEmpty }) { actuals.notes = rows.map(\.note) }
    let inputs = columns.filter { $0.role == .input }.map { table.header[$0.column] }
    actuals.inputs = inputs.enumerated().map { index, name in
      Actuals.Column(name: name, values: rows.map { $0.inputs[index] })
    }
    let names = columns.filter { $0.role == .dimension }.map { table.header[$0.column] }
    actuals.dimensions = dimensionOrder.map { index in
      Actuals.Column(name: names[index], values: rows.map { $0.dimensions[index] })
    }
    return actuals
  }

  /// One warning that says in what the file differs from what we would write.
  private mutating func noteDepartures(_ actuals: Actuals) {
    guard !findings.contains(where: { $0.severity == .error }) else { return }
    let canonical = ActualsWriter.bytes(actuals, columns: table.header)
    guard canonical != bytes else { return }
    var reasons: [String] = []
    if table.hasByteOrderMark { reasons.append("a byte order mark") }
    if table.encoding != .utf8 { reasons.append("the encoding \(table.encoding.rawValue)") }
    if table.lineEnding != .lf { reasons.append("line ends of another system") }
    if table.delimiter != UInt8(ascii: ",") { reasons.append("another separator than the comma") }
    if table.hasEmptyLines { reasons.append("empty lines") }
    if reasons.isEmpty {
      reasons.append("blanks, quotes, numbers, periods or an order of columns that a spreadsheet may have written")
    }
    let offset = zip(canonical, table.bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let position =
      table.hasByteOrderMark || table.encoding != .utf8
      ? .start : table.position(at: offset ?? min(canonical.count, table.bytes.count))
    add(
      .warning, "not-canonical", position,
      "The file has \(reasons.joined(separator: ", ")). It is read all the same; `kpi check --fix` rewrites it.")
  }
}
