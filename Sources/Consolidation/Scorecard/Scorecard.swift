public import Calculation

/// A roll-up of a ledger for one period, as it stood in one source on one day: a pure value that the formats write.
///
/// Everything in it is sorted by rules of its own, so that the same ledger, period, day and source give the same
/// bytes in every format, whoever computes them.
public struct Scorecard: Hashable, Sendable {
  public var company: String
  /// What the scorecard covers.
  public var scope: Scope
  public var period: Period
  /// The period as a heading, as `March 2026`.
  public var title: String
  /// The period's last day.
  public var lastDay: Day
  /// The last day, included, up to which the figures count.
  public var asOf: Day
  /// Where the figures come from: a commit's id, or what the caller says of an uncommitted ledger.
  public var source: String
  /// Parents before their children; siblings by weight, heaviest first, then by id.
  public var goals: [GoalResult]
  /// By id; all, or those that need attention first.
  public var kpis: [KPIResult]
  /// How many KPIs of a goal are not among `kpis`, "" for those without a goal; empty where all are.
  public var omitted: [String: Int]
  /// How many of all KPIs that count have each status.
  public var counts: StatusCounts
  /// How many of all KPIs have flags.
  public var flagged: Int
  /// The departments that have KPIs here, by id.
  public var departments: [DepartmentResult]

  /// An empty scorecard, to be filled.
  public init(company: String, scope: Scope, period: Period, calendar: FiscalCalendar, asOf: Day, source: String) {
    self.company = company
    self.scope = scope
    self.period = period
    title = calendar.title(of: period)
    lastDay = Day(daysSince1970: calendar.days(of: period).upperBound.daysSince1970 - 1)
    self.asOf = asOf
    self.source = source
    goals = []
    kpis = []
    omitted = [:]
    counts = StatusCounts()
    flagged = 0
    departments = []
  }

  /// The whole company, or one department with those below it.
  public enum Scope: Hashable, Sendable {
    case company
    case department(id: String, name: String)
  }

  /// Whether the period goes on after `asOf`; its statuses are then those of the landings.
  public var isRunning: Bool { asOf < lastDay }

  /// The department that it covers, by id; nil for the company.
  public var department: String? {
    if case .department(let id, _) = scope { id } else { nil }
  }

}

/// A department's line of a scorecard.
public struct DepartmentResult: Hashable, Sendable {
  public var id: String
  public var name: String
  public var parent: String?
  /// The parent's name, for what leads to it: it may have no KPIs, and so no line of its own.
  public var parentName: String?
  /// Of the department's own KPIs, without those of departments below it.
  public var counts: StatusCounts

  /// A department's line with its counts.
  public init(id: String, name: String, parent: String?, parentName: String? = nil, counts: StatusCounts) {
    self.id = id
    self.name = name
    self.parent = parent
    self.parentName = parentName
    self.counts = counts
  }
}
