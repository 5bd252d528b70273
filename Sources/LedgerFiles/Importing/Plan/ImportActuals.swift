import Calculation
import LedgerModel

/// Puts the values of a table into a KPI's actuals.
struct ImportActuals {
  private struct Key: Hashable {
    let period: Period
    let dimensions: [String]
  }

  private let definition: Definition
  private let decoder: ActualsDecoder
  private let table: ImportTable
  private let clearsBlanks: Bool
  /// For each dimension of the definition, its index among the table's; nil where the table has others.
  private let order: [Int]?
  private let found: [UInt8]?
  private var rows: [Key: ActualsRow] = [:]
  private var changed: [Key] = []
  /// Which record first gave an input of a row which value.
  private var given: [Key: [String: (value: Quantity, row: Int)]] = [:]
  private(set) var findings: [Finding] = []
  /// How many final values are replaced or taken away.
  private(set) var restatedFinals = 0
  /// By `row <period>`, the row of the table that says it.
  private(set) var origins: [String: ImportOrigin] = [:]

  init(_ definition: Definition, _ binding: ImportBinding, bytes: [UInt8]?) {
    self.definition = definition
    table = binding.table
    clearsBlanks = binding.map.clearsBlanks
    let names = binding.dimensions.map(\.name)
    let order = definition.calculation.dimensions.compactMap { names.firstIndex(of: $0) }
    self.order = order.count == names.count && names.count == definition.calculation.dimensions.count ? order : nil
    decoder = ActualsDecoder(definition)
    found = bytes
    guard let bytes else { return }
    let file = definition.id.actualsPath
    let (actuals, faults) = decoder.decode(bytes, file: file)
    if faults.contains(where: { $0.severity == .error }) {
      findings.append(
        Finding(
          .error, rule: "unreadable-file", file: file,
          "The actuals of \(definition.id) have errors, so that nothing can be imported into them: mend them first "
            + "(kpi check)."))
    }
    for index in actuals.periods.indices {
      let row = actuals.row(index)
      rows[Key(period: row.period, dimensions: row.dimensions)] = row
    }
  }

  mutating func merge(_ records: [ImportRecord], _ effects: inout [[ImportStep.Effect]]) {
    guard findings.isEmpty, isFitting(records), let order else { return }
    for (index, record) in records.enumerated() {
      guard let period = record.period, fits(record, period) else { continue }
      effects[index] += merge(record, Key(period: period, dimensions: order.map { record.dimensions[$0] }))
    }
  }

  /// The file with the values in it; nil where it does not change.
  var bytes: [UInt8]? {
    guard findings.isEmpty, !changed.isEmpty else { return nil }
    guard let found else { return ActualsWriter.bytes(all()) }
    let columns = SpreadsheetReader.table(found).header
    if ActualsWriter.bytes(decoder.decode(found, file: "").actuals, columns: columns) == found {
      return ActualsWriter.bytes(all(), columns: columns)
    }
    return changed.reduce(found) { bytes, key in
      rows[key].flatMap { ActualsWriter.upserting($0, in: bytes, decoder: decoder) } ?? bytes
    }
  }

  private func all() -> Actuals {
    var actuals = Actuals()
    let calculation = definition.calculation
    let sorted = rows.values.sorted {
      $0.period != $1.period ? $0.period < $1.period : $0.dimensions.lexicographicallyPrecedes($1.dimensions)
    }
    actuals.periods = sorted.map(\.period)
    actuals.statuses = sorted.map(\.status)
    if sorted.contains(where: { !$0.note.isEmpty }) { actuals.notes = sorted.map(\.note) }
    actuals.dimensions = calculation.dimensions.enumerated().map { index, name in
      Actuals.Column(
        name: name, values: sorted.map { $0.dimensions.indices.contains(index) ? $0.dimensions[index] : "" })
    }
    let used = Set(sorted.flatMap(\.values.keys))
    let names = calculation.inputs.map(\.name)
    actuals.inputs = (names + used.subtracting(names).sorted()).map { name in
      Actuals.Column(name: name, values: sorted.map { $0.values[name] })
    }
    return actuals
  }

  // MARK: One row

  private mutating func merge(_ record: ImportRecord, _ key: Key) -> [ImportStep.Effect] {
    var effects: [ImportStep.Effect] = []
    let before = rows[key]
    var row = before ?? ActualsRow(period: key.period, dimensions: key.dimensions, values: [:])
    for value in record.values {
      guard let input = value.input else { continue }
      if let effect = put(value, input, record, key, &row) { effects.append(effect) }
    }
    let isWorthARow = before != nil || !row.values.isEmpty || record.status == .missing
    guard isWorthARow else { return effects }
    markMissing(before, &row)
    effects += remark(record, before, &row)
    if row != before {
      if let before, before.status == .final {
        restatedFinals += before.values.count { row.values[$0.key] != $0.value }
      }
      if !changed.contains(key) { changed.append(key) }
      rows[key] = row
      origins["row \(key.period)"] = ImportOrigin(file: table.file, position: table.position(of: record.row))
    }
    return effects
  }

  private mutating func put(
    _ value: ImportRecord.Value, _ input: String, _ record: ImportRecord, _ key: Key, _ row: inout ActualsRow
  ) -> ImportStep.Effect? {
    let known = row.values[input]
    guard let number = value.number else {
      guard clearsBlanks, given[key]?[input] == nil else { return known.map { .keeps(input: input, value: $0) } }
      row.values[input] = nil
      return known.map { .clears(input: input, value: $0) }
    }
    if let first = given[key]?[input] {
      if first.value == number { return .repeats(line: table.line(of: first.row)) }
      findings.append(
        Finding(
          .error, rule: "duplicate-row", file: table.file, at: table.position(value.offset),
          "The \(input) of \(record.id) for \(key.period) is \(number) here and \(first.value) on line "
            + "\(table.line(of: first.row)). Keep one of the two."))
      return nil
    }
    given[key, default: [:]][input] = (number, record.row)
    row.values[input] = number
    guard known != number else { return nil }
    return known.map { .restates(input: input, from: $0, to: number) } ?? .adds(input: input, value: number)
  }

  /// A row that lost its last value is a missing one; with a value it is none any more.
  private func markMissing(_ before: ActualsRow?, _ row: inout ActualsRow) {
    guard let before, before.values != row.values else { return }
    if row.values.isEmpty {
      row.status = .missing
    } else if before.values.isEmpty, row.status == .missing {
      row.status = .final
    }
  }

  /// Status and note as the table has them; a table without such columns leaves them as they are.
  private func remark(_ record: ImportRecord, _ before: ActualsRow?, _ row: inout ActualsRow) -> [ImportStep.Effect] {
    var effects: [ImportStep.Effect] = []
    if let status = record.status, status != row.status {
      row.status = status
      if before != nil || status != .final { effects.append(.remarks("status \(status.rawValue)")) }
    }
    if let note = record.note, !note.isEmpty, note != row.note {
      row.note = note
      effects.append(.remarks("note \"\(note)\""))
    }
    return effects
  }

  // MARK: Fit

  /// Whether the KPI has the inputs and dimensions that the table has.
  private mutating func isFitting(_ records: [ImportRecord]) -> Bool {
    guard let first = records.first else { return true }
    let inputs = definition.calculation.inputs.map(\.name)
    let known = inputs + definition.earlier.flatMap { $0.inputs.map(\.name) }
    for record in records {
      for value in record.values {
        guard value.number != nil, let input = value.input, !known.contains(input) else { continue }
        findings.append(
          Finding(
            .error, rule: "unknown-input", file: table.file, at: table.position(value.offset),
            "\(record.id) has no input \"\(input)\"; it has \(inputs.joined(separator: ", "))."
              + Suggestion.sentence(for: input, in: inputs)))
        return false
      }
    }
    let dimensions = definition.calculation.dimensions
    guard order != nil || !records.contains(where: \.hasActual) else {
      findings.append(
        Finding(
          .error, rule: "missing-dimension", file: table.file, at: table.position(of: first.row),
          "\(first.id) is recorded by \(dimensions.isEmpty ? "no dimension" : dimensions.joined(separator: ", ")): say "
            + "the same in the map under \"columns: {dimensions: …}\"."))
      return false
    }
    return true
  }

  /// Whether the period is of the kind that the KPI is recorded by.
  private mutating func fits(_ record: ImportRecord, _ period: Period) -> Bool {
    guard record.hasActual || record.status == .missing else { return period.kind == definition.calculation.period }
    guard period.kind != definition.calculation.period else { return true }
    findings.append(
      Finding(
        .error, rule: "wrong-period-kind", file: table.file, at: table.position(of: record.row),
        "\(period) is a \(period.kind.rawValue), but \(record.id) is recorded by "
          + "\(definition.calculation.period.rawValue)."))
    return false
  }
}
