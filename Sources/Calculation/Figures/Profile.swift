/// How a period's value accrues within the period.
public enum Profile: String, Hashable, Sendable, CaseIterable {
  /// Evenly, day by day.
  case calendar
  /// Evenly over working days.
  case workdays
  /// As the KPI's own actuals did a year earlier (`SeasonalShape`); evenly, day by day, where they do not tell.
  case seasonal
  /// Not at all: a value is the state at one moment.
  case snapshot
}
