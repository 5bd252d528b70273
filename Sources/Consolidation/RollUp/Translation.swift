import Calculation
import LedgerModel

/// Exchange rates by period: the average for what accrues, the closing rate for what is a state.
struct Translation {
  private let rates: [String: ExchangeRates]
  private let calendar: FiscalCalendar

  init(_ ledger: Ledger) {
    rates = ledger.rates
    calendar = ledger.settings.calendar
  }

  /// How much of `target` one unit of `source` is in a period: its own rate, else that of the shortest period around
  /// it; the inverse of the opposite pair where there is only that. Nil where there is none.
  func rate(from source: String, to target: String, in period: Period, accrual: Accrual) -> Quantity? {
    if source == target { return 1 }
    if let rate = find("\(source)-\(target)", period, accrual) { return rate }
    return find("\(target)-\(source)", period, accrual).flatMap { Quantity(1).divided(by: $0) }
  }

  private func find(_ pair: String, _ period: Period, _ accrual: Accrual) -> Quantity? {
    guard let rates = rates[pair] else { return nil }
    for kind in PeriodKind.allCases where kind >= period.kind {
      guard let around = calendar.parent(of: period, kind: kind), let rate = rates.byPeriod[around] else { continue }
      let value = accrual == .flow ? rate.average : rate.closing
      if let value { return value }
    }
    return nil
  }
}
