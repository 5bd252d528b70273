/// A span of time that figures are recorded for: `2026-03-14`, `2026-W11`, `2026-03`, `2026-Q1`, `2026-H1` or `2026`.
///
/// A period is a name; which days it spans is the calendar's to say (`FiscalCalendar.days(of:)`). Ordered by kind, then
/// in time. Eight bytes.
public struct Period: Hashable, Comparable, Sendable {
  /// Counts periods of a kind without a gap: days from 1970-01-01; weeks by their Thursday / 7; others from year 0.
  package let ordinal: Int32
  public let kind: PeriodKind

  package init(_ kind: PeriodKind, ordinal: Int) {
    self.kind = kind
    self.ordinal = Int32(truncatingIfNeeded: ordinal)
  }

  /// The period of a year, `index` counted from 1; nil where the year has no such period or is not within 1…9999.
  public init?(_ kind: PeriodKind, year: Int, index: Int = 1) {
    guard (1...9999).contains(year), index >= 1, index <= Self.count(of: kind, in: year) else { return nil }
    switch kind {
    case .day: self.init(.day, ordinal: Day.number(year: year, month: 1, day: 1) + index - 1)
    case .week: self.init(.week, ordinal: Self.firstWeek(of: year) + index - 1)
    case .month: self.init(.month, ordinal: year * 12 + index - 1)
    case .quarter: self.init(.quarter, ordinal: year * 4 + index - 1)
    case .half: self.init(.half, ordinal: year * 2 + index - 1)
    case .year: self.init(.year, ordinal: year)
    }
  }

  /// The period of one day.
  public init(_ day: Day) { self.init(.day, ordinal: day.daysSince1970) }

  /// The year that the period is counted in: the fiscal year, of a week the ISO year, of a day the civil year.
  public var year: Int {
    switch kind {
    case .day: Day(daysSince1970: Int(ordinal)).civil.year
    case .week: Day(daysSince1970: Int(ordinal) * 7).civil.year
    default: Int.floorDiv(Int(ordinal), kind.countInYear ?? 1)
    }
  }

  /// The number of the period within its year, from 1; of a day its number within the year.
  public var index: Int {
    switch kind {
    case .day: Int(ordinal) - Day.number(year: year, month: 1, day: 1) + 1
    case .week: Int(ordinal) - Self.firstWeek(of: year) + 1
    default: Int.floorMod(Int(ordinal), kind.countInYear ?? 1) + 1
    }
  }

  /// The day, of a period of kind `day`.
  public var day: Day? { kind == .day ? Day(daysSince1970: Int(ordinal)) : nil }

  /// The Thursday of an ISO week: it decides the month and the year that the week belongs to.
  var thursday: Day? { kind == .week ? Day(daysSince1970: Int(ordinal) * 7) : nil }

  public var next: Period { Period(kind, ordinal: Int(ordinal) + 1) }
  public var previous: Period { Period(kind, ordinal: Int(ordinal) - 1) }

  /// The period so many periods of its kind later.
  public func advanced(by count: Int) -> Period {
    let (sum, overflow) = Int(ordinal).addingReportingOverflow(count)
    return Period(kind, ordinal: overflow ? Int(ordinal) : sum)
  }

  /// How many periods of this kind lie between; nil where the kinds differ.
  public func distance(to other: Period) -> Int? {
    kind == other.kind ? Int(other.ordinal) - Int(ordinal) : nil
  }

  public static func < (one: Period, other: Period) -> Bool {
    one.kind == other.kind ? one.ordinal < other.ordinal : one.kind < other.kind
  }

  /// How many periods of a kind a year has: 52 or 53 weeks, 365 or 366 days.
  static func count(of kind: PeriodKind, in year: Int) -> Int {
    switch kind {
    case .day: Day.dayCount(year: year, month: 2) == 29 ? 366 : 365
    case .week: firstWeek(of: year + 1) - firstWeek(of: year)
    default: kind.countInYear ?? 1
    }
  }

  /// The ordinal of week 1: the week of the year's first Thursday.
  private static func firstWeek(of year: Int) -> Int {
    Int.floorDiv(Day.number(year: year, month: 1, day: 1) + 6, 7)
  }
}
