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
    result.breaks = ownBreaks(of: definition, in: frame)
    for id in links.all { result.breaks.add(breaks(of: id, in: frame)) }
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
  func begin(of definition: Definition, in frame: Frame) -> Int {
    guard let day = CalculationHistory(of: definition, calendar: calendar).beginning else { return 0 }
    return frame.points.count { calendar.days(of: $0).upperBound <= day }
  }

  /// The KPIs that the formula names, in one currency: the KPI's own, or, where they differ and its unit is none, the
  /// ledger's.
  mutating func references(_ links: SourceGraph.Links, _ unit: String?, in frame: Frame) -> [Measured?] {
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
}

extension Measured {
  /// The figures of several points as the sums of theirs: a point that is withheld is in neither actual nor target.
  mutating func addUp(in frame: Frame) {
    current = sum(of: frame.current, instead: current)
    yearToDate = sum(of: frame.yearToDate, instead: yearToDate)
  }

  private func sum(of span: Range<Int>, instead whole: Measurement) -> Measurement {
    if span.count == 1, let only = span.first {
      return points[only]
    }
    var result = whole
    let adding = points[Swift.max(span.lowerBound, Swift.min(breaks.addsFrom, span.upperBound))..<span.upperBound]
    let figures = adding.compactMap(\.figure)
    result.figure = figures.isEmpty ? nil : figures.reduce(.zero, +)
    result.isRecorded = adding.contains(where: \.isRecorded)
    result.marks.subtract([.withheld, .undefined, .incomplete])
    if figures.isEmpty {
      for point in adding { result.marks.formUnion(point.marks.intersection([.withheld, .undefined])) }
    }
    return result
  }

  /// Keeps where a source has no value though it should have one, or though others have, from the year's beginning.
  /// - Parameter isMissed: whether it matters that the source itself has none at a point.
  mutating func note(
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
