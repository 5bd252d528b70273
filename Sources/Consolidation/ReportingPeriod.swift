public import Calculation
public import LedgerModel

/// The period that a scorecard is of when nobody names one.
public enum ReportingPeriod {
  /// Months that are looked back on at most.
  private static let limit = 12
  /// Months whose figures say how many KPIs are usually recorded.
  private static let monthsCompared = 3

  /// The newest month that is being reported: one with figures of at least half as many KPIs as any of the three months
  /// before it.
  ///
  /// So a scorecard goes over to a month when most have recorded it, and not with the first who does, be they a month or
  /// two ahead. A figure of another period counts for the month in which that ends, no figure after the given day's month;
  /// without figures it is that month.
  public static func newest(of ledger: Ledger, asOf day: Day) -> Period {
    let calendar = ledger.settings.calendar
    var counts: [Period: Int] = [:]
    for actuals in ledger.actuals.values {
      for month in months(of: actuals, asOf: day, calendar) { counts[month, default: 0] += 1 }
    }
    return newest(of: counts, asOf: day, calendar)
  }

  /// The same, of how many KPIs have figures in which of their newest months.
  package static func newest(of counts: [Period: Int], asOf day: Day, _ calendar: FiscalCalendar) -> Period {
    guard var month = counts.keys.max() else { return calendar.period(.month, containing: day) }
    for _ in 0..<limit {
      let before = sequence(first: month.previous, next: \.previous).prefix(monthsCompared)
      let usual = before.map { counts[$0, default: 0] }.max() ?? 0
      guard counts[month, default: 0] * 2 < usual else { break }
      month = month.previous
    }
    return month
  }

  /// The newest months with figures of one KPI.
  package static func months(of actuals: Actuals, asOf day: Day, _ calendar: FiscalCalendar) -> Set<Period> {
    var months: Set<Period> = []
    var found: (kind: PeriodKind, months: Int)?
    // Rows are in the order of their periods; of a KPI whose period changed, kinds come one after the other.
    for (row, period) in actuals.periods.enumerated().reversed() {
      if let found, found.kind == period.kind, found.months > limit { continue }
      if actuals.statuses.indices.contains(row), actuals.statuses[row] == .missing { continue }
      let days = calendar.days(of: period)
      guard days.lowerBound <= day else { continue }
      let month = calendar.period(.month, containing: min(days.upperBound.advanced(by: -1), day))
      guard months.insert(month).inserted else { continue }
      found = (period.kind, found?.kind == period.kind ? (found?.months ?? 0) + 1 : 1)
    }
    return months
  }
}
