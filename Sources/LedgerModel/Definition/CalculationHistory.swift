public import Calculation

/// Which of a definition's calculations serves which period.
public struct CalculationHistory {
  private let newest: KPICalculation
  /// With the first day that each serves, newest first.
  private let dated: [(from: Day, calculation: KPICalculation)]
  private let oldest: KPICalculation
  private let calendar: FiscalCalendar

  /// The calculations of a definition; the calendar says when the period begins from which one serves.
  public init(of definition: Definition, calendar: FiscalCalendar) {
    newest = definition.calculation
    self.calendar = calendar
    guard !definition.earlier.isEmpty || newest.effectiveFrom != nil else {
      (dated, oldest) = ([], newest)
      return
    }
    let all = [definition.calculation] + definition.earlier
    dated = all.compactMap { calculation in
      calculation.effectiveFrom.map { (calendar.days(of: $0).lowerBound, calculation) }
    }.sorted { $0.from > $1.from }
    oldest = all.first { $0.effectiveFrom == nil } ?? all.last ?? newest
  }

  /// The calculation of a period: the newest that had begun with it.
  public func calculation(for period: Period) -> KPICalculation {
    guard !dated.isEmpty else { return newest }
    let first = calendar.days(of: period).lowerBound
    return dated.first { $0.from <= first }?.calculation ?? oldest
  }

  /// Which of some periods in a row are calculated otherwise than the one before, by their place: nothing may be read
  /// across.
  public func breaks(in periods: [Period]) -> [Int] {
    guard lastBreak(within: periods) != nil else { return [] }
    return periods.indices.dropFirst().filter { calculation(for: periods[$0 - 1]) != calculation(for: periods[$0]) }
  }

  /// The first day that the KPI is calculated for; nil where it always was.
  public var beginning: Day? {
    guard oldest.effectiveFrom != nil else { return nil }
    return dated.last?.from
  }

  /// The first day of the calculation that serves the last of some periods, where it does not serve the first.
  public func lastBreak(within periods: some BidirectionalCollection<Period>) -> Period? {
    guard !dated.isEmpty, let first = periods.first, let last = periods.last else { return nil }
    let (old, new) = (calculation(for: first), calculation(for: last))
    return old == new ? nil : new.effectiveFrom
  }
}
