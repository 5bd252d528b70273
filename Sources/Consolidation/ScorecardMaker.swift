package import Calculation
package import LedgerModel

/// Puts scorecards together from what the KPIs come to and from the lines that are shown.
package struct ScorecardMaker: Sendable {
  private let settings: LedgerSettings
  private let departments: [String: Department]
  private let period: Period
  private let asOf: Day
  private let source: String
  private let goals: GoalRollUp
  /// Which departments are directly below each.
  private let below: [String: [String]]

  /// Gets ready for scorecards of a ledger, of which settings, goals and departments are looked at.
  package init(_ ledger: Ledger, for period: Period, asOf: Day, source: String) {
    settings = ledger.settings
    departments = ledger.departments
    self.period = period
    self.asOf = asOf
    self.source = source
    goals = GoalRollUp(ledger.settings, goals: ledger.goals)
    var below: [String: [String]] = [:]
    for department in ledger.departments.values {
      if let parent = department.parent { below[parent, default: []].append(department.id) }
    }
    self.below = below
  }

  /// The departments that the ledger has a file of.
  package var departmentIDs: [String] { Array(departments.keys) }

  /// A department and all below it.
  package func departments(from id: String) -> Set<String> {
    var found: Set<String> = [id]
    var next = [id]
    while let department = next.popLast() {
      for child in below[department] ?? [] where found.insert(child).inserted { next.append(child) }
    }
    return found
  }

  /// What a department's scorecard covers; nil where there is no such department.
  package func scope(of id: String, hasKPIs: Bool) -> Scorecard.Scope? {
    guard departments[id] != nil || hasKPIs else { return nil }
    return .department(id: id, name: departments[id]?.name ?? id)
  }

  /// The scorecard of a scope.
  /// - Parameters:
  ///   - totals: of all its KPIs
  ///   - lines: those that are shown, by id
  ///   - goalFlags: what is to be known of goals besides
  ///   - besides: how many lines have flags only from what is beside them
  package func scorecard(
    _ scope: Scorecard.Scope, _ totals: RollUpTotals, lines: [KPIResult], goalFlags: [String: Flag],
    flaggedBesides besides: Int
  ) -> Scorecard {
    var scorecard = Scorecard(
      company: settings.company, scope: scope, period: period, calendar: settings.calendar, asOf: asOf, source: source)
    scorecard.kpis = lines
    scorecard.goals = goals.results(of: totals.goals, keepsEmpty: scope == .company)
    for index in scorecard.goals.indices {
      if let flag = goalFlags[scorecard.goals[index].id] { scorecard.goals[index].flags.append(flag) }
    }
    scorecard.counts = totals.counts
    scorecard.flagged = totals.flagged + besides
    var omitted = totals.goals.mapValues(\.members)
    for line in lines { omitted[line.goal ?? "", default: 0] -= 1 }
    scorecard.omitted = omitted.filter { $0.value > 0 }
    scorecard.departments = totals.departments.sorted { $0.key < $1.key }.map { id, counts in
      let parent = departments[id]?.parent
      return DepartmentResult(
        id: id, name: departments[id]?.name ?? id, parent: parent,
        parentName: parent.flatMap { departments[$0]?.name }, counts: counts)
    }
    return scorecard
  }
}
