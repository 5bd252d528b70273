package import Calculation
package import LedgerModel

/// The scores of goals over KPIs of which one can be put in another's place: only the goals above it are added up again.
///
/// They are those of `GoalRollUp`, to the last digit.
package struct GoalScores: Sendable {
  /// A goal whose score is another now; nil where it has none.
  package struct Move: Hashable, Sendable {
    package var goal: String
    package var from: Quantity?
    package var to: Quantity?
  }

  private var rollUp: GoalRollUp
  /// By goal, where it stands in the roll-up's order, and where those below it do, the last first.
  private var places: [String: Int] = [:]
  private var children: [[Int]] = []
  private var shares: [KPIID: KPIShare]
  private var sums: [String: GoalSum] = [:]
  private var results: [String: GoalResult] = [:]

  /// The goals of a ledger over KPIs whose sums are known: of those that will be taken out with their shares.
  package init(_ settings: LedgerSettings, goals: [String: Goal], sums: [String: GoalSum], shares: [KPIID: KPIShare]) {
    rollUp = GoalRollUp(settings, goals: goals)
    self.shares = shares
    self.sums = sums
    arrange()
  }

  /// Whether nothing was rounded while KPIs came and went.
  package var isExact: Bool { sums.values.allSatisfy(\.isExact) }

  /// The goals of a ledger over some KPIs.
  package init(_ settings: LedgerSettings, goals: [String: Goal], shares: [KPIID: KPIShare]) {
    rollUp = GoalRollUp(settings, goals: goals)
    self.shares = shares
    for share in shares.values.sorted(by: { $0.id < $1.id }) { sums[share.goalID, default: GoalSum()].add(share) }
    arrange()
  }

  /// A goal as it stands; nil where `goals.yaml` has none of that id.
  package func goal(_ id: String) -> GoalResult? { results[id] }

  /// All goals, parents before those below them.
  package var goals: [GoalResult] { rollUp.order.compactMap { results[$0.id] } }

  /// What a KPI contributes; nil where it does not count here at all.
  package func share(of id: KPIID) -> KPIShare? { shares[id] }

  /// Puts other shares in the place of KPIs' own; nil takes one out.
  /// - Returns: the goals whose scores are others now
  package mutating func put(_ changes: [KPIID: KPIShare?]) -> [Move] {
    var changed: Set<String> = []
    for (id, share) in changes.sorted(by: { $0.key < $1.key }) where shares[id] != share {
      if let old = shares[id] {
        sums[old.goalID, default: GoalSum()].remove(old)
        changed.insert(old.goalID)
      }
      shares[id] = share
      guard let share else { continue }
      sums[share.goalID, default: GoalSum()].add(share)
      changed.insert(share.goalID)
    }
    for goal in changed where sums[goal]?.isExact == false { addUpAgain(goal) }
    return renew(above: changed)
  }

  /// Takes another version's goals and settings, with the same KPIs.
  package mutating func put(_ settings: LedgerSettings, goals: [String: Goal]) -> [Move] {
    let before = results
    rollUp = GoalRollUp(settings, goals: goals)
    arrange()
    return Set(before.keys).union(results.keys).sorted().compactMap { id in
      Self.move(id, before[id]?.score, results[id]?.score)
    }
  }

  /// The KPIs that contribute otherwise than to other scores, or to one of the two only.
  func differing(from other: GoalScores) -> [KPIID] {
    Set(shares.keys).union(other.shares.keys).filter { shares[$0] != other.shares[$0] }
  }

  /// Some goals with all above them.
  func withAbove(_ goals: Set<String>) -> Set<String> {
    var found: Set<String> = []
    for goal in goals {
      var next = places[goal]
      while let place = next, found.insert(rollUp.order[place].id).inserted {
        next = rollUp.order[place].parent.flatMap { places[$0] }
      }
    }
    return found
  }

  // MARK: Adding up

  private mutating func arrange() {
    let order = rollUp.order
    places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.id, $0) })
    children = Array(repeating: [], count: order.count)
    for (place, goal) in order.enumerated().reversed() {
      if let parent = goal.parent.flatMap({ places[$0] }) { children[parent].append(place) }
    }
    results = [:]
    for place in order.indices.reversed() { settle(place) }
  }

  private mutating func settle(_ place: Int) {
    var goal = rollUp.order[place]
    var sum = sums[goal.id] ?? GoalSum()
    for child in children[place] {
      if let result = results[rollUp.order[child].id] { sum.add(result) }
    }
    rollUp.settle(&goal, by: sum)
    results[goal.id] = goal
  }

  private mutating func renew(above changed: Set<String>) -> [Move] {
    withAbove(changed).compactMap { places[$0] }.sorted(by: >).compactMap { place in
      let id = rollUp.order[place].id
      let before = results[id]?.score
      settle(place)
      return Self.move(id, before, results[id]?.score)
    }
  }

  /// Sums that were rounded depend on the order: by id, as everybody else adds them up.
  private mutating func addUpAgain(_ goal: String) {
    var sum = GoalSum()
    for share in shares.values.filter({ $0.goalID == goal }).sorted(by: { $0.id < $1.id }) { sum.add(share) }
    sums[goal] = sum
  }

  private static func move(_ goal: String, _ from: Quantity?, _ to: Quantity?) -> Move? {
    from == to ? nil : Move(goal: goal, from: from, to: to)
  }
}

extension KPIShare {
  /// The goal that it is added to; "" where it names none.
  fileprivate var goalID: String { standing.goal ?? "" }
}
