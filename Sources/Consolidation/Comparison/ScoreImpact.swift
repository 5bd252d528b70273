public import Calculation
package import LedgerModel

/// What a change does to the scores of one period: two roll-ups compared.
public struct ScoreImpact: Hashable, Sendable {
  /// A goal or KPI that stands otherwise after the change.
  public struct Line: Hashable, Sendable {
    /// A goal's id, or a KPI's.
    public var id: String
    public var name: String
    /// The score before; nil where there was none, as `to` where there is none after.
    public var from: Quantity?
    public var to: Quantity?
    /// Nil where it does not count, or is not there.
    public var statusBefore: Status?
    public var statusAfter: Status?

    /// Whether its status is another.
    public var flips: Bool { statusBefore != statusAfter }
  }

  public var period: Period
  /// Parents before those below them.
  public var goals: [Line]
  /// By id.
  public var kpis: [Line]

  /// The KPIs and goals whose status is another, goals first.
  public var flips: [Line] { (goals + kpis).filter(\.flips) }

  public var isEmpty: Bool { goals.isEmpty && kpis.isEmpty }

  /// Compares two states of the goals and of what they are made of.
  /// - Parameter names: what KPIs are called
  package init(of period: Period, from before: GoalScores, to after: GoalScores, names: (KPIID) -> String?) {
    self.period = period
    let old = Dictionary(before.goals.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let gone = before.goals.filter { after.goal($0.id) == nil }
    goals = (after.goals + gone).compactMap { goal in
      let (one, other) = (old[goal.id], after.goal(goal.id))
      return Line(
        id: goal.id, name: goal.name, from: one?.score, to: other?.score, statusBefore: one?.status,
        statusAfter: other?.status
      ).moved
    }
    kpis = before.differing(from: after).sorted().compactMap { id in
      let (one, other) = (before.share(of: id), after.share(of: id))
      return Line(
        id: id.description, name: names(id) ?? id.description, from: one?.score, to: other?.score,
        statusBefore: one?.standing.status, statusAfter: other?.standing.status
      ).moved
    }
  }
}

extension ScoreImpact.Line {
  /// Nil where it stands as before.
  fileprivate var moved: Self? { from == to && !flips ? nil : self }
}
