import LedgerModel

/// The scorecard in reading order: each goal with its KPIs, then what has no goal. All formats for people follow it.
struct ScorecardOutline {
  /// A goal with the KPIs directly under it; without a goal, those that have none.
  struct Section {
    var goal: GoalResult?
    /// Those that are shown.
    var kpis: [KPIResult]
    /// How many more there are.
    var left: Int
  }

  var sections: [Section] = []

  init(_ scorecard: Scorecard) {
    let known = Set(scorecard.goals.map(\.id))
    var byGoal: [String: [KPIResult]] = [:]
    var loose: [KPIResult] = []
    for kpi in scorecard.kpis {
      if let goal = kpi.goal, known.contains(goal) { byGoal[goal, default: []].append(kpi) } else { loose.append(kpi) }
    }
    for goal in scorecard.goals {
      let kpis = (byGoal[goal.id] ?? []).sorted(by: Self.precedes)
      sections.append(Section(goal: goal, kpis: kpis, left: scorecard.omitted[goal.id] ?? 0))
    }
    let left = scorecard.omitted.reduce(0) { $0 + (known.contains($1.key) ? 0 : $1.value) }
    if !loose.isEmpty || left > 0 {
      sections.append(Section(goal: nil, kpis: loose.sorted(by: Self.precedes), left: left))
    }
  }

  /// What counts before what is only shown, then by priority, then by id.
  private static func precedes(_ one: KPIResult, _ other: KPIResult) -> Bool {
    if one.counts != other.counts { return one.counts }
    let priorities = (one.priority ?? Int.max, other.priority ?? Int.max)
    if priorities.0 != priorities.1 { return priorities.0 < priorities.1 }
    return one.id < other.id
  }

  /// `goal` for what stands in no goal.
  static let looseTitle = "Without a goal"
}
