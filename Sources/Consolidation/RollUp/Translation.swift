import Calculation
import LedgerModel

/// Exchange rates by period: the average for what accrues, the closing rate for what is a state.
struct Translation {
  private let rates: [String: ExchangeRates]
  private let calendar: FiscalCalendar
  private let house: String

  init(_ ledger: Ledger) {
    rates = ledger.rates
    calendar = ledger.settings.calendar
    house = ledger.settings.currency
  }

  /// How much of `target` one unit of `source` is in a period; nil where no rate says so.
  ///
  /// Taken is the pair itself, else the inverse of the opposite pair, else the way through the ledger's own currency.
  func rate(from source: String, to target: String, in period: Period, accrual: Accrual) -> Quantity? {
    if let leg = leg(source, target, period, accrual) { return leg.over.divided(by: leg.under) }
    guard source != house, target != house, let there = leg(source, house, period, accrual),
      let on = leg(house, target, period, accrual)
    else { return nil }
    return (there.over * on.over).divided(by: there.under * on.under)
  }

  /// A rate as a fraction, so that one turned round is rounded only once.
  private func leg(
    _ source: String, _ target: String, _ period: Period, _ accrual: Accrual
  ) -> (over: Quantity, under: Quantity)? {
    if source == target { return (1, 1) }
    if let rate = find("\(source)-\(target)", period, accrual) { return (rate, 1) }
    return find("\(target)-\(source)", period, accrual).map { (1, $0) }
  }

  /// The period's own rate, else that of the shortest period around it. A period closes with its last month, so that a
  /// closing rate may be that month's; an average is never made of others.
  private func find(_ pair: String, _ period: Period, _ accrual: Accrual) -> Quantity? {
    guard let rates = rates[pair] else { return nil }
    if let own = value(rates, period, accrual) { return own }
    if accrual == .level, let closing = closing(rates, at: period) { return closing }
    for kind in PeriodKind.allCases where kind > period.kind {
      guard let around = calendar.parent(of: period, kind: kind) else { continue }
      if let value = value(rates, around, accrual) { return value }
    }
    return nil
  }

  private func value(_ rates: ExchangeRates, _ period: Period, _ accrual: Accrual) -> Quantity? {
    rates.byPeriod[period].flatMap { accrual == .flow ? $0.average : $0.closing }
  }

  private func closing(_ rates: ExchangeRates, at end: Period) -> Quantity? {
    for kind in PeriodKind.allCases.reversed() where kind < end.kind {
      guard let last = calendar.children(of: end, kind: kind).last,
        calendar.days(of: last).upperBound == calendar.days(of: end).upperBound
      else { continue }
      if let value = value(rates, last, .level) { return value }
    }
    return nil
  }
}

/// The rates that one KPI is translated with, and a record of those that were asked for.
final class Exchange {
  let kpi: KPIID
  let source: String
  let target: String
  let accrual: Accrual
  private let translation: Translation
  private var asked: [Period: Quantity?] = [:]

  init(_ kpi: KPIID, from source: String, to target: String, accrual: Accrual, _ translation: Translation) {
    self.kpi = kpi
    self.source = source
    self.target = target
    self.accrual = accrual
    self.translation = translation
  }

  /// The rate of a period.
  func rate(in period: Period) -> Quantity? {
    if let known = asked[period] { return known }
    let rate = translation.rate(from: source, to: target, in: period, accrual: accrual)
    asked[period] = .some(rate)
    return rate
  }

  /// The rates that there were for some of the periods asked for.
  func used(_ isIncluded: (Period) -> Bool) -> [KPIResult.RateUsed] {
    asked.compactMap { period, rate in
      guard let rate, isIncluded(period) else { return nil }
      return KPIResult.RateUsed(
        source: source, target: target, period: period, rate: rate, isAverage: accrual == .flow)
    }
  }

  /// What there was no rate for.
  func gaps(_ isIncluded: (Period) -> Bool) -> [RateGap] {
    asked.compactMap { period, rate in
      guard rate == nil, isIncluded(period) else { return nil }
      return RateGap(source: source, target: target, period: period, isAverage: accrual == .flow, kpi: kpi)
    }
  }
}

/// A rate that a figure needed and that `rates/` does not have.
struct RateGap: Hashable, Sendable {
  var source: String
  var target: String
  var period: Period
  var isAverage: Bool
  /// What is missing for want of it.
  var kpi: KPIID
}

extension KPIResult.RateUsed {
  /// By pair, then by time.
  static func precedes(_ one: Self, _ other: Self) -> Bool {
    if one.source != other.source { return one.source < other.source }
    if one.target != other.target { return one.target < other.target }
    return one.period != other.period ? one.period < other.period : one.isAverage && !other.isAverage
  }
}
