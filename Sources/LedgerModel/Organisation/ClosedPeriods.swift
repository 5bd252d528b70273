public import Calculation

/// Closed periods: they cover every period that ends within one of them.
public struct ClosedPeriods: Sendable {
  private let spans: [Range<Day>]
  private let calendar: FiscalCalendar

  /// The closed periods of a scope, in the ledger's calendar.
  public init(_ periods: [Period], calendar: FiscalCalendar) {
    spans = periods.map { calendar.days(of: $0) }
    self.calendar = calendar
  }

  /// Whether a period ends within one of them.
  public func covers(_ period: Period) -> Bool {
    let days = calendar.days(of: period)
    return spans.contains { $0.lowerBound < days.upperBound && days.upperBound <= $0.upperBound }
  }
}
