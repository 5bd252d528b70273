/// How a flow accrues over its years, told by its own actuals of a year earlier (profile `seasonal`).
///
/// Every recorded period weighs what the same period brought a year earlier; within a period days count alike. With
/// 10, 20 and 70 in last year's first three months, the quarter is 10 % over at the end of January, and 20 % in the
/// middle of February.
///
/// A year has a shape only where all its periods of the year before are known, calculated as they are now, none of them
/// negative and not all zero. A part of a year in which nothing came a year earlier has none either.
public struct SeasonalShape: Hashable, Sendable {
  /// Why a year has no shape.
  public enum Fault: Hashable, Sendable {
    /// Some periods of the year before have no figure.
    case incomplete(Coverage)
    /// Some periods of the year before were calculated in another way.
    case calculatedOtherwise
    /// The year before adds up to zero, or has a negative period.
    case notPositive
  }

  private let kind: PeriodKind
  private let weights: [Period: Quantity]
  private let faults: [Period: Fault]

  /// The shapes of fiscal years.
  /// - Parameters:
  ///   - years: the years that are to have a shape, each from the one before it.
  ///   - kind: how often the KPI is recorded.
  ///   - actual: the figure of a recorded period, nil where it is missing.
  ///   - isComparable: whether a recorded period was calculated as now.
  public init(
    of years: [Period], by kind: PeriodKind, calendar: FiscalCalendar, actual: (Period) -> Quantity?,
    isComparable: (Period) -> Bool
  ) {
    self.kind = kind
    var weights: [Period: Quantity] = [:]
    var faults: [Period: Fault] = [:]
    for year in years where year.kind == .year {
      let before = calendar.children(of: year.previous, kind: kind)
      let values = before.compactMap(actual)
      if values.count < before.count {
        faults[year] = .incomplete(Coverage(recorded: values.count, of: before.count))
      } else if !before.allSatisfy(isComparable) {
        faults[year] = .calculatedOtherwise
      } else if values.contains(where: \.isNegative) || values.allSatisfy(\.isZero) {
        faults[year] = .notPositive
      } else {
        let known = Dictionary(uniqueKeysWithValues: zip(before, values))
        for period in calendar.children(of: year, kind: kind) {
          weights[period] = known[calendar.yearEarlier(period)]
        }
      }
    }
    self.weights = weights
    self.faults = faults
  }

  /// Why a fiscal year has no shape; nil where it has one, or was not asked for.
  public func fault(in year: Period) -> Fault? { faults[year] }

  /// What a recorded period brought a year earlier; nil where its year has no shape.
  public func weight(of period: Period) -> Quantity? { weights[period] }

  /// Whether days lie within one recorded period.
  func isWithinOnePeriod(_ days: Range<Day>, calendar: FiscalCalendar) -> Bool {
    let first = calendar.period(kind, containing: days.lowerBound)
    return weights[first] != nil && days.upperBound <= calendar.days(of: first).upperBound
  }

  /// A span of a longer one by weight; nil within one recorded period, and where not all of them weigh something.
  func part(
    _ span: Range<Day>, of whole: Range<Day>, calendar: FiscalCalendar
  ) -> (elapsed: Quantity, total: Quantity)? {
    guard !isWithinOnePeriod(whole, calendar: calendar) else { return nil }
    var (elapsed, total) = (Quantity.zero, Quantity.zero)
    var period = calendar.period(kind, containing: whole.lowerBound)
    var days = calendar.days(of: period)
    while days.lowerBound < whole.upperBound {
      guard let weight = weights[period] else { return nil }
      func share(_ range: Range<Day>) -> Quantity {
        let part = range.clamped(to: days)
        return part.isEmpty ? .zero : weight.share(Quantity(part.count), of: Quantity(days.count))
      }
      total += share(whole)
      elapsed += share(span)
      period = period.next
      days = calendar.days(of: period)
    }
    return total > .zero ? (elapsed, total) : nil
  }
}

extension FiscalCalendar {
  /// The same period of the year before: the same month, quarter or half; the week of the same number in the fiscal
  /// year; the day of the same number in the month. A 53rd week answers to the last one, 29 February to the 28th.
  public func yearEarlier(_ period: Period) -> Period {
    let around: PeriodKind
    switch period.kind {
    case .month: return period.advanced(by: -12)
    case .quarter: return period.advanced(by: -4)
    case .half: return period.advanced(by: -2)
    case .year: return period.previous
    case .week: around = .year
    case .day: around = .month
    }
    guard let parent = parent(of: period, kind: around) else { return period }
    let earlier = yearEarlier(parent)
    let first = child(firstOf: parent, period.kind)
    let start = child(firstOf: earlier, period.kind)
    let count = start.distance(to: child(firstOf: earlier.next, period.kind)) ?? 1
    return start.advanced(by: min(first.distance(to: period) ?? 0, count - 1))
  }

  private func child(firstOf parent: Period, _ kind: PeriodKind) -> Period {
    period(kind, containing: days(of: parent, by: kind).lowerBound)
  }
}
