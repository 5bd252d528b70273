import Calculation
import LedgerModel

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
