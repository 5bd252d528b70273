package import Calculation
package import LedgerModel

/// Puts scorecards together from what the KPIs come to and from the lines that are shown.
package struct ScorecardMaker: Sendable {
  private let settings: LedgerSettings
  private let departments: ByID<DepartmentPlace>
  private let period: Period
  private let asOf: Day
  private let source: String
  private let goals: GoalRollUp

  /// Gets ready for scorecards of a ledger, of which settings and goals are looked at.
  package init(
    _ ledger: Ledger, departments: ByID<DepartmentPlace>, for period: Period, asOf: Day, source: String
  ) {
    settings = ledger.settings
    self.departments = departments
    self.period = period
    self.asOf = asOf
    self.source = source
    goals = GoalRollUp(ledger.settings, goals: ledger.goals)
  }

  /// The departments that the ledger has a file of.
  package var departmentIDs: [String] { departments.ids }

  /// A department and all below it.
  package func departments(from id: String) -> Set<String> { departmentTree.from(id) }

  /// Which department is part of which; made at each call.
  package var departmentTree: DepartmentTree { DepartmentTree(departments) }

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
    scorecard.departments = zip(totals.departments.ids, totals.departments.values).map { id, part in
      let place = departments[id]
      return DepartmentResult(
        id: id, name: place?.name ?? id, parent: place?.parent,
        parentName: place?.parent.flatMap { departments[$0]?.name }, counts: part.counts)
    }
    return scorecard
  }
}

/// What a department is called, and what it is part of.
package struct DepartmentPlace: Hashable, Sendable {
  package var name: String
  package var parent: String?

  /// What a department's file says.
  package init(_ department: Department) { (name, parent) = (department.name, department.parent) }
}

extension DepartmentPlace: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.string(name)
    stored.optional(parent) { $0.string($1) }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    name = try stored.string()
    parent = try stored.optionalString()
  }
}
