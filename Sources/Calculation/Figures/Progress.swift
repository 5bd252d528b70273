/// All figures of one KPI in one period, as of a day: DESIGN section 6.
///
/// A day counts as over: as of 2026-01-31 January is complete. What is missing is never taken for zero: a running flow is
/// extrapolated from the days that its recorded periods cover, and `coverage` says how many there are.
public struct Progress: Hashable, Sendable {
  /// Whether a period is over.
  public enum Phase: String, Hashable, Sendable, CaseIterable { case future, running, complete }

  /// Why a status is grey.
  public enum GreyReason: String, Hashable, Sendable, CaseIterable {
    case noActual = "no-actual"
    case noTarget = "no-target"
    /// Fewer of the due periods have data than the rules ask for.
    case lowCoverage = "low-coverage"
    /// The target is zero or negative and there is no baseline, or it does not fit the direction.
    case notComparable = "not-comparable"
    /// A running flow of which no day is over yet.
    case tooEarly = "too-early"
    /// A running period in which the calculation changes, so that there is no landing.
    case seriesBreak = "series-break"
  }

  /// What was planned for the period, and how to judge it.
  public struct Plan: Hashable, Sendable {
    public var direction: Direction?
    public var target: Target?
    public var baseline: Quantity?
    public var profile: Profile
    /// What the profile `seasonal` goes by.
    public var shape: SeasonalShape?
    public var accrual: Accrual
    public var rules: ScoringRules

    public init(
      direction: Direction?, target: Target?, baseline: Quantity? = nil, profile: Profile,
      shape: SeasonalShape? = nil, accrual: Accrual, rules: ScoringRules = ScoringRules()
    ) {
      self.direction = direction
      self.target = target
      self.baseline = baseline
      self.profile = profile
      self.shape = shape
      self.accrual = accrual
      self.rules = rules
    }
  }

  /// What happened in the period up to the day.
  public struct Record: Hashable, Sendable {
    /// The figure; nil where there is none.
    public var actual: Quantity?
    /// How often the KPI is recorded.
    public var kind: PeriodKind
    /// The KPI's periods within the period that the figure is made of.
    public var periods: [Period]
    /// The first day that the KPI is calculated for; nothing is expected from before.
    public var beginning: Day?
    /// Whether the calculation changes within the period: what was does not tell where it is heading.
    public var isBroken: Bool

    public init(
      actual: Quantity?, kind: PeriodKind, periods: [Period], beginning: Day? = nil, isBroken: Bool = false
    ) {
      self.actual = actual
      self.kind = kind
      self.periods = periods
      self.beginning = beginning
      self.isBroken = isBroken
    }
  }

  public let period: Period
  public let asOf: Day
  public let phase: Phase
  /// The figure of the period, or of as much of it as is recorded.
  public let actual: Quantity?
  public let target: Target?
  /// Of the KPI's periods that are over, or recorded, those recorded.
  public let coverage: Coverage
  /// Percent: see `Target.achievement(of:direction:baseline:)`.
  public let achievement: Quantity?
  /// Favourable is positive: see `Target.gap(of:direction:)`.
  public let gap: Quantity?
  /// The part of the period that is over, its days, and the profile by which they were counted.
  public let time: TimeShare
  /// The part of the period that the recorded periods cover up to the day; what pace and landing go by.
  public let covered: TimeShare
  /// Running flows whose direction is higher: actual / target × 100 − covered time, by the rules' points.
  public let pace: Pace?
  /// Where the period ends if it goes on like this. Running flows: actual × days / covered days; else the actual. nil of
  /// a running period in which the calculation changes.
  public let landing: Quantity?
  /// How much the landing misses the target by, a surplus being negative: target − landing (lower: landing − target).
  public let shortfall: Quantity?
  /// Running flows: (target − actual) / days left.
  public let neededPerDay: Quantity?
  /// Achievement limited to 0…cap.
  public let score: Quantity?
  /// The score that the landing would have.
  public let landingScore: Quantity?
  /// By the score, of a running period by the landing's; grey where `greyReason` says why.
  public let status: Status
  public let greyReason: GreyReason?

  /// Percent of the period's days that are over.
  public var timeElapsed: Quantity { time.percent }

  /// Whether a running period lands in the red.
  public var isAtRisk: Bool { phase == .running && status == .red }

  /// The figures of a period.
  public init(of period: Period, record: Record, plan: Plan, asOf day: Day, calendar: FiscalCalendar) {
    self.period = period
    asOf = day
    actual = record.actual
    target = plan.target
    time = TimeShare(of: period, through: day, profile: plan.profile, shape: plan.shape, calendar: calendar)
    covered = Self.covered(period, record, plan: plan, asOf: day, calendar: calendar) ?? time
    phase = Self.phase(of: calendar.days(of: period), asOf: day)
    coverage = Self.coverage(of: period, record, asOf: day, calendar: calendar)
    let isRunningFlow = phase != .complete && plan.accrual == .flow
    let reached = isRunningFlow ? Self.landing(record.actual, covered) : record.actual
    landing = phase != .complete && record.isBroken ? nil : reached

    let comparison = Comparison(plan: plan)
    let daysLeft = time.profile == .workdays ? time.left : Quantity(Self.daysLeft(of: period, asOf: day, calendar))
    achievement = record.actual.flatMap(comparison.achievement)
    gap = record.actual.flatMap(comparison.gap)
    shortfall = landing.flatMap(comparison.gap).map { -$0 }
    score = achievement.map(plan.rules.score)
    landingScore = landing.flatMap(comparison.achievement).map(plan.rules.score)
    pace = isRunningFlow ? comparison.pace(of: record.actual, covered) : nil
    neededPerDay = isRunningFlow ? comparison.neededPerDay(record.actual, daysLeft: daysLeft) : nil
    greyReason = Self.greyReason(
      record, plan, coverage, hasLanding: landing != nil, isComparable: landingScore != nil)
    status = greyReason == nil ? landingScore.map(plan.rules.status) ?? .grey : .grey
  }
}

extension Progress {
  private static func phase(of days: Range<Day>, asOf day: Day) -> Phase {
    day < days.lowerBound ? .future : day.advanced(by: 1) < days.upperBound ? .running : .complete
  }

  private static func daysLeft(of period: Period, asOf day: Day, _ calendar: FiscalCalendar) -> Int {
    let days = calendar.days(of: period)
    return days.clamped(to: max(days.lowerBound, day.advanced(by: 1))..<Day.distantFuture).count
  }

  /// The share of the recorded periods' days, of those that the KPI is calculated for; nil where they are the period
  /// itself, recorded up to the day.
  private static func covered(
    _ period: Period, _ record: Record, plan: Plan, asOf day: Day, calendar: FiscalCalendar
  ) -> TimeShare? {
    guard record.kind < period.kind, !record.periods.isEmpty else { return nil }
    let days = calendar.days(of: period, by: record.kind)
    let whole = min(days.upperBound, max(days.lowerBound, record.beginning ?? days.lowerBound))..<days.upperBound
    let end = max(whole.lowerBound, day.advanced(by: 1))
    let shares = record.periods.map { part in
      TimeShare(
        of: calendar.days(of: part).clamped(to: whole.lowerBound..<end), in: whole, profile: plan.profile,
        shape: plan.shape, calendar: calendar)
    }
    guard let first = shares.first else { return nil }
    return TimeShare(
      elapsed: shares.reduce(.zero) { $0 + $1.elapsed }, total: first.total, profile: first.profile,
      standsInFor: first.standsInFor)
  }

  private static func coverage(
    of period: Period, _ record: Record, asOf day: Day, calendar: FiscalCalendar
  ) -> Coverage {
    let recorded = Set(record.periods)
    let expected = calendar.children(of: period, kind: record.kind).count { part in
      let end = calendar.days(of: part).upperBound
      return recorded.contains(part) || end <= day.advanced(by: 1) && record.beginning.map { end > $0 } ?? true
    }
    return Coverage(recorded: recorded.count, of: max(expected, recorded.count))
  }

  private static func landing(_ actual: Quantity?, _ covered: TimeShare) -> Quantity? {
    guard let actual, covered.elapsed > .zero else { return nil }
    return covered.left.isZero ? actual : actual.share(covered.total, of: covered.elapsed)
  }

  private static func greyReason(
    _ record: Record, _ plan: Plan, _ coverage: Coverage, hasLanding: Bool, isComparable: Bool
  ) -> GreyReason? {
    if record.actual == nil { return .noActual }
    if plan.target == nil { return .noTarget }
    if !coverage.reaches(plan.rules.coverage) { return .lowCoverage }
    if !hasLanding { return record.isBroken ? .seriesBreak : .tooEarly }
    return isComparable ? nil : .notComparable
  }

  /// An actual against the plan.
  private struct Comparison {
    let plan: Plan

    func achievement(_ actual: Quantity) -> Quantity? {
      guard let target = plan.target, let direction = plan.direction else { return nil }
      return target.achievement(of: actual, direction: direction, baseline: plan.baseline)
    }

    func gap(_ actual: Quantity) -> Quantity? {
      guard let target = plan.target, let direction = plan.direction else { return nil }
      return target.gap(of: actual, direction: direction)
    }

    /// A baseline plays no part: at the beginning of a period nothing is achieved and nothing has elapsed.
    func pace(of actual: Quantity?, _ covered: TimeShare) -> Pace? {
      guard plan.direction == .higher, let actual, let target = plan.target?.value, target > .zero,
        covered.elapsed > .zero, let achieved = (actual * 100).divided(by: target)
      else { return nil }
      return plan.rules.pace(achieved: achieved, elapsed: covered.percent)
    }

    func neededPerDay(_ actual: Quantity?, daysLeft: Quantity) -> Quantity? {
      guard let actual, let target = plan.target?.value, daysLeft > .zero else { return nil }
      return (target - actual).divided(by: daysLeft)
    }
  }
}
