import Calculation
import LedgerModel

/// The fields of a definition, or of one of its `earlier` entries, that together are the calculation.
struct CalculationDecoder {
  static let names = [
    "unit", "direction", "inputs", "formula", "dimensions", "period", "profile", "missing", "bounds",
    "effective_from", "earlier",
  ]

  let fields: Fields
  let unitNeed: Severity?
  let directionNeed: Severity?
  let periodNeed: Severity?
  let startNeed: Severity?

  /// The calculation, with the defaults of `KPICalculation` for what is not given.
  ///
  /// An input without `aggregate` is added up, or of a snapshot its last value taken. Without `formula` a single input
  /// is the figure.
  func calculation() -> KPICalculation {
    var result = KPICalculation()
    result.unit = fields.value("unit", missing: unitNeed, hint: "a unit of ledger.yaml or a currency")?.unit()
    result.direction = fields.value(
      "direction", missing: directionNeed, hint: "which way is good: higher, lower or band")?.choice(Direction.self)
    let period = fields.value("period", missing: periodNeed, hint: "how often it is recorded, as month")
    result.period = period?.choice(PeriodKind.self) ?? .month
    result.profile = fields.value("profile")?.choice(Profile.self) ?? .calendar
    result.missing = fields.value("missing")?.choice(MissingPolicy.self) ?? .gap
    result.inputs = inputs(usually: result.profile == .snapshot ? .last : .sum)
    result.formula = formula(of: result.inputs)
    result.dimensions = dimensions(besides: result.inputs)
    result.bounds = bounds()
    result.effectiveFrom = fields.value("effective_from", missing: startNeed, hint: "its first period")?.period()
    return result
  }

  private func inputs(usually aggregate: Aggregate) -> [KPICalculation.Input] {
    guard let group = fields.value("inputs")?.group(), !group.entries.isEmpty else {
      return [KPICalculation.Input(name: "value", aggregate: aggregate)]
    }
    return group.members.compactMap { entry, value in
      guard columnName(entry.key, "input", at: entry.keyRange.lowerBound) else { return nil }
      if value.isBlank { return KPICalculation.Input(name: entry.key, aggregate: aggregate) }
      guard let fields = value.fields(KnownFields(["source", "aggregate"])) else { return nil }
      return KPICalculation.Input(
        name: entry.key, source: fields.value("source")?.text(),
        aggregate: fields.value("aggregate")?.choice(Aggregate.self) ?? aggregate)
    }
  }

  private func formula(of inputs: [KPICalculation.Input]) -> Formula {
    guard let value = fields.value("formula", missing: inputs.count > 1 ? .error : nil, hint: "as won / decided * 100")
    else { return inputs.first.flatMap { try? Formula(parsing: $0.name) } ?? .value }
    guard let formula = value.formula() else { return .value }
    let names = inputs.map(\.name)
    for name in formula.inputs where !names.contains(name) {
      value.report(
        "unknown-input",
        "The formula uses \"\(Value.shortened(name))\", which is not among the inputs "
          + "(\(names.joined(separator: ", "))).\(Suggestion.sentence(for: name, in: names))")
    }
    for id in formula.kpis where KPIID(id) == nil {
      value.report(
        "bad-id", "The formula names the KPI \"\(Value.shortened(id))\": write its id, as kpi(sales/new-orders).")
    }
    if formula.inputs.count < Set(names).count, formula.inputs.allSatisfy(names.contains) {
      warnOfUnused(names, formula)
    }
    return formula
  }

  private func warnOfUnused(_ names: [String], _ formula: Formula) {
    guard let group = fields.value("inputs")?.group() else { return }
    for entry in group.entries where names.contains(entry.key) && !formula.inputs.contains(entry.key) {
      fields.reading.add(
        .warning, "unused-input", at: entry.keyRange.lowerBound,
        "The formula does not use the input \"\(entry.key)\": use it, or take it out.")
    }
  }

  private func dimensions(besides inputs: [KPICalculation.Input]) -> [String] {
    fields.value("dimensions")?.list { item in
      guard let name = item.text(), columnName(name, "dimension", at: item.node.range.lowerBound) else { return nil }
      if inputs.contains(where: { $0.name == name }) {
        item.report("bad-name", "\"\(name)\" is an input already: a column has one meaning only.")
        return nil
      }
      return name
    } ?? []
  }

  private func columnName(_ name: String, _ what: String, at offset: Int) -> Bool {
    if ColumnName.isValid(name) { return true }
    let reason =
      ColumnName.reserved.contains(name) || ColumnName.functions.contains(name)
      ? "is a word with a meaning of its own: choose another"
      : "should be small letters, digits and underscores, a letter first"
    fields.reading.add(
      .error, "bad-name", at: offset, "The name \"\(Value.shortened(name))\" of \(Self.article(what)) \(reason).")
    return false
  }

  private static func article(_ what: String) -> String { what == "input" ? "an input" : "a \(what)" }

  private func bounds() -> KPICalculation.Bounds? {
    guard let fields = fields.value("bounds")?.fields(KnownFields(["min", "max"])) else { return nil }
    let upper = fields.value("max")
    let bounds = KPICalculation.Bounds(min: fields.value("min")?.number(), max: upper?.number())
    if let min = bounds.min, let max = bounds.max, min > max {
      upper?.report("bounds-order", "The highest plausible value, \(max), is below the lowest, \(min): swap them.")
    }
    return bounds
  }
}

extension Value {
  /// The name of a unit, or a currency's code.
  func unit() -> String? {
    guard let text = text() else { return nil }
    if Slug.isValid(text) || Currency.isCode(text) { return text }
    report(
      "bad-id",
      "\"\(label)\" should be a unit of ledger.yaml, as percent, or a currency, as EUR, but is "
        + "\"\(Self.shortened(text))\".")
    return nil
  }
}
