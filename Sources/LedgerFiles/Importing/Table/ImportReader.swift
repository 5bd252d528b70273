import Calculation
import LedgerModel

/// Reads the rows of a table as a map says, with a finding for each cell that has no meaning or two.
struct ImportReader {
  /// What is known of rows that are alike in the columns that name a KPI.
  fileprivate enum Known {
    case identity(ImportIdentity)
    case skipped
    /// Said in a finding.
    case unclear
  }

  /// How many errors are enough to stop at.
  static let errorLimit = 100

  private(set) var binding: ImportBinding
  private(set) var findings: [Finding]
  /// By KPI, what the first of its rows says of it.
  private(set) var identities: [KPIID: (identity: ImportIdentity, row: Int)] = [:]
  /// Rows that a rule passes over.
  private(set) var skipped: Set<Int> = []
  private var known: [[String]: Known] = [:]
  private var names: [KPIID: (texts: [String], row: Int, isExplicit: Bool)] = [:]
  private let numbers: NumberFormat
  private let periods: PeriodFormat

  private var table: ImportTable { binding.table }
  private var map: ImportMap { binding.map }

  init(_ table: ImportTable, _ map: ImportMap) {
    let binding = ImportBinding(table, map)
    self.binding = binding
    // A table that cannot be read has no columns to speak of.
    findings = table.findings.contains { $0.severity == .error } ? table.findings : binding.findings
    let rows = 0..<table.count
    if let sign = map.decimalSign {
      numbers = NumberFormat(decimalSign: sign, delimiter: table.delimiter)
    } else {
      let evidence = binding.values.lazy.flatMap { value in
        rows.lazy.map { table.cell($0, value.column) }.filter { !$0.isNumber }.map(\.text)
      }
      numbers = NumberFormat(evidence: evidence, delimiter: table.delimiter)
    }
    if let order = map.dateOrder {
      periods = PeriodFormat(dateOrder: order)
    } else if case .one(let column) = binding.period {
      periods = PeriodFormat(evidence: rows.lazy.map { table.cell($0, column).text })
    } else {
      periods = PeriodFormat(dateOrder: .unknown)
    }
  }

  /// What all rows say, in their order; nothing where the map does not fit the table.
  mutating func read() -> [ImportRecord] {
    guard !hasErrors else { return [] }
    var records: [ImportRecord] = []
    for row in 0..<table.count {
      guard findings.count < Self.errorLimit else { break }
      records += read(row)
    }
    return records
  }

  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  mutating func add(_ rule: String, _ origin: ImportOrigin, _ message: String) {
    findings.append(Finding(.error, rule: rule, file: origin.file, at: origin.position, message))
  }

  func origin(_ cell: ImportTable.Cell) -> ImportOrigin {
    ImportOrigin(file: table.file, position: table.position(cell.offset))
  }

  // MARK: Rows

  private mutating func read(_ row: Int) -> [ImportRecord] {
    let isEmpty = table.columns.indices.allSatisfy { table.cell(row, $0).text.isEmpty }
    guard !isEmpty else { return [] }
    switch known(row) {
    case .identity(let identity): return read(row, identity)
    case .skipped: skipped.insert(row)
    case .unclear: break
    }
    return []
  }

  private mutating func read(_ row: Int, _ identity: ImportIdentity) -> [ImportRecord] {
    let status = binding.status.map { readStatus(row, $0) }
    let note = binding.note.map { table.cell(row, $0).text }
    let dimensions = binding.dimensions.map { readDimension(row, $0.name, $0.column) }
    var byPeriod: [(period: Period?, values: [ImportRecord.Value])] = []
    let own = binding.values.contains { $0.period == nil } ? readPeriod(row) : nil
    for column in binding.values {
      guard let period = column.period ?? own else { continue }
      guard let value = readValue(row, column, identity) else { continue }
      if let index = byPeriod.firstIndex(where: { $0.period == period }) {
        byPeriod[index].values.append(value)
      } else {
        byPeriod.append((period, [value]))
      }
    }
    if binding.values.isEmpty { byPeriod = [(nil, [])] }
    return byPeriod.map { period, values in
      ImportRecord(
        row: row, id: identity.id, period: period, dimensions: dimensions, values: values, status: status ?? nil,
        note: note)
    }
  }

  private mutating func readValue(
    _ row: Int, _ column: ImportBinding.ValueColumn, _ identity: ImportIdentity
  ) -> ImportRecord.Value? {
    let cell = table.cell(row, column.column)
    func value(_ number: Quantity?) -> ImportRecord.Value {
      ImportRecord.Value(input: column.input, number: number, offset: cell.offset)
    }
    let role = column.input ?? "target"
    let blanks = (identity.blanks + map.blanks).filter { $0.role == nil || $0.role == role }
    if cell.text.isEmpty || blanks.contains(where: { $0.text == cell.text }) { return value(nil) }
    guard let number = readNumber(cell) else { return nil }
    return value(blanks.contains { $0.number == number } ? nil : number)
  }

  /// A number; of JSON as it stands, of a CSV as the whole table writes numbers.
  mutating func readNumber(_ cell: ImportTable.Cell) -> Quantity? {
    if cell.isNumber {
      if let number = Quantity(cell.text) { return number }
      add("bad-number", origin(cell), "\"\(Value.shortened(cell.text))\" has more digits than the ledger can hold.")
      return nil
    }
    switch numbers.read(cell.text) {
    case .value(let number): return number
    case .blank: return nil
    case .ambiguous(let message): add("ambiguous-number", origin(cell), message)
    case .invalid(let message): add("bad-number", origin(cell), message)
    }
    return nil
  }

  private mutating func readDimension(_ row: Int, _ name: String, _ column: Int) -> String {
    let cell = table.cell(row, column)
    if cell.text.isEmpty {
      add("missing-dimension", origin(cell), "The \(name) is missing: it is part of the row's key.")
    }
    return cell.text
  }

  private mutating func readStatus(_ row: Int, _ column: Int) -> RowStatus? {
    let cell = table.cell(row, column)
    if cell.text.isEmpty { return .final }
    var text = cell.text
    if let setting = map.values["status"]?[text], case .string(let meaning) = setting.value { text = meaning }
    if let status = RowStatus(rawValue: text.lowercased()) { return status }
    add(
      "bad-status", origin(cell),
      "\"\(Value.shortened(cell.text))\" is no status of a row. Leave it blank (final), write provisional, estimated or "
        + "missing, or say in the map under \"values: {status: …}\" what it means.")
    return nil
  }

  // MARK: Periods

  private mutating func readPeriod(_ row: Int) -> Period? {
    switch binding.period {
    case .none: return nil
    case .one(let column):
      let cell = table.cell(row, column)
      guard let text = binding.meaning(ofPeriod: cell.text, at: table.position(cell.offset), in: table.file) else {
        return nil
      }
      return period(periods.read(text), cell)
    case .parts(let year, let kind, let index): return readPeriod(row, year, kind, index)
    }
  }

  private mutating func period(_ reading: SpreadsheetReading<Period>, _ cell: ImportTable.Cell) -> Period? {
    switch reading {
    case .value(let period): return period
    case .blank: add("bad-period", origin(cell), "The period is missing. Write it as \(PeriodFormat.example(nil)).")
    case .ambiguous(let message): add("ambiguous-period", origin(cell), message)
    case .invalid(let message): add("bad-period", origin(cell), message)
    }
    return nil
  }

  private mutating func readPeriod(_ row: Int, _ year: Int, _ kind: PeriodKind, _ index: Int?) -> Period? {
    let cell = table.cell(row, year)
    guard cell.text.utf8.count == 4, let number = Int(cell.text), let whole = Period(.year, year: number, index: 1)
    else {
      add(
        "bad-period", origin(cell),
        "\"\(Value.shortened(cell.text))\" is not a year. Write it with four digits, as 2026.")
      return nil
    }
    guard let index else { return whole }
    let part = table.cell(row, index)
    if let number = Int(part.text), let period = Period(kind, year: whole.year, index: number) {
      return period
    }
    if kind == .month, part.text.contains(where: \.isLetter),
      case .value(let period) = periods.read("\(part.text) \(whole.year)"), period.kind == .month
    {
      return period
    }
    add(
      "bad-period", origin(part),
      "\"\(Value.shortened(part.text))\" is not a \(kind.rawValue) of \(whole.year). Write its number\(kind == .month ? ", 1 to 12" : "")."
    )
    return nil
  }
}

extension ImportReader {
  /// What KPI a row is of, and what it says of it; findings where that is not clear are on the first such row.
  fileprivate mutating func known(_ row: Int) -> Known {
    let key = binding.identity.map { table.cell(row, $0).text }
    if let known = known[key] { return known }
    var naming = ImportNaming(binding, row: row)
    let found: Known
    if naming.isPassedOver {
      found = .skipped
    } else if let identity = naming.identity({ cell in readNumber(cell) }) {
      found = identity.isSkipped ? .skipped : isConsistent(identity, naming, row) ? .identity(identity) : .unclear
    } else {
      found = .unclear
    }
    findings += naming.findings
    known[key] = found
    return found
  }

  /// Whether the row says of its KPI what the KPI's first row said, and means no other KPI of the same id.
  private mutating func isConsistent(_ identity: ImportIdentity, _ naming: ImportNaming, _ row: Int) -> Bool {
    if let other = names[identity.id], other.texts != naming.texts, !(other.isExplicit && naming.isExplicit) {
      add(
        "ambiguous-id", naming.origin,
        "\"\(Value.shortened(naming.texts.last ?? ""))\" and \"\(Value.shortened(other.texts.last ?? ""))\" of line "
          + "\(table.line(of: other.row)) would both be \(identity.id). Say in the map under \"kpis: {ids: …}\" which "
          + "id each has.")
      return false
    }
    guard let (first, line) = identities[identity.id] else {
      names[identity.id] = (naming.texts, row, naming.isExplicit)
      identities[identity.id] = (identity, row)
      return true
    }
    for name in Set(identity.fields.keys).union(first.fields.keys).sorted() {
      let (field, before) = (identity.fields[name], first.fields[name])
      guard field?.value != before?.value else { continue }
      func text(_ field: ImportIdentity.Field?) -> String { field.map { YAMLWriter.flow($0.value) } ?? "nothing" }
      let place = field.flatMap { $0.isCell ? $0.origin : nil } ?? naming.origin
      add(
        "inconsistent-field", place,
        "The \(name) of \(identity.id) is \(text(field)) here and \(text(before)) on line \(table.line(of: line)). A "
          + "KPI has one.")
      return false
    }
    return true
  }
}
