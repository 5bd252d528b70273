/// How a period's value accrues within the period.
public enum Profile: String, Hashable, Sendable, CaseIterable {
  /// Evenly, day by day.
  case calendar
  /// Evenly over working days.
  case workdays
  /// As last year's did. Not calculated yet: `calendar` stands in, and figures say so.
  case seasonal
  /// Not at all: a value is the state at one moment.
  case snapshot

  /// The profile that is calculated in its stead, where it is not itself.
  public var standIn: Profile? { self == .seasonal ? .calendar : nil }
}
