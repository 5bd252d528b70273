/// A KPI from the beginning of the fiscal year through a period.
public struct YearToDate: Hashable, Sendable {
  /// The figure of all recorded periods.
  public let actual: Quantity?
  /// What was planned for those of the recorded periods that have a target; of a running period as much as is over.
  public let target: Target?
  /// The actual of the periods that `target` is made of: the same as `actual` where each has a target.
  public let comparable: Quantity?
  /// Percent, of `comparable` against `target`.
  public let achievement: Quantity?
  /// Of the periods that have begun, those recorded.
  public let coverage: Coverage
  /// Of the recorded periods, those with a target.
  public let planned: Coverage

  /// Year-to-date of a level, whose figures do not add up: the figure over the whole span, as the caller aggregated it,
  /// against the target for it.
  public init(level actual: Quantity?, plan: Progress.Plan, coverage: Coverage) {
    self.actual = actual
    target = actual == nil ? nil : plan.target
    comparable = target == nil ? nil : actual
    achievement = comparable.flatMap { actual in
      Self.achievement(actual, target: plan.target, direction: plan.direction, baseline: plan.baseline)
    }
    self.coverage = coverage
    planned = Coverage(recorded: target == nil ? 0 : coverage.recorded, of: coverage.recorded)
  }

  /// Year-to-date of a flow: sums over the fiscal year's periods through `period`, in which a period without an actual
  /// counts neither as actual nor as target. `plan.baseline` is that of one period; `plan.target` is not read.
  public init(
    through period: Period, plan: Progress.Plan, asOf day: Day, calendar: FiscalCalendar,
    actual: (Period) -> Quantity?, target: (Period) -> Target?
  ) {
    var sums = Sums()
    for part in calendar.yearToDate(through: period) {
      guard calendar.days(of: part).lowerBound <= day else { break }
      let time = TimeShare(of: part, through: day, profile: plan.profile, shape: plan.shape, calendar: calendar)
      sums.add(actual(part), target: target(part), baseline: plan.baseline, time: time)
    }
    self.actual = sums.actual
    self.target = sums.target
    comparable = sums.comparable
    achievement = sums.comparable.flatMap { comparable in
      Self.achievement(
        comparable, target: sums.target, direction: plan.direction,
        baseline: plan.baseline == nil ? nil : sums.baseline)
    }
    coverage = Coverage(recorded: sums.recorded, of: sums.expected)
    planned = Coverage(recorded: sums.planned, of: sums.recorded)
  }

  private static func achievement(
    _ actual: Quantity, target: Target?, direction: Direction?, baseline: Quantity?
  ) -> Quantity? {
    guard let target, let direction else { return nil }
    return target.achievement(of: actual, direction: direction, baseline: baseline)
  }

  private struct Sums {
    var actual: Quantity?
    var target: Target?
    var comparable: Quantity?
    var baseline = Quantity.zero
    var expected = 0
    var recorded = 0
    var planned = 0

    mutating func add(_ value: Quantity?, target part: Target?, baseline one: Quantity?, time: TimeShare) {
      expected += 1
      guard let value else { return }
      recorded += 1
      actual = (actual ?? .zero) + value
      guard let part = part?.map({ $0.share(time.elapsed, of: time.total) }) else { return }
      guard let sum = target.map({ $0.adding(part) }) ?? part else { return }
      planned += 1
      target = sum
      comparable = (comparable ?? .zero) + value
      baseline += (one ?? .zero).share(time.elapsed, of: time.total)
    }
  }
}

extension FiscalCalendar {
  /// The periods of a kind from the beginning of the fiscal year through one of them.
  public func yearToDate(through period: Period) -> [Period] {
    guard let year = parent(of: period, kind: .year) else { return [] }
    return children(of: year, kind: period.kind).filter { $0 <= period }
  }
}
