import Calculation
import LedgerModel

/// One KPI's line of the scorecard, from what was measured, what was planned, and the day.
struct KPIEvaluation {
  let definition: Definition
  /// The calculation that is in force in the frame's period.
  let calculation: KPICalculation
  let accrual: Accrual
  let measured: Measured
  let frame: Frame
  let settings: LedgerSettings
  let history: CalculationHistory
  /// Of a seasonal flow: how its years accrue.
  let shape: SeasonalShape?
  /// The first day that the KPI is calculated for.
  let beginning: Day?
  /// The first point of the frame that the KPI is calculated for.
  let firstDue: Int

  init(
    definition: Definition, calculation: KPICalculation, accrual: Accrual, measured: Measured, frame: Frame,
    settings: LedgerSettings
  ) {
    self.definition = definition
    self.calculation = calculation
    self.accrual = accrual
    self.measured = measured
    self.frame = frame
    self.settings = settings
    let history = CalculationHistory(of: definition, calendar: settings.calendar)
    self.history = history
    let isSeasonal = calculation.profile == .seasonal && accrual == .flow
    shape =
      isSeasonal
      ? SeasonalShape(of: measured, in: frame, calendar: settings.calendar) {
        history.calculation(for: $0) == calculation
      }
      : nil
    beginning = history.beginning
    firstDue = beginning.map { day in frame.points.count { settings.calendar.days(of: $0).upperBound <= day } } ?? 0
  }

  /// The line; flags come from `KPIFlags`.
  func result() -> KPIResult {
    let targets = TargetPlan(
      definition.targets, accrual: accrual, profile: calculation.profile, shape: shape, calendar: settings.calendar)
    let progress = progress(targets)
    var result = KPIResult(definition, calculation, period: frame.period, settings: settings)
    result.actual = progress.actual
    result.target = progress.target
    result.achievement = progress.achievement
    result.gap = progress.gap
    result.timeElapsed = progress.timeElapsed
    result.pace = progress.pace
    result.landing = progress.landing
    result.shortfall = progress.shortfall
    result.neededPerDay = progress.neededPerDay
    result.yearToDate = yearToDate(targets)
    result.year = yearOutlook(targets)
    result.trend = trend(targets)
    result.coverage = measured.current.coverage
    result.missingSources = measured.current.missing
    result.rates = measured.rates
    result.series = series(targets)
    if result.counts { judge(&result, progress) }
    result.flags = KPIFlags(self, progress).flags
    return result
  }

  /// What is grey has no score, so that a goal does not rest on it.
  private func judge(_ result: inout KPIResult, _ progress: Progress) {
    result.status = progress.status
    result.atRisk = progress.isAtRisk
    guard progress.status != .grey else { return }
    result.score = progress.score
    result.outlook = progress.phase == .complete ? progress.score : progress.landingScore
  }

  private func progress(_ targets: TargetPlan) -> Progress {
    progress(of: frame.period, points: frame.current, actual: actual, target: targets.target(for: frame.period)?.target)
  }

  func plan(_ target: Target?) -> Progress.Plan {
    var rules = ScoringRules()
    let thresholds = definition.thresholds ?? settings.thresholds
    rules.green = thresholds.green
    rules.amber = thresholds.amber
    rules.scoreCap = settings.scoreCap
    rules.paceAhead = settings.limits.paceAhead
    rules.paceBehind = settings.limits.paceBehind
    rules.coverage = settings.limits.coverage
    return Progress.Plan(
      direction: calculation.direction, target: target, baseline: definition.baseline, profile: calculation.profile,
      shape: shape, accrual: accrual, rules: rules)
  }

  private func yearToDate(_ targets: TargetPlan) -> KPIResult.YearToDate {
    guard let last = frame.points.last else { return KPIResult.YearToDate() }
    let year: YearToDate
    if accrual == .flow {
      let adding = adding(frame.yearToDate)
      year = YearToDate(through: last, plan: plan(nil), asOf: frame.asOf, calendar: settings.calendar) { period in
        frame.place(of: period).flatMap { adding.contains($0) ? measured.points[$0].figure : nil }
      } target: {
        targets.target(for: $0)?.target
      }
    } else {
      let target = targets.target(for: frame.current.count == 1 ? last : frame.period)?.target
      year = YearToDate(level: measured.yearToDate.figure, plan: plan(target), coverage: yearCoverage)
    }
    return KPIResult.YearToDate(
      actual: year.actual, target: year.target, achievement: year.achievement, periods: yearCoverage)
  }

  private func series(_ targets: TargetPlan) -> [KPIResult.Point] {
    frame.series.map { index in
      let period = frame.points[index]
      let target: Quantity? =
        switch targets.target(for: period)?.target {
        case nil: nil
        case .value(let value): value
        case .band(let low, let high, _): (low + high).divided(by: 2)
        }
      return KPIResult.Point(
        period: period, actual: measured.points[index].figure, target: target,
        startsSeries: measured.breaks.starts.contains(index))
    }
  }
}

extension KPIResult {
  /// A line with what the definition says, and no figures yet.
  init(_ definition: Definition, _ calculation: KPICalculation, period: Period, settings: LedgerSettings) {
    self.init(id: definition.id, name: definition.name, kind: definition.kind, period: period)
    goal = definition.goal
    weight = definition.weight
    priority = definition.priority
    owner = definition.owner
    decision = definition.decision
    unit = UnitLabel(calculation.unit, in: settings)
    direction = calculation.direction
  }
}
