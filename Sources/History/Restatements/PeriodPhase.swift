public import Calculation

/// Where a period was when something of it was changed.
public enum PeriodPhase: String, CaseIterable, Hashable, Sendable {
  /// Still to come: such a change is a plan put right.
  case ahead
  case running
  /// Over, so that the change is one of the past.
  case ended

  /// The phase at a moment of the main line. Its day is UTC's, so that every machine says the same.
  /// - Parameter seconds: since 1970
  public init(of period: Period, at seconds: Int64, _ calendar: FiscalCalendar) {
    let (days, day) = (calendar.days(of: period), UTCTime.day(seconds))
    self = day < days.lowerBound ? .ahead : day < days.upperBound ? .running : .ended
  }
}
