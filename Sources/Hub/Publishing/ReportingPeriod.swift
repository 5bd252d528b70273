public import Calculation
public import LedgerModel

/// The period that a scorecard is of when nobody names one.
public enum ReportingPeriod {
  /// The month of the newest figures that anybody recorded up to a day; without figures, that day's month.
  public static func newest(of ledger: Ledger, asOf day: Day) -> Period {
    let calendar = ledger.settings.calendar
    var newest: Day?
    for actuals in ledger.actuals.values {
      // Rows are in the order of their periods; of a KPI whose period changed, kinds come one after the other.
      for kind in PeriodKind.allCases {
        let last = actuals.periods.last { $0.kind == kind && calendar.days(of: $0).lowerBound <= day }
        guard let last else { continue }
        let end = min(calendar.days(of: last).upperBound.advanced(by: -1), day)
        newest = newest.map { max($0, end) } ?? end
      }
    }
    return calendar.period(.month, containing: newest ?? day)
  }
}
