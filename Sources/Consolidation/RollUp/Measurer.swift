import Calculation
import LedgerModel

/// Measures KPIs over the spans of a frame: from their rows, from the KPIs that they consolidate, or by a formula that
/// names others. What several need is measured once.
struct Measurer {
  private(set) var ledger: Ledger
  private(set) var graph: SourceGraph
  private(set) var translation: Translation
  let calendar: FiscalCalendar
  private var known: [KPIID: [Key: Measured]] = [:]
  private var accruals: [KPIID: Accrual] = [:]

  private struct Key: Hashable {
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

  // MARK: Changes

  /// Puts other contents of KPIs in the place of theirs, and forgets what was measured of them and of those made of
  /// them.
  /// - Returns: those whose figures may be others now, and whether it changed what is calculated from what
  mutating func put(_ contents: [KPIID: KPIContent]) -> (touched: Set<KPIID>, isReshaped: Bool) {
    let isReshaped = contents.contains { !$1.isCalculated(as: ledger.definitions[$0]) }
    var touched = graph.users(of: contents.keys)
    for (id, content) in contents {
      ledger.definitions[id] = content.definition
      ledger.actuals[id] = content.actuals
    }
    if isReshaped {
      graph = SourceGraph(ledger)
      accruals = [:]
      for id in graph.order { accruals[id] = composedAccrual(of: id) }
      touched.formUnion(graph.users(of: contents.keys))
    }
    for id in touched { known[id] = nil }
    return (touched, isReshaped)
  }

  /// Puts other exchange rates in the place of these.
  mutating func put(_ rates: [String: ExchangeRates]) {
    ledger.rates = rates
    translation = Translation(ledger)
    known = [:]
  }

  /// Puts other goals in the place of these, which no figure rests on.
  mutating func put(_ goals: [String: Goal]) { ledger.goals = goals }

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
    let key = Key(frame: frame.key, currency: currency, rows: rows)
    if let known = known[id]?[key] { return known }
    let result: Measured
    if let links {
      result = links.isBroken ? .none(in: frame) : composed(definition, links, in: frame, currency, rows: rows)
    } else {
      result = recorded(definition, in: frame, currency: currency, rows: rows)
    }
    known[id, default: [:]][key] = result
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
    func reader(_ calculation: KPICalculation) -> RecordedValues {
      RecordedValues(
        calculation, actuals: actuals, isFlow: isFlow, from: definition.earlier.isEmpty ? nil : first(of: calculation),
        rate: rate)
    }
    func kpis(_ pick: (Measured) -> Measurement) -> [Quantity?] { references.map { $0.flatMap { pick($0).figure } } }
    var result = Measured()
    if history.lastBreak(within: frame.points) == nil {
      let values = reader(calculation)
      func measure(_ span: Frame.Span, _ pick: (Measured) -> Measurement) -> Measurement {
        values.measurement(over: span, kpis: kpis(pick), keepsInputs: needsTotals)
      }
      result.names = values.names
      result.points = spans.points.enumerated().map { index, span in measure(span) { $0.points[index] } }
      let isOnePoint = frame.current.count == 1
      result.current = isOnePoint ? result.points.last ?? .none : measure(spans.current) { $0.current }
      if needsTotals || !isFlow { result.yearToDate = measure(spans.yearToDate) { $0.yearToDate } }
    } else {
      let segments = CalculationSegments(
        history, in: frame, spans, references: definition.calculation.formula.kpis, isFlow: isFlow,
        keepsInputs: needsTotals, adds: { adds($0, to: calculation) }, values: reader)
      (result.names, result.breaks) = (segments.names, segments.breaks)
      result.points = segments.points { point in kpis { $0.points[point] } }
      result.current = segments.measurement(over: frame.current, of: result.points, kpis: kpis { $0.current })
      result.yearToDate = segments.measurement(over: frame.yearToDate, of: result.points, kpis: kpis { $0.yearToDate })
    }
    if let exchange {
      if !isFlow { result.translate(by: exchange, inputs: calculation.translatable) }
      result.note(exchange, spans, translated: calculation.translatable)
    }
    return result
  }

  /// Whether the figures of an earlier calculation add up with those of a flow's: the same unit, and a flow as well.
  private func adds(_ earlier: KPICalculation, to calculation: KPICalculation) -> Bool {
    earlier.unit == calculation.unit
      && Self.accrual(of: earlier) { text in
        KPIID(text).flatMap { ledger.definitions[$0] }.map { accrual(of: $0, $0.calculation) } ?? .level
      } == .flow
  }

  /// The first period of a calculation, of the kind that it is recorded by.
  private func first(of calculation: KPICalculation) -> Period? {
    guard let first = calculation.effectiveFrom.map({ calendar.days(of: $0).lowerBound }) else { return nil }
    let period = calendar.period(calculation.period, containing: first)
    return calendar.days(of: period).lowerBound < first ? period.next : period
  }

  /// How a KPI is translated; nil where it is not.
  func exchange(
    of calculation: KPICalculation, _ id: KPIID, into currency: String?, isFlow: Bool
  ) -> Exchange? {
    guard let currency, let own = calculation.unit, own != currency else { return nil }
    return Exchange(id, from: own, to: currency, accrual: isFlow ? .flow : .level, translation)
  }

  /// The breaks of a KPI that others are made of: of rows without measuring them once more.
  mutating func breaks(of id: KPIID, in frame: Frame) -> SeriesBreaks {
    if graph.links[id] != nil { return measured(id, in: frame).breaks }
    return ledger.definitions[id].map { ownBreaks(of: $0, in: frame) } ?? SeriesBreaks()
  }

  /// Where a KPI's own calculation changes.
  func ownBreaks(of definition: Definition, in frame: Frame) -> SeriesBreaks {
    guard !definition.earlier.isEmpty, let last = frame.points.last else { return SeriesBreaks() }
    let history = CalculationHistory(of: definition, calendar: calendar)
    let starts = history.breaks(in: frame.points)
    let calculation = history.calculation(for: last)
    let doesNotAdd = ([0] + starts).last { !adds(history.calculation(for: frame.points[$0]), to: calculation) }
    return SeriesBreaks(starts: starts, addsFrom: doesNotAdd.flatMap { other in starts.first { $0 > other } } ?? 0)
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
