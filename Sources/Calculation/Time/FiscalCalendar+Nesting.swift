extension FiscalCalendar {
  /// The period of a kind that a period lies within: itself where it is of that kind, nil where the kind is shorter. A
  /// week lies within the month, quarter, half and year of its Thursday.
  public func parent(of period: Period, kind: PeriodKind) -> Period? {
    guard kind >= period.kind else { return nil }
    guard kind > period.kind else { return period }
    if period.kind >= .month, let month = firstMonth(of: period) { return self.period(kind, ofMonth: month) }
    return self.period(kind, containing: period.thursday ?? days(of: period).lowerBound)
  }

  /// Whether a period lies within another, or is the same.
  public func contains(_ outer: Period, _ inner: Period) -> Bool {
    parent(of: inner, kind: outer.kind) == outer
  }

  /// The periods of a kind within a period, in order: itself where it is of that kind, none where the kind is longer.
  public func children(of period: Period, kind: PeriodKind) -> [Period] {
    guard kind <= period.kind else { return [] }
    guard kind < period.kind else { return [period] }
    let days = days(of: period)
    var child = self.period(kind, containing: days.lowerBound)
    if parent(of: child, kind: period.kind) != period { child = child.next }
    var children: [Period] = []
    while parent(of: child, kind: period.kind) == period {
      children.append(child)
      child = child.next
    }
    return children
  }

  /// The days of the periods of a kind within a period: for weeks within months not quite the days of the period.
  func days(of period: Period, by kind: PeriodKind) -> Range<Day> {
    guard kind == .week, period.kind > .week else { return days(of: period) }
    let days = days(of: period)
    // Weeks belong to the period of their Thursday, so the first begins at most three days before or after it.
    let first = (days.lowerBound.daysSince1970 + 6).flooredToWeek
    let end = (days.upperBound.daysSince1970 + 6).flooredToWeek
    return Day(daysSince1970: first)..<Day(daysSince1970: end)
  }

  private func firstMonth(of period: Period) -> Int? {
    guard period.kind >= .month else { return nil }
    if period.kind == .month { return Int(period.ordinal) }
    return Int(self.period(.month, containing: days(of: period).lowerBound).ordinal)
  }
}

extension Int {
  /// The Monday of the week whose Thursday is the last on or before this day.
  fileprivate var flooredToWeek: Int { Int.floorDiv(self, 7) * 7 - 3 }
}
