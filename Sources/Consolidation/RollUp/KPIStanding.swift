public import Calculation
public import LedgerModel

/// How a KPI stands, as far as others are concerned: what `Relations` needs to see what leads where, and who is at odds.
public struct KPIStanding: Hashable, Sendable {
  public var id: KPIID
  public var name: String
  /// An id of `goals.yaml`.
  public var goal: String?
  /// How often it is recorded.
  public var cycle: PeriodKind
  public var indicator: IndicatorKind?
  /// Whether it counts towards its goal.
  public var counts: Bool
  /// Nil for what is only shown.
  public var status: Status?
  /// Whether it is heading off target.
  public var atRisk: Bool
  public var leadsTo: [KPIID]
  public var affects: [Definition.Effect]

  /// A KPI's line of the scorecard, with what its definition says about others.
  public init(_ definition: Definition, _ result: KPIResult) {
    id = result.id
    name = result.name
    goal = result.goal
    cycle = definition.calculation.period
    indicator = definition.indicator
    counts = result.counts
    status = result.status
    atRisk = result.atRisk
    leadsTo = definition.leadsTo
    affects = definition.affects
  }

  public var department: String { id.department }

  /// Whether it is off target, or heading there.
  var isOff: Bool { status == .red || atRisk }
}
