/// Which part of a period's time a span is, counted in the days of a profile.
public struct TimeShare: Hashable, Sendable {
  /// Days of the span: calendar days, or working days.
  public let elapsed: Int
  /// Days of the whole period.
  public let total: Int
  /// The profile by which the days were counted: `calendar` or `workdays`.
  public let profile: Profile
  /// The profile that was asked for, where another had to stand in: `seasonal`, or `workdays` in a period that has no
  /// working day. nil otherwise.
  public let standsInFor: Profile?

  /// The share of a span of days in a longer one; what lies outside does not count.
  public init(of span: Range<Day>, in whole: Range<Day>, profile: Profile, calendar: FiscalCalendar) {
    let span = span.clamped(to: whole)
    let working = profile == .workdays ? calendar.workingDayCount(in: whole) : 0
    if working > 0 {
      self.init(elapsed: calendar.workingDayCount(in: span), total: working, profile: .workdays, standsInFor: nil)
    } else {
      let isStandIn = profile == .workdays || profile.standIn != nil
      self.init(
        elapsed: span.count, total: whole.count, profile: .calendar, standsInFor: isStandIn ? profile : nil)
    }
  }

  /// The part of a period that is over at the end of a day.
  public init(of period: Period, through day: Day, profile: Profile, calendar: FiscalCalendar) {
    let days = calendar.days(of: period)
    let end = max(days.lowerBound, day.advanced(by: 1))
    self.init(of: days.lowerBound..<end, in: days, profile: profile, calendar: calendar)
  }

  init(elapsed: Int, total: Int, profile: Profile, standsInFor: Profile?) {
    self.elapsed = elapsed
    self.total = total
    self.profile = profile
    self.standsInFor = standsInFor
  }

  /// The days of the period that are left.
  public var left: Int { total - elapsed }

  /// elapsed / total × 100
  public var percent: Quantity { Quantity(100).share(elapsed, of: total) }
}

extension Quantity {
  /// This × part / whole, rounded half-even to 12 significant digits; the whole of it exactly, nothing of nothing.
  func share(_ part: Int, of whole: Int) -> Quantity {
    part == whole ? self : (self * Quantity(part)).divided(by: Quantity(whole)) ?? .zero
  }
}
