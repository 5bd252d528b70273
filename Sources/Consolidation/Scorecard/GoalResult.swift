public import Calculation
public import LedgerModel

/// A goal (KGI) on the scorecard.
public struct GoalResult: Hashable, Sendable {
  public var id: String
  public var name: String
  public var parent: String?
  /// 0 for a goal at the top.
  public var depth: Int
  public var owner: String?
  /// Within its parent.
  public var weight: Quantity
  public var rule: Goal.StatusRule
  /// Mean of the scores of its KPIs and sub-goals by weight, over those that have one; 0 to the ledger's score cap.
  public var score: Quantity?
  /// The same mean over what each is heading for: in a running period the score of the landing.
  public var outlook: Quantity?
  public var status: Status
  /// KPIs with a score, of all KPIs of this goal and the goals below it that count.
  public var coverage: Coverage
  public var flags: [Flag]

  init(_ goal: Goal, parent: String?, depth: Int) {
    id = goal.id
    name = goal.name
    self.parent = parent
    self.depth = depth
    owner = goal.owner
    weight = goal.weight
    rule = goal.status
    score = nil
    outlook = nil
    status = .grey
    coverage = Coverage(recorded: 0, of: 0)
    flags = []
  }
}
