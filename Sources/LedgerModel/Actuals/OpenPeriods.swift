public import Calculation

/// What a KPI's actuals lack in a period that somebody means to close: its own periods that end within it.
public struct OpenPeriods {
  /// Periods without a row. Of a KPI that is recorded by the day only whether there is any: shops have their own days.
  public let missing: [Period]
  /// Periods with a row that is provisional or estimated.
  public let unsure: [Period]

  /// What is open of a KPI.
  public init(_ definition: Definition, _ actuals: Actuals?, closing period: Period, calendar: FiscalCalendar) {
    let closed = ClosedPeriods([period], calendar: calendar)
    var recorded: Set<Period> = []
    var unsure: [Period] = []
    for (row, period) in (actuals?.periods ?? []).enumerated() where closed.covers(period) {
      recorded.insert(period)
      guard [.provisional, .estimated].contains(actuals?.statuses[row]), unsure.last != period else { continue }
      unsure.append(period)
    }
    self.unsure = unsure
    let wanted = Self.periods(of: definition, endingIn: calendar.days(of: period), calendar: calendar)
    if definition.calculation.period == .day {
      missing = recorded.isEmpty && !wanted.isEmpty ? [period] : []
    } else {
      missing = wanted.filter { !recorded.contains($0) }
    }
  }

  /// The periods that a KPI is recorded by, from when it is calculated on.
  private static func periods(
    of definition: Definition, endingIn days: Range<Day>, calendar: FiscalCalendar
  ) -> [Period] {
    let beginning = CalculationHistory(of: definition, calendar: calendar).beginning
    var period = calendar.period(definition.calculation.period, containing: days.lowerBound)
    var periods: [Period] = []
    while calendar.days(of: period).upperBound <= days.upperBound {
      if beginning.map({ $0 < calendar.days(of: period).upperBound }) ?? true { periods.append(period) }
      period = period.next
    }
    return periods
  }
}
