import Calculation
import LedgerModel

/// KPIs that are made of other KPIs.
extension Measurer {
  /// From the KPIs that it consolidates, or by a formula that names others.
  mutating func composed(
    _ definition: Definition, _ links: SourceGraph.Links, in frame: Frame, _ currency: String?, rows: RowSelection
  ) -> Measured {
    guard let last = frame.points.indices.last else { return .none(in: frame) }
    guard let rule = definition.consolidates else {
      return byFormula(definition, links, in: frame, currency, rows: rows)
    }
    let unit = currency ?? definition.calculation.unit
    let sources = sources(of: definition, rule, links, in: frame, unit)
    let references = references(links, unit, in: frame)
    let limit = rule.coverage ?? ledger.settings.limits.coverage
    let history = CalculationHistory(of: definition, calendar: calendar)
    let newest = history.calculation(for: frame.points[last])
    let combination = Combination(newest, method: rule.method, sources: sources, limit: limit)
    var result = Measured(names: combination.names)
    result.points = frame.points.indices.map { index in
      let calculation = definition.earlier.isEmpty ? newest : history.calculation(for: frame.points[index])
      let own =
        calculation == newest
        ? combination : Combination(calculation, method: rule.method, sources: sources, limit: limit)
      var point = own.measurement(kpis: references.map { $0?.points[index].figure }, over: index..<index + 1) {
        $0.points[index]
      }
      point.arrange(own.names, as: combination.names)
      return point
    }
    result.current = combination.measurement(kpis: references.map { $0?.current.figure }, over: frame.current) {
      $0.current
    }
    result.yearToDate = combination.measurement(
      kpis: references.map { $0?.yearToDate.figure }, over: frame.yearToDate
    ) { $0.yearToDate }
    if accrual(of: definition, newest) == .flow { result.addUp(in: frame) }
    result.adopt(sources.map(\.measured) + references.compactMap { $0 })
    for (index, source) in sources.enumerated() {
      let isMissed = rule.method != .last && !source.isExplained
      result.note(source, in: frame, isMissed: isMissed) { combination.hasData($0, at: index) }
    }
    return result
  }

  // MARK: Sources

  private mutating func sources(
    of definition: Definition, _ rule: ConsolidationRule, _ links: SourceGraph.Links, in frame: Frame, _ unit: String?
  ) -> [Combination.Source] {
    var sources: [Combination.Source] = []
    for id in links.sources {
      guard let source = ledger.definitions[id], !links.excluded.contains(id) else {
        sources.append(.init(id: id, measured: .none(in: frame), begins: 0, isExplained: true))
        continue
      }
      var rows = RowSelection(filter: rule.filter)
      let needed = definition.calculation.formula.inputs
      if case .inputs = rule.method, graph.links[id] == nil,
        !needed.allSatisfy(source.calculation.formula.inputs.contains)
      {
        rows.paired = needed
      }
      let measured: Measured
      var isExplained = source.calculation.period > frame.kind
      switch UnitMatch(source.calculation.unit, unit) {
      case .same: measured = self.measured(id, in: frame, rows: rows)
      case .currency(let wanted): measured = self.measured(id, in: frame, into: wanted, rows: rows)
      case .mismatch: (measured, isExplained) = (.none(in: frame), true)
      }
      sources.append(
        .init(id: id, measured: measured, begins: begin(of: source, in: frame), isExplained: isExplained))
    }
    return sources + links.unknown.map { .init(id: $0, measured: .none(in: frame), begins: 0, isExplained: true) }
  }

  /// The first point that a KPI is calculated for.
  private func begin(of definition: Definition, in frame: Frame) -> Int {
    guard let day = CalculationHistory(of: definition, calendar: calendar).beginning else { return 0 }
    return frame.points.count { calendar.days(of: $0).upperBound <= day }
  }

  /// The KPIs that the formula names, in one currency: the KPI's own, or, where they differ and its unit is none, the
  /// ledger's.
  private mutating func references(_ links: SourceGraph.Links, _ unit: String?, in frame: Frame) -> [Measured?] {
    let units = links.references.map { id in
      id.flatMap { ledger.definitions[$0]?.calculation.unit }.flatMap { Currency.isCode($0) ? $0 : nil }
    }
    var wanted = unit.flatMap { Currency.isCode($0) ? $0 : nil }
    if wanted == nil, Set(units.compactMap { $0 }).count > 1 { wanted = ledger.settings.currency }
    var measured: [Measured?] = []
    for (id, own) in zip(links.references, units) {
      measured.append(id.map { self.measured($0, in: frame, into: own == nil || own == wanted ? nil : wanted) })
    }
    return measured
  }

  // MARK: By a formula

  private mutating func byFormula(
    _ definition: Definition, _ links: SourceGraph.Links, in frame: Frame, _ currency: String?, rows: RowSelection
  ) -> Measured {
    let references = references(links, definition.calculation.unit, in: frame)
    let actuals = rows.rows(of: ledger.actuals[definition.id] ?? Actuals())
    var result = fromRows(definition, actuals, references: references, in: frame, currency: nil)
    guard result.points.count == frame.points.count else { return result }
    let readsRows = !definition.calculation.formula.inputs.isEmpty
    let begun = result.points.indices.filter { index in
      readsRows && result.points[index].isRecorded || references.contains { $0?.points[index].figure != nil }
    }
    for index in result.points.indices {
      let kpis = references.map { $0?.points[index].figure }
      guard kpis.contains(where: { $0 == nil }) else { continue }
      result.points[index].isRecorded = false
      result.points[index].marks.insert(.incomplete)
    }
    let isFlow = isFlow(definition)
    if isFlow {
      result.addUp(in: frame)
    } else {
      let pairing = Pairing(definition, actuals, references, result, begun: begun)
      result.current = paired(pairing, over: frame.current, in: frame) { $0.current }
      result.yearToDate = paired(pairing, over: frame.yearToDate, in: frame) { $0.yearToDate }
    }
    result.current.missing = zip(links.references, references)
      .compactMap { id, measured in measured?.current.figure == nil ? id : nil }.sorted()
    result.adopt(references.compactMap { $0 })
    for (id, measured) in zip(links.references, references) {
      guard let id, let measured else { continue }
      let begins = ledger.definitions[id].map { begin(of: $0, in: frame) } ?? 0
      result.note(.init(id: id, measured: measured, begins: begins), in: frame, isMissed: true) { $0.figure != nil }
    }
    return translated(result, definition, into: currency, in: frame, isFlow: isFlow)
  }

  private func isFlow(_ definition: Definition) -> Bool { accrual(of: definition, definition.calculation) == .flow }

  /// A KPI measured by a formula, with what it was measured from.
  private struct Pairing {
    let definition: Definition
    let actuals: Actuals
    let references: [Measured?]
    let measured: Measured
    /// The points for which anything at all is there.
    let begun: [Int]

    init(
      _ definition: Definition, _ actuals: Actuals, _ references: [Measured?], _ measured: Measured, begun: [Int]
    ) {
      self.definition = definition
      self.actuals = actuals
      self.references = references
      self.measured = measured
      self.begun = begun
    }
  }

  /// A ratio over several points, of those points alone for which all is there that the formula names: what one KPI has
  /// and another lacks would be in one sum and not in the other.
  private func paired(
    _ pairing: Pairing, over span: Range<Int>, in frame: Frame, _ pick: (Measured) -> Measurement
  ) -> Measurement {
    let whole = span.filter { pairing.measured.points[$0].isRecorded }
    guard span.count > 1, !whole.isEmpty, whole != pairing.begun.filter(span.contains) else {
      return pick(pairing.measured)
    }
    let days = whole.map { calendar.days(of: frame.points[$0]) }
    let rows = RowSelection.rows(of: pairing.actuals) { row in
      let day = calendar.days(of: pairing.actuals.periods[row]).lowerBound
      return days.contains { $0.contains(day) }
    }
    let sums = zip(pairing.definition.calculation.formula.kpis, pairing.references).map {
      text, reference -> Measured? in
      guard var reference, let id = KPIID(text), let source = ledger.definitions[id], isFlow(source) else {
        return reference
      }
      let sum = whole.reduce(Quantity.zero) { $0 + (reference.points[$1].figure ?? .zero) }
      (reference.current.figure, reference.yearToDate.figure) = (sum, sum)
      return reference
    }
    return pick(fromRows(pairing.definition, rows, references: sums, in: frame, currency: nil))
  }

  /// A KPI made by a formula in another currency: its figures, each by its period's rate.
  private func translated(
    _ measured: Measured, _ definition: Definition, into currency: String?, in frame: Frame, isFlow: Bool
  ) -> Measured {
    guard let exchange = exchange(of: definition.calculation, definition.id, into: currency, isFlow: isFlow),
      let spans = frame.spans(by: frame.kind)
    else { return measured }
    var result = measured
    for index in result.points.indices where result.points[index].isRecorded {
      result.points[index].last = frame.points[index]
      result.points[index].translate(by: exchange.rate(in: frame.points[index]), inputs: 0)
    }
    if isFlow {
      result.addUp(in: frame)
    } else {
      let last = frame.current.last { result.points[$0].isRecorded }.map { frame.points[$0] } ?? frame.period
      result.current.last = last
      result.current.translate(by: exchange.rate(in: last), inputs: 0)
      result.yearToDate.translate(by: exchange.rate(in: last), inputs: 0)
    }
    result.note(exchange, spans, translated: 0)
    result.adopt([measured])
    return result
  }
}

extension Measured {
  /// The figures of several points as the sums of theirs: a point that is withheld is in neither actual nor target.
  fileprivate mutating func addUp(in frame: Frame) {
    current = sum(of: frame.current, instead: current)
    yearToDate = sum(of: frame.yearToDate, instead: yearToDate)
  }

  private func sum(of span: Range<Int>, instead whole: Measurement) -> Measurement {
    if span.count == 1, let only = span.first {
      return points[only]
    }
    var result = whole
    let figures = points[span].compactMap(\.figure)
    result.figure = figures.isEmpty ? nil : figures.reduce(.zero, +)
    result.isRecorded = points[span].contains(where: \.isRecorded)
    result.marks.subtract([.withheld, .undefined, .incomplete])
    if figures.isEmpty {
      for point in points[span] { result.marks.formUnion(point.marks.intersection([.withheld, .undefined])) }
    }
    return result
  }

  /// Keeps where a source has no value though it should have one, or though others have, from the year's beginning.
  /// - Parameter isMissed: whether it matters that the source itself has none at a point.
  fileprivate mutating func note(
    _ source: Combination.Source, in frame: Frame, isMissed: Bool, hasData: (Measurement) -> Bool
  ) {
    let first = Swift.min(frame.yearToDate.lowerBound, frame.current.lowerBound)
    for index in first..<points.count where index >= source.begins {
      let part = source.measured.points[index]
      if !hasData(part) {
        guard isMissed, index < frame.ended || points[index].coverage?.recorded ?? 0 > 0 else { continue }
        lacks.append(Lack(kpi: source.id, point: index, period: frame.points[index]))
      } else {
        lacks += part.gaps.map { Lack(kpi: source.id, point: index, period: $0) }
        lacks += source.measured.lacks.filter { $0.point == index }
      }
    }
  }
}
