public import Calculation
public import LedgerModel

/// How a KPI stands, as far as others are concerned: what `Relations` needs to see what leads where, and who is at odds.
public struct KPIStanding: Hashable, Sendable {
  public var id: KPIID
  /// An id of `goals.yaml`.
  public var goal: String?
  /// How often it is recorded.
  public var cycle: PeriodKind
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
    goal = result.goal
    cycle = definition.calculation.period
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

extension KPIStanding: Stored {
  package func write(to stored: inout StoredWriter) {
    stored.id(id)
    stored.optional(goal) { $0.string($1) }
    stored.choice(cycle)
    stored.bool(counts)
    stored.optional(status) { $0.choice($1) }
    stored.bool(atRisk)
    stored.list(leadsTo) { $0.id($1) }
    stored.list(affects) { stored, effect in
      stored.id(effect.kpi)
      stored.optional(effect.when) { $0.string($1) }
      stored.optional(effect.ask) { $0.string($1) }
    }
  }

  package init(from stored: inout StoredReader) throws(StoredFault) {
    id = try stored.id()
    goal = try stored.optionalString()
    cycle = try stored.choice(PeriodKind.self)
    counts = try stored.bool()
    status = try stored.optionalChoice(Status.self)
    atRisk = try stored.bool()
    leadsTo = try stored.list { stored throws(StoredFault) in try stored.id() }
    affects = try stored.list { stored throws(StoredFault) in
      Definition.Effect(kpi: try stored.id(), when: try stored.optionalString(), ask: try stored.optionalString())
    }
  }
}
