import Calculation
import Consolidation
import LedgerModel
import Testing

/// Builds ledgers in a few words, in whatever order of insertion.
struct SampleLedger {
  var ledger: Ledger

  init() {
    var settings = LedgerSettings(company: "Acme", currency: "USD")
    settings.units = ["percent": .init(symbol: "%", decimals: 1), "count": .init(symbol: nil, decimals: 0)]
    ledger = Ledger(settings: settings)
    ledger.goals = ["growth": Goal(id: "growth", name: "Growth")]
  }

  /// A KPI with rows `period: [input: value]`; by default `value`, summed, higher is better, counted in `count`.
  @discardableResult
  mutating func add(
    _ id: String, formula: String = "value", inputs: [(String, Aggregate)] = [("value", .sum)],
    rows: [(String, [String: Int])] = [], targets: [String: Int] = [:], unit: String? = "count",
    _ change: (inout Definition) -> Void = { _ in }
  ) throws -> KPIID {
    let id = try #require(KPIID(id))
    var calculation = KPICalculation()
    calculation.formula = try Formula(parsing: formula)
    calculation.inputs = inputs.map { .init(name: $0.0, aggregate: $0.1) }
    calculation.direction = .higher
    calculation.unit = unit
    var definition = Definition(id: id, name: id.kpi, calculation: calculation)
    definition.goal = "growth"
    definition.owner = "head-of-\(id.department)"
    for (period, value) in targets { definition.targets[try #require(Period(period))] = .value(Quantity(value)) }
    change(&definition)
    ledger.definitions[id] = definition
    ledger.actuals[id] = try Self.actuals(inputs.map(\.0), rows)
    return id
  }

  static func actuals(_ names: [String], _ rows: [(String, [String: Int])]) throws -> Actuals {
    var actuals = Actuals()
    actuals.periods = try rows.map { try #require(Period($0.0)) }
    actuals.inputs = names.map { name in .init(name: name, values: rows.map { $0.1[name].map { Quantity($0) } }) }
    actuals.statuses = rows.map { _ in .final }
    return actuals
  }

  /// The company's scorecard; by default long after the period.
  func scorecard(_ period: String, asOf: String = "2030-01-01") throws -> Scorecard {
    try consolidation(period, asOf: asOf).company
  }

  func consolidation(_ period: String, asOf: String = "2030-01-01") throws -> Consolidation {
    Consolidation(of: ledger, for: try #require(Period(period)), asOf: try #require(Day(asOf)), source: "3f2a")
  }
}

extension Scorecard {
  func kpi(_ id: String) throws -> KPIResult { try #require(kpis.first { $0.id.description == id }) }
  func goal(_ id: String) throws -> GoalResult { try #require(goals.first { $0.id == id }) }
}

extension KPIResult {
  func reasons(_ kind: Flag.Kind) -> [String] { flags.filter { $0.kind == kind }.map(\.reason) }
}

/// An exact number out of a literal text.
func exact(_ text: String) throws -> Quantity { try #require(Quantity(text)) }
