import Calculation
import LedgerModel

/// Measures KPIs over the spans of a frame: from their rows, from the KPIs that they consolidate, or by a formula that
/// names others. What several need is measured once.
struct Measurer {
  let ledger: Ledger
  let graph: SourceGraph
  let translation: Translation
  let calendar: FiscalCalendar
  private var known: [Key: Measured] = [:]
  private var accruals: [KPIID: Accrual] = [:]

  private struct Key: Hashable {
    let id: KPIID
    let frame: Frame.Key
    let currency: String?
    let rows: RowSelection
  }

  init(_ ledger: Ledger, graph: SourceGraph) {
    self.ledger = ledger
    self.graph = graph
    translation = Translation(ledger)
    calendar = ledger.settings.calendar
    for id in graph.order { accruals[id] = composedAccrual(of: id) }
  }

  /// A KPI over the spans of a frame; `currency` is the one that its figures are wanted in, nil its own; `rows` are
  /// those that count.
  mutating func measured(
    _ id: KPIID, in frame: Frame, into currency: String? = nil, rows: RowSelection = RowSelection()
  ) -> Measured {
    guard let definition = ledger.definitions[id] else { return .none(in: frame) }
    let links = graph.links[id]
    guard links != nil || graph.needed.contains(id) else {
      return recorded(definition, in: frame, currency: nil, rows: rows)
    }
    let key = Key(id: id, frame: frame.key, currency: currency, rows: rows)
    if let known = known[key] { return known }
    let result: Measured
    if let links {
      result = links.isBroken ? .none(in: frame) : composed(definition, links, in: frame, currency, rows: rows)
    } else {
      result = recorded(definition, in: frame, currency: currency, rows: rows)
    }
    known[key] = result
    return result
  }

  /// Whether a KPI's figures add up over time.
  func accrual(of definition: Definition, _ calculation: KPICalculation) -> Accrual {
    accruals[definition.id] ?? Self.accrual(of: calculation) { _ in .level }
  }

  // MARK: From rows

  private func recorded(
    _ definition: Definition, in frame: Frame, currency: String?, rows: RowSelection
  ) -> Measured {
    guard let actuals = ledger.actuals[definition.id] else { return .none(in: frame) }
    return fromRows(definition, rows.rows(of: actuals), references: [], in: frame, currency: currency)
  }

  /// From rows and the figures of other KPIs; without either there is nothing.
  func fromRows(
    _ definition: Definition, _ actuals: Actuals, references: [Measured?], in frame: Frame, currency: String?
  ) -> Measured {
    guard let last = frame.points.last, let spans = frame.spans(by: definition.calculation.period) else {
      return .none(in: frame)
    }
    let history = CalculationHistory(of: definition, calendar: calendar)
    let calculation = history.calculation(for: last)
    let needsTotals = graph.needed.contains(definition.id) || !references.isEmpty
    let isFlow = accrual(of: definition, calculation) == .flow
    let exchange = exchange(of: calculation, definition.id, into: currency, isFlow: isFlow)
    let rate = isFlow ? exchange.map { exchange in { exchange.rate(in: $0) } } : nil
    let values = RecordedValues(calculation, actuals: actuals, rate: rate)
    func measure(_ values: RecordedValues, _ span: Frame.Span, _ pick: (Measured) -> Measurement) -> Measurement {
      let kpis = references.map { $0.flatMap { pick($0).figure } }
      var result = values.measurement(over: span, kpis: kpis, keepsInputs: needsTotals)
      if let exchange, !isFlow, result.isRecorded {
        result.translate(by: exchange.rate(in: result.last ?? span.first), inputs: calculation.translatable)
      }
      return result
    }
    var result = Measured(names: values.names)
    result.points.reserveCapacity(spans.points.count)
    for (index, span) in spans.points.enumerated() {
      let own = history.calculation(for: frame.points[index])
      let isSame = definition.earlier.isEmpty || own == calculation
      let reader = isSame ? values : RecordedValues(own, actuals: actuals, rate: rate)
      result.points.append(measure(reader, span) { $0.points[index] })
      if !isSame, needsTotals { result.points[index].arrange(reader.names, as: values.names) }
    }
    let isOnePoint = frame.current.count == 1
    result.current = isOnePoint ? result.points.last ?? .none : measure(values, spans.current) { $0.current }
    if needsTotals || !isFlow { result.yearToDate = measure(values, spans.yearToDate) { $0.yearToDate } }
    if let exchange { result.note(exchange, spans, translated: calculation.translatable) }
    return result
  }

  /// How a KPI is translated; nil where it is not.
  func exchange(
    of calculation: KPICalculation, _ id: KPIID, into currency: String?, isFlow: Bool
  ) -> Exchange? {
    guard let currency, let own = calculation.unit, own != currency else { return nil }
    return Exchange(id, from: own, to: currency, accrual: isFlow ? .flow : .level, translation)
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
