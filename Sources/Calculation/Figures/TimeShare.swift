/// Which part of a period's time a span is, as a profile counts time.
public struct TimeShare: Hashable, Sendable {
  /// The span: calendar days, or working days; by `seasonal` what the same periods brought a year earlier.
  public let elapsed: Quantity
  /// The whole period, counted in the same way.
  public let total: Quantity
  /// The profile that was counted by: `calendar`, `workdays` or `seasonal`.
  public let profile: Profile
  /// The profile that was asked for, where calendar days had to stand in: `workdays` in a period that has no working
  /// day, `seasonal` without a shape for the period. nil otherwise.
  public let standsInFor: Profile?

  /// The share of a span of days in a longer one; what lies outside does not count.
  public init(
    of span: Range<Day>, in whole: Range<Day>, profile: Profile, shape: SeasonalShape? = nil, calendar: FiscalCalendar
  ) {
    let span = span.clamped(to: whole)
    let working = profile == .workdays ? calendar.workingDayCount(in: whole) : 0
    if working > 0 {
      self.init(
        elapsed: Quantity(calendar.workingDayCount(in: span)), total: Quantity(working), profile: .workdays)
    } else if profile == .seasonal, let part = shape?.part(span, of: whole, calendar: calendar) {
      self.init(elapsed: part.elapsed, total: part.total, profile: .seasonal)
    } else {
      // Within one recorded period a shape of recorded periods says nothing: its days are counted.
      let isOwn = profile == .seasonal && shape?.isWithinOnePeriod(whole, calendar: calendar) ?? false
      let isStandIn = profile == .workdays || profile == .seasonal && !isOwn
      self.init(
        elapsed: Quantity(span.count), total: Quantity(whole.count), profile: .calendar,
        standsInFor: isStandIn ? profile : nil)
    }
  }

  /// The part of a period that is over at the end of a day.
  public init(
    of period: Period, through day: Day, profile: Profile, shape: SeasonalShape? = nil, calendar: FiscalCalendar
  ) {
    let days = calendar.days(of: period)
    let end = max(days.lowerBound, day.advanced(by: 1))
    self.init(of: days.lowerBound..<end, in: days, profile: profile, shape: shape, calendar: calendar)
  }

  init(elapsed: Quantity, total: Quantity, profile: Profile, standsInFor: Profile? = nil) {
    self.elapsed = elapsed
    self.total = total
    self.profile = profile
    self.standsInFor = standsInFor
  }

  /// What is left of the period.
  public var left: Quantity { total - elapsed }

  /// elapsed / total × 100
  public var percent: Quantity { Quantity(100).share(elapsed, of: total) }
}

extension Quantity {
  /// This × part / whole, rounded half-even to 12 significant digits; the whole of it exactly, nothing of nothing.
  func share(_ part: Quantity, of whole: Quantity) -> Quantity {
    part == whole ? self : (self * part).divided(by: whole) ?? .zero
  }
}
