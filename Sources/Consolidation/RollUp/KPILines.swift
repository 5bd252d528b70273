package import Calculation
package import LedgerModel

/// Makes the lines of KPIs: all that rests on their own files and on those of the KPIs that they are made of.
///
/// The ledger need have no more than these KPIs, with what they are made of, settings, goals and rates.
package struct KPILines {
  let period: Period
  let asOf: Day
  var frames: Frames
  var measurer: Measurer

  /// Gets ready to measure by one period and day.
  package init(of ledger: Ledger, for period: Period, asOf: Day) {
    self.period = period
    self.asOf = asOf
    frames = Self.frames(of: ledger, for: period, asOf: asOf)
    measurer = Measurer(ledger, graph: SourceGraph(ledger))
    measureComposed()
  }

  /// Measures the KPIs that are made of others: sources first, so that measuring never goes deeper than one KPI.
  mutating func measureComposed() {
    for id in graph.order {
      guard let definition = ledger.definitions[id], let frame = frame(of: definition) else { continue }
      _ = measurer.measured(id, in: frame)
    }
  }

  static func frames(of ledger: Ledger, for period: Period, asOf: Day) -> Frames {
    let active = ledger.definitions.values.lazy.filter { $0.status == .active }.map(\.calculation)
    return Frames(
      for: period, kinds: Set(active.map(\.period)),
      seasonal: Set(active.filter { $0.profile == .seasonal }.map(\.period)), asOf: asOf,
      calendar: ledger.settings.calendar)
  }

  /// The ledger as it is measured now.
  package var ledger: Ledger { measurer.ledger }

  private var graph: SourceGraph { measurer.graph }

  /// A KPI's line; nil for one that is not active, or not there.
  package mutating func line(of id: KPIID) -> KPIResult? {
    guard let definition = ledger.definitions[id], definition.status == .active, let frame = frame(of: definition)
    else { return nil }
    let settings = ledger.settings
    let calculation = CalculationHistory(of: definition, calendar: settings.calendar)
      .calculation(for: frame.points.last ?? frame.period)
    let evaluation = KPIEvaluation(
      definition: definition, calculation: calculation, accrual: measurer.accrual(of: definition, calculation),
      measured: measurer.measured(id, in: frame), frame: frame, settings: settings)
    var line = evaluation.result()
    line.add(flags: flags(of: definition, in: frame))
    return line
  }

  /// What a KPI's line rests on besides its own files: KPIs by id, or all departments' of one name.
  package static func sources(of definition: Definition) -> [ConsolidationRule.Source] {
    let calculations = [definition.calculation] + definition.earlier
    return (definition.consolidates?.sources ?? [])
      + calculations.flatMap { $0.formula.kpis.compactMap { KPIID($0).map(ConsolidationRule.Source.kpi) } }
  }

  private func frame(of definition: Definition) -> Frame? {
    let actuals = ledger.actuals[definition.id]
    return frames.frame(
      by: definition.calculation.period, isSeasonal: definition.calculation.profile == .seasonal
    ) { actuals?.periods.contains($0) ?? false }
  }

  private func flags(of definition: Definition, in frame: Frame) -> [Flag] {
    var flags = (graph.links[definition.id]?.flags ?? []) + unitFlags(of: definition)
    if let goal = definition.goal, ledger.goals[goal] == nil {
      flags.append(Flag(.unknownGoal, "\(goal) is not in goals.yaml, so it counts towards no goal"))
    }
    if frame.period != period, frame.kind > period.kind {
      let reason = "recorded by \(frame.kind.rawValue): the figures are those of \(frame.period)"
      flags.append(Flag(.otherPeriod, reason))
    }
    return flags
  }

  private func unitFlags(of definition: Definition) -> [Flag] {
    guard let links = graph.links[definition.id], !links.sources.isEmpty else { return [] }
    let unit = definition.calculation.unit
    return links.sources.compactMap { id in
      let own = ledger.definitions[id]?.calculation.unit
      guard case .mismatch = UnitMatch(own, unit) else { return nil }
      return Flag(.unitMismatch, "\(id) is in \(own ?? "no unit") and not in \(unit ?? "a unit"), so it is left out")
    }
  }
}

extension KPIResult {
  /// Takes in more flags, which stand by kind and reason.
  package mutating func add(flags more: [Flag]) {
    guard !more.isEmpty || flags.count > 1 else { return }
    flags = (flags + more).sorted(by: Flag.precedes)
  }
}
