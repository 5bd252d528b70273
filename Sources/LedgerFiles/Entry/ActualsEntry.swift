public import Calculation
public import LedgerModel

/// What a person enters for one period of a KPI: `won=12 decided=40`, as a row of its actuals.
public struct ActualsEntry {
  public let definition: Definition
  public var note: String?
  public var status: RowStatus?
  /// What is added to the row's note where somebody confirms the values as they are, as `confirmed 2026-04-02`.
  public var confirmation: String?
  public private(set) var period: Period?
  private var dimensions: [String: String] = [:]
  /// By input; nil is missing.
  private var inputs: [String: Quantity?] = [:]

  /// What an entry makes of a file.
  public struct Change {
    public let bytes: [UInt8]
    /// As `won 9 -> 12, decided 38 -> 40`.
    public let described: String
    /// The figure of the row by the KPI's formula; nil where an input is missing.
    public let figure: Quantity?
  }

  public init(definition: Definition) { self.definition = definition }

  /// The row's key as people say it: `2026-03`, `2026-03 north`.
  public var key: String {
    let names = definition.calculation.dimensions.compactMap { dimensions[$0] }
    return ([period?.description ?? ""] + names).joined(separator: " ")
  }

  /// Reads a period and `name=value` pairs.
  /// - Throws: `EntryFault` for what this KPI cannot have.
  public mutating func read(period text: String, values: [String]) throws(EntryFault) {
    period = try Self.period(text, of: definition)
    for pair in values { try read(pair) }
    for name in definition.calculation.dimensions where dimensions[name] == nil {
      throw EntryFault(
        "\(definition.id) is recorded by \(name), which is not given.", hint: "Add it, as \(name)=north.")
    }
    guard !inputs.isEmpty || note != nil || status != nil || confirmation != nil else {
      throw EntryFault("No value is given.", hint: "Name one: " + example)
    }
  }

  private var inputNames: [String] { definition.calculation.inputs.map(\.name) }
  var example: String { inputNames.map { $0 + "=12" }.joined(separator: " ") }

  private mutating func read(_ pair: String) throws(EntryFault) {
    guard let sign = pair.firstIndex(of: "=") else {
      if let only = inputNames.first, inputNames.count == 1 {
        inputs[only] = .some(try Self.number(pair, of: only))
        return
      }
      throw EntryFault("'\(pair)' is no value.", hint: "Write name=value, as \(example).")
    }
    let (name, text) = (String(pair[..<sign]), String(pair[pair.index(after: sign)...]))
    if definition.calculation.dimensions.contains(name) {
      dimensions[name] = text
    } else if inputNames.contains(name) {
      inputs[name] = .some(try Self.number(text, of: name))
    } else {
      throw EntryFault(
        "\(definition.id) has no input '\(name)'." + Suggestion.sentence(for: name, in: inputNames),
        hint: "It has: \((inputNames + definition.calculation.dimensions).joined(separator: ", ")).")
    }
  }

  private static func number(_ text: String, of name: String) throws(EntryFault) -> Quantity? {
    if text.isEmpty { return nil }
    if let value = Quantity(text) { return value }
    if case .value(let value) = NumberFormat(evidence: [text], delimiter: UInt8(ascii: " ")).read(text) { return value }
    throw EntryFault(
      "'\(text)' is no number that can be read in only one way.",
      hint: "Write it with a decimal point and without thousands separators, as \(name)=1250.5.")
  }

  private static func period(_ text: String, of definition: Definition) throws(EntryFault) -> Period {
    let kind = definition.calculation.period
    guard let period = Period(text) else {
      throw EntryFault(
        "'\(text)' is no period.", hint: "Write it as 2026-03-14, 2026-W11, 2026-03, 2026-Q1, 2026-H1 or 2026.")
    }
    guard period.kind == kind else {
      throw EntryFault(
        "\(definition.id) is recorded by the \(kind.rawValue), and \(text) is a \(period.kind.rawValue).",
        hint: "Name a \(kind.rawValue).")
    }
    return period
  }

  /// The file with the entry in it; nil where it has these values already.
  /// - Parameter bytes: the actuals as they are; nil where there are none yet.
  /// - Throws: `EntryFault` where the file has errors that hide what it means.
  public func applied(to bytes: [UInt8]?) throws(EntryFault) -> Change? {
    guard let period else { return nil }
    let decoder = ActualsDecoder(definition)
    let names = definition.calculation.dimensions.compactMap { dimensions[$0] }
    let old = bytes.flatMap { bytes -> ActualsRow? in
      let actuals = decoder.decode(bytes, file: definition.id.actualsPath).actuals
      return actuals.index(of: period, dimensions: names).map { actuals.row($0) }
    }
    guard old != nil || confirmation == nil else {
      throw EntryFault(
        "\(definition.id) has no values for \(key) to confirm.", hint: "Record them, as \(example).")
    }
    let row = row(from: old, period, names)
    if row == old { return nil }
    let columns = ["period"] + definition.calculation.dimensions + inputNames + ["status", "note"]
    var empty: [UInt8] = []
    CSVWriter.write(columns, to: &empty)
    guard let changed = ActualsWriter.upserting(row, in: bytes ?? empty, decoder: decoder) else {
      throw EntryFault(
        "The actuals of \(definition.id) have errors, so nothing can be added to them.",
        hint: "See what is wrong: kpi check \(definition.id.actualsPath)")
    }
    return Change(bytes: changed, described: described(from: old, to: row), figure: figure(of: row))
  }

  private func row(from old: ActualsRow?, _ period: Period, _ names: [String]) -> ActualsRow {
    var row = old ?? ActualsRow(period: period, dimensions: names, values: [:])
    for (name, value) in inputs { row.values[name] = value }
    if let status { row.status = status }
    if let note { row.note = note }
    if let confirmation, !row.note.hasSuffix(confirmation) {
      row.note = row.note.isEmpty ? confirmation : "\(row.note); \(confirmation)"
    }
    return row
  }

  private func described(from old: ActualsRow?, to new: ActualsRow) -> String {
    var parts = inputNames.compactMap { name -> String? in
      let (before, after) = (old?.values[name], new.values[name])
      guard before != after else { return nil }
      let now = after?.description ?? "missing"
      return before.map { "\(name) \($0) -> \(now)" } ?? "\(name) \(now)"
    }
    if old?.status ?? .final != new.status { parts.append(new.status.rawValue) }
    if old?.note ?? "" != new.note { parts.append(new.note.isEmpty ? "without a note" : "note: \(new.note)") }
    return parts.joined(separator: ", ")
  }

  private func figure(of row: ActualsRow) -> Quantity? {
    let formula = definition.calculation.formula
    guard formula.kpis.isEmpty else { return nil }
    return formula.evaluate(inputs: formula.inputs.map { row.values[$0] })
  }
}
