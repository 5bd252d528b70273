import Calculation
import LedgerModel

/// The goals' scores, from the bottom of the tree upwards.
///
/// score = Σ(score × weight) / Σ(weight) over the KPIs and sub-goals that have one: what has no data changes the
/// coverage and not the score. A weight of zero or less does not count.
struct GoalRollUp {
  private let goals: [String: Goal]
  private let thresholds: Thresholds
  /// Parents before children, with depths.
  private(set) var order: [GoalResult] = []

  init(_ settings: LedgerSettings, goals: [String: Goal]) {
    self.goals = goals
    thresholds = settings.thresholds
    arrange()
  }

  /// The goals with the scores that these sums give, by goal; those without any KPI only where `keepsEmpty`.
  func results(of kpis: [String: GoalSum], keepsEmpty: Bool) -> [GoalResult] {
    var sums = kpis
    var results: [GoalResult] = []
    for var goal in order.reversed() {
      let sum = sums[goal.id] ?? GoalSum()
      guard keepsEmpty || sum.members > 0 else { continue }
      settle(&goal, by: sum)
      if let parent = goal.parent { sums[parent, default: GoalSum()].add(goal) }
      results.append(goal)
    }
    return results.reversed()
  }

  func settle(_ goal: inout GoalResult, by sum: GoalSum) {
    goal.coverage = Coverage(recorded: sum.recorded, of: sum.expected)
    goal.score = sum.score.divided(by: sum.weight)
    goal.outlook = sum.outlook.divided(by: sum.weight)
    guard let outlook = goal.outlook else { return }
    switch goal.rule {
    case .worstOf: goal.status = sum.worst ?? .grey
    case .weighted: goal.status = outlook >= thresholds.green ? .green : outlook >= thresholds.amber ? .amber : .red
    }
  }

  // MARK: The tree

  private mutating func arrange() {
    var children: [String: [Goal]] = [:]
    var roots: [Goal] = []
    for goal in goals.values {
      if let parent = goal.parent, goals[parent] != nil {
        children[parent, default: []].append(goal)
      } else {
        roots.append(goal)
      }
    }
    place(roots, children, flag: nil)
    // Whatever hangs under no root is part of a circle: it is opened at its first goal.
    while order.count < goals.count {
      let placed = Set(order.map(\.id))
      guard let first = goals.keys.filter({ !placed.contains($0) && isInCircle($0) }).min(), let goal = goals[first]
      else { return }
      place([goal], children, flag: Flag(.cycle, "its parents lead back to itself; it is shown at the top"))
    }
  }

  private mutating func place(_ roots: [Goal], _ children: [String: [Goal]], flag: Flag?) {
    var placed = Set(order.map(\.id))
    var stack = roots.sorted(by: Self.follows).map { ($0, nil as String?, 0) }
    while let (goal, parent, depth) = stack.popLast() {
      guard placed.insert(goal.id).inserted else { continue }
      var result = GoalResult(goal, parent: parent, depth: depth)
      if let named = goal.parent, goals[named] == nil {
        result.flags.append(Flag(.unknownGoal, "its parent \(named) is not in goals.yaml"))
      }
      if depth == 0, let flag { result.flags.append(flag) }
      order.append(result)
      stack += (children[goal.id] ?? []).sorted(by: Self.follows).map { ($0, goal.id, depth + 1) }
    }
  }

  private func isInCircle(_ id: String) -> Bool {
    var current = goals[id]?.parent
    for _ in 0...goals.count {
      guard let now = current, now != id else { return current == id }
      current = goals[now]?.parent
    }
    return false
  }

  /// Lightest first: the stack turns it round.
  private static func follows(_ one: Goal, _ other: Goal) -> Bool {
    one.weight != other.weight ? one.weight < other.weight : one.id > other.id
  }
}
