import LedgerModel

/// What all KPIs of a scope come to, kept so that one can be taken out and put in again.
package struct RollUpTotals: Hashable, Sendable {
  /// By the goal that the KPIs name, known or not; "" for those without one.
  package private(set) var goals: [String: GoalSum] = [:]
  /// Of each department's own KPIs.
  package private(set) var departments = ByID<Part>()
  /// The lines that have flags of their own.
  package private(set) var flagged = 0

  /// What a department's own KPIs come to.
  package struct Part: Hashable, Sendable {
    package var counts = StatusCounts()
    /// All KPIs, those too that do not count.
    var members = 0
  }

  /// Nothing.
  package init() {}

  /// What these come to.
  package init(_ shares: some Sequence<KPIShare>) {
    for share in shares { add(share) }
  }

  /// Puts a KPI in.
  package mutating func add(_ share: KPIShare) {
    goals[share.standing.goal ?? "", default: GoalSum()].add(share)
    change(by: share, 1)
  }

  /// Takes out a KPI that was put in.
  package mutating func remove(_ share: KPIShare) {
    goals[share.standing.goal ?? "", default: GoalSum()].remove(share)
    if goals[share.standing.goal ?? ""]?.members == 0 { goals[share.standing.goal ?? ""] = nil }
    change(by: share, -1)
  }

  private mutating func change(by share: KPIShare, _ sign: Int) {
    let department = share.id.department
    var part = departments[department] ?? Part()
    part.members += sign
    part.counts.add(share.standing.status, atRisk: share.standing.atRisk, sign)
    departments[department] = part.members == 0 ? nil : part
    if share.isFlagged { flagged += sign }
  }

  /// The goals whose KPIs are recorded at different cycles, by id.
  package var mixedGoals: [String] { goals.filter(\.value.isMixed).keys.filter { !$0.isEmpty }.sorted() }

  /// Whether nothing was rounded, so that the order in which KPIs came does not matter.
  package var isExact: Bool { goals.values.allSatisfy(\.isExact) }

  /// All statuses together.
  package var counts: StatusCounts { departments.values.reduce(StatusCounts()) { $0 + $1.counts } }
}

extension RollUpTotals: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.list(goals.sorted { $0.key < $1.key }) { stored, goal in
      stored.string(goal.key)
      goal.value.write(to: &stored)
    }
    departments.write(to: &stored) { stored, part in
      part.counts.write(to: &stored)
      stored.int(part.members)
    }
    stored.int(flagged)
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    for _ in 0..<(try stored.count()) { goals[try stored.string()] = try GoalSum(from: &stored) }
    departments = try ByID(from: &stored) { stored throws(StoredFault) in
      Part(counts: try StatusCounts(from: &stored), members: try stored.int())
    }
    flagged = try stored.int()
  }
}
