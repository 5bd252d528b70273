public import Calculation
public import LedgerModel

/// The roll-up of a ledger for one period: every KPI's figures, then the goals above them.
///
///     let consolidation = Consolidation(of: ledger, for: period, asOf: day, source: commit)
///     print(ScorecardTable(consolidation.company).text())
///
/// Pure: the same ledger, period, day and source give the same scorecards. KPIs are taken one by one; those made of
/// others after what they are made of. Nothing in a ledger makes it fail: what cannot be rolled up is flagged.
public struct Consolidation: Sendable {
  private let ledger: Ledger
  private let period: Period
  private let asOf: Day
  private let source: String
  private let goals: GoalRollUp
  /// By id.
  private let kpis: [KPIResult]
  /// Where each department's KPIs are in `kpis`, and which departments are directly below it.
  private let byDepartment: [String: [Int]]
  private let below: [String: [String]]

  /// Rolls a ledger up. `asOf` is the last day that counts, `source` names where the ledger comes from.
  public init(of ledger: Ledger, for period: Period, asOf: Day, source: String) {
    self.ledger = ledger
    self.period = period
    self.asOf = asOf
    self.source = source
    goals = GoalRollUp(ledger.settings, goals: ledger.goals)
    kpis = Self.results(ledger, period: period, asOf: asOf)
    byDepartment = Dictionary(grouping: kpis.indices) { [kpis] in kpis[$0].department }
    var below: [String: [String]] = [:]
    for department in ledger.departments.values {
      if let parent = department.parent { below[parent, default: []].append(department.id) }
    }
    self.below = below
  }

  /// The scorecard of the whole company.
  public var company: Scorecard { scorecard(.company, of: kpis) }

  /// The scorecard of a department and those below it, with the goals that their KPIs serve; nil where the ledger has
  /// no such department.
  public func department(_ id: String) -> Scorecard? {
    let own = departments(from: id).flatMap { byDepartment[$0] ?? [] }.sorted().map { kpis[$0] }
    guard let department = ledger.departments[id] ?? (own.isEmpty ? nil : Department(id: id, name: id)) else {
      return nil
    }
    return scorecard(.department(id: id, name: department.name), of: own)
  }

  /// The departments that have a scorecard of their own, by id.
  public var departmentIDs: [String] { Set(ledger.departments.keys).union(kpis.map(\.department)).sorted() }

  // MARK: Scorecards

  private func scorecard(_ scope: Scorecard.Scope, of kpis: [KPIResult]) -> Scorecard {
    var scorecard = Scorecard(
      company: ledger.settings.company, scope: scope, period: period, calendar: ledger.settings.calendar, asOf: asOf,
      source: source)
    scorecard.kpis = kpis
    scorecard.goals = goals.results(of: kpis, keepsEmpty: scope == .company)
    var counts: [String: StatusCounts] = [:]
    for kpi in kpis { counts[kpi.department, default: StatusCounts()].add(kpi) }
    scorecard.departments = counts.keys.sorted().map { id in
      let department = ledger.departments[id]
      return DepartmentResult(
        id: id, name: department?.name ?? id, parent: department?.parent,
        parentName: department?.parent.flatMap { ledger.departments[$0]?.name }, counts: counts[id] ?? StatusCounts())
    }
    return scorecard
  }

  /// A department and all below it.
  private func departments(from id: String) -> Set<String> {
    var found: Set<String> = [id]
    var next = [id]
    while let department = next.popLast() {
      for child in below[department] ?? [] where found.insert(child).inserted { next.append(child) }
    }
    return found
  }

  // MARK: KPIs

  private static func results(_ ledger: Ledger, period: Period, asOf: Day) -> [KPIResult] {
    let active = ledger.definitions.values.filter { $0.status == .active }.sorted { $0.id < $1.id }
    let frames = Frames(
      for: period, kinds: Set(active.map(\.calculation.period)), asOf: asOf, calendar: ledger.settings.calendar)
    let graph = SourceGraph(ledger)
    let held = HeldChanges(ledger)
    var measurer = Measurer(ledger, graph: graph)
    // Sources first, so that measuring never goes deeper than one KPI.
    for id in graph.order {
      guard let definition = ledger.definitions[id],
        let frame = Self.frame(of: definition, frames, ledger.actuals[id])
      else { continue }
      _ = measurer.measured(id, in: frame)
    }
    return active.compactMap { definition in
      guard let frame = Self.frame(of: definition, frames, ledger.actuals[definition.id]) else { return nil }
      return result(definition, frame, &measurer, graph, held, ledger, period: period, asOf: asOf)
    }
  }

  private static func frame(of definition: Definition, _ frames: Frames, _ actuals: Actuals?) -> Frame? {
    frames.frame(by: definition.calculation.period) { actuals?.periods.contains($0) ?? false }
  }

  private static func result(
    _ definition: Definition, _ frame: Frame, _ measurer: inout Measurer, _ graph: SourceGraph, _ held: HeldChanges,
    _ ledger: Ledger, period: Period, asOf: Day
  ) -> KPIResult {
    let settings = ledger.settings
    let calculation = CalculationHistory(of: definition, calendar: settings.calendar)
      .calculation(for: frame.points.last ?? frame.period)
    let evaluation = KPIEvaluation(
      definition: definition, calculation: calculation, accrual: measurer.accrual(of: definition, calculation),
      measured: measurer.measured(definition.id, in: frame), frame: frame, settings: settings, asOf: asOf)
    var result = evaluation.result()
    result.flags += graph.links[definition.id]?.flags ?? []
    result.flags += unitFlags(definition, graph, ledger)
    if let flag = held.flag(for: definition.id) { result.flags.append(flag) }
    if let goal = definition.goal, ledger.goals[goal] == nil {
      result.flags.append(Flag(.unknownGoal, "\(goal) is not in goals.yaml, so it counts towards no goal"))
    }
    if frame.period != period, frame.kind > period.kind {
      let reason = "recorded by \(frame.kind.rawValue): the figures are those of \(frame.period)"
      result.flags.append(Flag(.otherPeriod, reason))
    }
    result.flags.sort { $0.kind != $1.kind ? $0.kind < $1.kind : $0.reason < $1.reason }
    return result
  }

  private static func unitFlags(_ definition: Definition, _ graph: SourceGraph, _ ledger: Ledger) -> [Flag] {
    guard let links = graph.links[definition.id], !links.sources.isEmpty else { return [] }
    let unit = definition.calculation.unit
    return links.sources.compactMap { id in
      let own = ledger.definitions[id]?.calculation.unit
      guard case .mismatch = UnitMatch(own, unit) else { return nil }
      return Flag(.unitMismatch, "\(id) is in \(own ?? "no unit") and not in \(unit ?? "a unit"), so it is left out")
    }
  }
}
