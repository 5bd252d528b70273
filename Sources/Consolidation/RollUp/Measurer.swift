import Calculation
import LedgerModel

/// Measures KPIs over the spans of a frame: from their rows, from the KPIs that they consolidate, or by a formula that
/// names others. What several need is measured once.
struct Measurer {
  private let ledger: Ledger
  private let graph: SourceGraph
  private let translation: Translation
  private let calendar: FiscalCalendar
  private var known: [Key: Measured] = [:]
  private var accruals: [KPIID: Accrual] = [:]

  private struct Key: Hashable {
    let id: KPIID
    let frame: Frame.Key
    let currency: String?
  }

  init(_ ledger: Ledger, graph: SourceGraph) {
    self.ledger = ledger
    self.graph = graph
    translation = Translation(ledger)
    calendar = ledger.settings.calendar
    for id in graph.order { accruals[id] = composedAccrual(of: id) }
  }

  /// A KPI over the spans of a frame; `currency` is the one that its figures are wanted in, nil its own.
  mutating func measured(_ id: KPIID, in frame: Frame, into currency: String? = nil) -> Measured {
    guard let definition = ledger.definitions[id] else { return .none(in: frame) }
    let links = graph.links[id]
    guard links != nil || graph.needed.contains(id) else { return recorded(definition, in: frame, currency: nil) }
    let key = Key(id: id, frame: frame.key, currency: currency)
    if let known = known[key] { return known }
    let result: Measured
    if let links {
      result = links.isBroken ? .none(in: frame) : composed(definition, links, in: frame, currency)
    } else {
      result = recorded(definition, in: frame, currency: currency)
    }
    known[key] = result
    return result
  }

  /// Whether a KPI's figures add up over time.
  func accrual(of definition: Definition, _ calculation: KPICalculation) -> Accrual {
    accruals[definition.id] ?? Self.accrual(of: calculation) { _ in .level }
  }

  // MARK: From rows

  private func recorded(_ definition: Definition, in frame: Frame, currency: String?) -> Measured {
    guard let actuals = ledger.actuals[definition.id] else { return .none(in: frame) }
    return fromRows(definition, actuals, references: [], in: frame, currency: currency)
  }

  /// From rows and the figures of other KPIs; without either there is nothing.
  private func fromRows(
    _ definition: Definition, _ actuals: Actuals, references: [Measured?], in frame: Frame, currency: String?
  ) -> Measured {
    guard let last = frame.points.last, let spans = frame.spans(by: definition.calculation.period) else {
      return .none(in: frame)
    }
    let history = CalculationHistory(of: definition, calendar: calendar)
    let calculation = history.calculation(for: last)
    let needsTotals = graph.needed.contains(definition.id) || !references.isEmpty
    let isFlow = accrual(of: definition, calculation) == .flow
    let exchange = exchange(of: calculation, into: currency, isFlow: isFlow)
    let values = RecordedValues(calculation, actuals: actuals, rate: isFlow ? exchange : nil)
    func measure(_ values: RecordedValues, _ span: Frame.Span, _ pick: (Measured) -> Measurement) -> Measurement {
      let kpis = references.map { $0.flatMap { pick($0).figure } }
      var result = values.measurement(over: span, kpis: kpis, keepsInputs: needsTotals)
      if let exchange, !isFlow { result.translate(by: exchange(last)) }
      return result
    }
    var result = Measured(names: values.names)
    result.points.reserveCapacity(spans.points.count)
    for (index, span) in spans.points.enumerated() {
      let own = history.calculation(for: frame.points[index])
      let isSame = definition.earlier.isEmpty || own == calculation
      let reader = isSame ? values : RecordedValues(own, actuals: actuals, rate: isFlow ? exchange : nil)
      result.points.append(measure(reader, span) { $0.points[index] })
    }
    let isOnePoint = frame.current.count == 1
    result.current = isOnePoint ? result.points.last ?? .none : measure(values, spans.current) { $0.current }
    if needsTotals || !isFlow { result.yearToDate = measure(values, spans.yearToDate) { $0.yearToDate } }
    return result
  }

  private func exchange(
    of calculation: KPICalculation, into currency: String?, isFlow: Bool
  ) -> ((Period) -> Quantity?)? {
    guard let currency, let own = calculation.unit, own != currency else { return nil }
    return { [translation] period in
      translation.rate(from: own, to: currency, in: period, accrual: isFlow ? .flow : .level)
    }
  }

  // MARK: From other KPIs

  private mutating func composed(
    _ definition: Definition, _ links: SourceGraph.Links, in frame: Frame, _ currency: String?
  ) -> Measured {
    guard let rule = definition.consolidates else {
      let references = links.references.map { id in id.map { measured($0, in: frame) } }
      let actuals = ledger.actuals[definition.id] ?? Actuals()
      return fromRows(definition, actuals, references: references, in: frame, currency: currency)
    }
    let unit = currency ?? definition.calculation.unit
    var sources: [Measured] = []
    for id in links.sources {
      let own = ledger.definitions[id]?.calculation.unit
      switch UnitMatch(own, unit) {
      case .same: sources.append(measured(id, in: frame))
      case .currency(let wanted): sources.append(measured(id, in: frame, into: wanted))
      case .mismatch: sources.append(.none(in: frame))
      }
    }
    let references = links.references.map { id in id.map { measured($0, in: frame) } }
    let limit = rule.coverage ?? ledger.settings.limits.coverage
    let combination = Combination(
      definition.calculation, method: rule.method, sources: sources, expected: sources.count + links.unknown,
      limit: limit)
    var result = Measured(names: combination.names)
    result.current = combination.measurement(kpis: references.map { $0?.current.figure }) { $0.current }
    result.yearToDate = combination.measurement(kpis: references.map { $0?.yearToDate.figure }) { $0.yearToDate }
    result.points = frame.points.indices.map { index in
      combination.measurement(kpis: references.map { $0?.points[index].figure }) { $0.points[index] }
    }
    return result
  }

  // MARK: Accrual

  private func composedAccrual(of id: KPIID) -> Accrual? {
    guard let definition = ledger.definitions[id], let links = graph.links[id], !links.isBroken else { return nil }
    let own = Self.accrual(of: definition.calculation) { text in
      KPIID(text).flatMap { ledger.definitions[$0] }.map { accrual(of: $0, $0.calculation) } ?? .level
    }
    switch definition.consolidates?.method {
    case nil, .inputs: return own
    case .min, .max, .last, .weighted: return .level
    case .sum, .mean:
      guard definition.calculation.profile != .snapshot else { return .level }
      let areFlows = links.sources.allSatisfy { id in
        ledger.definitions[id].map { accrual(of: $0, $0.calculation) == .flow } ?? true
      }
      return areFlows ? .flow : .level
    }
  }

  private static func accrual(of calculation: KPICalculation, kpi: (String) -> Accrual) -> Accrual {
    Accrual(of: calculation.formula, profile: calculation.profile) { name in
      switch name {
      case .input(let name): (calculation.inputs.first { $0.name == name }?.aggregate ?? .sum) == .sum
      case .kpi(let id): kpi(id) == .flow
      }
    }
  }
}

/// Whether figures of one unit can be added to those of another.
enum UnitMatch {
  case same
  /// Both are currencies: they are translated into this one.
  case currency(String)
  case mismatch

  init(_ source: String?, _ target: String?) {
    if source == target {
      self = .same
    } else if let source, let target, Currency.isCode(source), Currency.isCode(target) {
      self = .currency(target)
    } else {
      self = .mismatch
    }
  }
}

extension Measurement {
  /// Takes the figure into another currency; without a rate there is none. Inputs that are not all money cannot be
  /// translated one by one.
  mutating func translate(by rate: Quantity?) {
    inputs = []
    guard let rate else {
      if isRecorded { marks.insert(.noRate) }
      (figure, isRecorded) = (nil, false)
      return
    }
    figure = figure.map { $0 * rate }
  }
}
