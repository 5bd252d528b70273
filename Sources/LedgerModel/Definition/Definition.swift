public import Calculation

/// A KPI's definition: what it measures, for which goal, who answers for it, how it is calculated and what was planned.
public struct Definition: Hashable, Sendable {
  public var id: KPIID
  public var name: String
  public var kind: KPIClass
  /// An id of `goals.yaml`.
  public var goal: String?
  public var priority: Int?
  /// Its weight within its goal.
  public var weight: Quantity
  /// The role that explains deviations, prepares options and demands decisions.
  public var owner: String?
  /// The role whose actuals are authoritative.
  public var dataOwner: String?
  public var decision: String?
  public var consequence: String?
  public var influence: Influence?
  public var indicator: IndicatorKind?
  public var leadsTo: [KPIID]
  /// The calculation in force for the newest periods.
  public var calculation: KPICalculation
  /// Older calculations, each with its own `effectiveFrom`, newest first.
  public var earlier: [KPICalculation]
  /// Planned values: the most specific period wins.
  public var targets: [Period: Target]
  /// Needed where a target is zero or negative.
  public var baseline: Quantity?
  public var thresholds: Thresholds?
  public var review: Review?
  public var process: [String: String]
  public var affects: [Effect]
  /// Roles, in the order in which they are called.
  public var escalation: [String]
  /// Ids the KPI had before it was moved.
  public var was: [KPIID]
  public var status: LifecycleStatus
  public var consolidates: ConsolidationRule?

  public init(id: KPIID, name: String, calculation: KPICalculation) {
    self.id = id
    self.name = name
    self.kind = .kpi
    self.weight = 1
    self.leadsTo = []
    self.calculation = calculation
    self.earlier = []
    self.targets = [:]
    self.process = [:]
    self.affects = []
    self.escalation = []
    self.was = []
    self.status = .active
  }

  /// How the KPI is looked at: how often and where.
  public struct Review: Hashable, Sendable {
    public var cadence: PeriodKind
    public var venue: String?

    public init(cadence: PeriodKind, venue: String? = nil) {
      self.cadence = cadence
      self.venue = venue
    }
  }

  /// What this KPI does to another, and what to ask there when the condition holds.
  public struct Effect: Hashable, Sendable {
    public var kpi: KPIID
    /// As `achievement > 115`.
    public var when: String?
    public var ask: String?

    public init(kpi: KPIID, when: String? = nil, ask: String? = nil) {
      self.kpi = kpi
      self.when = when
      self.ask = ask
    }
  }
}

public enum KPIClass: String, Hashable, Sendable, CaseIterable { case kpi, metric, context }
public enum Influence: String, Hashable, Sendable, CaseIterable { case direct, delayed, external }
public enum IndicatorKind: String, Hashable, Sendable, CaseIterable { case leading, lagging }
public enum LifecycleStatus: String, Hashable, Sendable, CaseIterable { case draft, active, retired }

/// The scores from which a KPI is green and amber, in percent of its target.
public struct Thresholds: Hashable, Sendable {
  public var green: Quantity
  public var amber: Quantity

  public init(green: Quantity, amber: Quantity) {
    self.green = green
    self.amber = amber
  }

  /// DESIGN section 3's example: green from 100, amber from 90.
  public static let standard = Thresholds(green: 100, amber: 90)
}
