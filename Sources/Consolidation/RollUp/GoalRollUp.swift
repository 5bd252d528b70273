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
  private var order: [GoalResult] = []

  init(_ settings: LedgerSettings, goals: [String: Goal]) {
    self.goals = goals
    thresholds = settings.thresholds
    arrange()
  }

  /// The goals with the scores that these KPIs give; those without any KPI only where `keepsEmpty`.
  func results(of kpis: [KPIResult], keepsEmpty: Bool) -> [GoalResult] {
    var sums: [String: Sum] = [:]
    for kpi in kpis {
      guard let goal = kpi.goal else { continue }
      sums[goal, default: Sum()].add(kpi)
    }
    var results: [GoalResult] = []
    for var goal in order.reversed() {
      let sum = sums[goal.id] ?? Sum()
      guard keepsEmpty || sum.isUsed else { continue }
      sum.settle(&goal, thresholds)
      if let parent = goal.parent { sums[parent, default: Sum()].add(goal) }
      results.append(goal)
    }
    return results.reversed()
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

  // MARK: Sums

  private struct Sum {
    var score = Quantity.zero
    var outlook = Quantity.zero
    var weight = Quantity.zero
    var worst: Status?
    var recorded = 0
    var expected = 0
    var isUsed = false

    mutating func add(_ kpi: KPIResult) {
      isUsed = true
      guard kpi.counts, kpi.weight > .zero else { return }
      expected += 1
      guard let score = kpi.score else { return }
      recorded += 1
      add(score, kpi.outlook ?? score, kpi.weight, kpi.status)
    }

    mutating func add(_ goal: GoalResult) {
      isUsed = true
      guard goal.weight > .zero else { return }
      expected += goal.coverage.expected
      recorded += goal.coverage.recorded
      guard let score = goal.score else { return }
      add(score, goal.outlook ?? score, goal.weight, goal.status)
    }

    private mutating func add(_ score: Quantity, _ outlook: Quantity, _ weight: Quantity, _ status: Status?) {
      self.score = self.score + score * weight
      self.outlook = self.outlook + outlook * weight
      self.weight = self.weight + weight
      guard let status, status != .grey else { return }
      worst = worst.map { Self.worse($0, status) } ?? status
    }

    private static func worse(_ one: Status, _ other: Status) -> Status {
      let order: [Status] = [.red, .amber, .green]
      return order.first { $0 == one || $0 == other } ?? .grey
    }

    func settle(_ goal: inout GoalResult, _ thresholds: Thresholds) {
      goal.coverage = Coverage(recorded: recorded, of: expected)
      goal.score = score.divided(by: weight)
      goal.outlook = outlook.divided(by: weight)
      guard let outlook = goal.outlook else { return }
      switch goal.rule {
      case .worstOf: goal.status = worst ?? .grey
      case .weighted: goal.status = outlook >= thresholds.green ? .green : outlook >= thresholds.amber ? .amber : .red
      }
    }
  }
}
