import Calculation

/// What the KPIs directly under a goal come to. Sums are exact, so that a KPI can be taken out and put in again.
package struct GoalSum: Hashable, Sendable {
  /// Σ(score × weight), Σ(outlook × weight) and Σ(weight) over those with a score.
  var score = Quantity.zero
  var outlook = Quantity.zero
  var weight = Quantity.zero
  /// Those with a score, by their status.
  var statuses = StatusCounts()
  var recorded = 0
  var expected = 0
  /// All KPIs, those too that do not count.
  package private(set) var members = 0
  /// How many of those that count are recorded at each cycle, in the order of `PeriodKind.allCases`.
  private var cycles = Array(repeating: 0, count: PeriodKind.allCases.count)
  /// Whether nothing was rounded: otherwise the sums depend on the order, and are to be made anew by id.
  package private(set) var isExact = true

  /// Nothing.
  package init() {}

  mutating func add(_ share: KPIShare) { change(by: share, 1) }

  mutating func remove(_ share: KPIShare) { change(by: share, -1) }

  /// A sub-goal with its own weight.
  mutating func add(_ goal: GoalResult) {
    members += 1
    guard goal.weight > .zero else { return }
    expected += goal.coverage.expected
    recorded += goal.coverage.recorded
    guard let score = goal.score else { return }
    add(score, goal.outlook ?? score, weight: goal.weight)
    statuses.add(goal.status, atRisk: false, 1)
  }

  private mutating func change(by share: KPIShare, _ sign: Int) {
    members += sign
    let standing = share.standing
    guard standing.counts else { return }
    if let place = PeriodKind.allCases.firstIndex(of: standing.cycle) { cycles[place] += sign }
    guard share.weight > .zero else { return }
    expected += sign
    guard let score = share.score else { return }
    recorded += sign
    add(score, share.outlook ?? score, weight: sign < 0 ? -share.weight : share.weight)
    statuses.add(standing.status, atRisk: false, sign)
  }

  private mutating func add(_ score: Quantity, _ outlook: Quantity, weight: Quantity) {
    add(score * weight, to: \.score)
    add(outlook * weight, to: \.outlook)
    add(weight, to: \.weight)
  }

  private mutating func add(_ part: Quantity, to sum: WritableKeyPath<GoalSum, Quantity>) {
    let before = self[keyPath: sum]
    self[keyPath: sum] = before + part
    let after = self[keyPath: sum]
    if after - part != before || after - before != part { isExact = false }
  }

  /// Whether they are recorded at different cycles, and so hard to compare.
  package var isMixed: Bool { cycles.count { $0 > 0 } > 1 }

  /// The worst status among those with a score; nil of none.
  var worst: Status? {
    statuses.red > 0 ? .red : statuses.amber > 0 ? .amber : statuses.green > 0 ? .green : nil
  }
}

extension GoalSum: Stored {
  package func write(to stored: inout StoredWriter) {
    for sum in [score, outlook, weight] { stored.quantity(sum) }
    statuses.write(to: &stored)
    for count in [recorded, expected, members] { stored.int(count) }
    stored.list(cycles) { $0.int($1) }
    stored.bool(isExact)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    score = try stored.quantity()
    outlook = try stored.quantity()
    weight = try stored.quantity()
    statuses = try StatusCounts(from: &stored)
    recorded = try stored.int()
    expected = try stored.int()
    members = try stored.int()
    cycles = try stored.list { stored throws(StoredFault) in try stored.int() }
    isExact = try stored.bool()
    guard cycles.count == PeriodKind.allCases.count else { throw StoredFault() }
  }
}
