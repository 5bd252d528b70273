/// Which days a period spans, and which periods lie within which.
///
/// With the pattern `calendar`, days, ISO weeks and months are civil; quarters, halves and years are fiscal and begin
/// with the start month. A fiscal year that does not begin in January is named after the civil year in which it ends:
/// with a start in July, 2026 spans 2025-07-01 … 2026-06-30, and 2026-Q1 spans 2025-07 … 2025-09.
///
/// With 4-4-5, 4-5-4 and 5-4-4, months are fiscal too: each quarter has three months of so many ISO weeks. The year
/// begins with the week whose Thursday is the first in the start month, so that with January it is the ISO year. A 53rd
/// week goes to the year's last month. `2026-01` is then the first month of fiscal year 2026.
///
/// An ISO week belongs to the month of its Thursday, and so to one quarter, half and year.
public struct FiscalCalendar: Hashable, Sendable {
  /// How a quarter is divided into months.
  public enum Pattern: String, Hashable, Sendable, CaseIterable {
    case calendar
    case p445 = "4-4-5"
    case p454 = "4-5-4"
    case p544 = "5-4-4"
  }

  /// 1…12; others count as the nearest of them.
  public var startMonth: Int
  public var pattern: Pattern
  /// The IANA id of the zone whose midnight begins a day, as `Europe/Berlin`.
  public var timeZone: String
  public var workingDays: Set<Weekday>
  public var holidays: Set<Day>

  /// The calendar year from January, in UTC, working from Monday to Friday, without holidays.
  public init() {
    startMonth = 1
    pattern = .calendar
    timeZone = "UTC"
    workingDays = [.monday, .tuesday, .wednesday, .thursday, .friday]
    holidays = []
  }

  /// The days of a period: its first up to, and without, the day after its last.
  public func days(of period: Period) -> Range<Day> {
    Day(daysSince1970: firstDay(of: period))..<Day(daysSince1970: firstDay(of: period.next))
  }

  /// The period of a kind that a day belongs to: exactly one.
  public func period(_ kind: PeriodKind, containing day: Day) -> Period {
    switch kind {
    case .day: return Period(day)
    case .week: return Period(.week, ordinal: Int.floorDiv(day.daysSince1970 + 3, 7))
    case .month, .quarter, .half, .year: return period(kind, ofMonth: month(containing: day))
    }
  }

  /// The working days in a range of days: those of `workingDays` that are no holidays.
  public func workingDayCount(in days: Range<Day>) -> Int {
    let (weeks, rest) = days.count.quotientAndRemainder(dividingBy: 7)
    let remainder = days.suffix(rest).count { workingDays.contains($0.weekday) }
    let free = holidays.count { days.contains($0) && workingDays.contains($0.weekday) }
    return weeks * workingDays.count + remainder - free
  }

  private var start: Int { max(1, min(12, startMonth)) }

  /// Days from 1970-01-01 to the first day of a period.
  private func firstDay(of period: Period) -> Int {
    let ordinal = Int(period.ordinal)
    switch period.kind {
    case .day: return ordinal
    case .week: return ordinal * 7 - 3
    case .month: return firstDay(ofMonth: ordinal)
    case .quarter: return firstDay(ofMonth: firstMonth(ofQuarter: ordinal))
    case .half: return firstDay(ofMonth: firstMonth(ofQuarter: ordinal * 2))
    case .year: return firstDay(ofMonth: firstMonth(ofQuarter: ordinal * 4))
    }
  }
}

// Months carry everything larger; what differs between the patterns is where a month begins.
extension FiscalCalendar {
  /// How many months the months' own count runs ahead of the fiscal year's.
  private var monthOffset: Int { pattern != .calendar || start == 1 ? 0 : start - 13 }

  private func firstMonth(ofQuarter ordinal: Int) -> Int { ordinal * 3 + monthOffset }

  func period(_ kind: PeriodKind, ofMonth month: Int) -> Period {
    switch kind {
    case .day, .week, .month: Period(.month, ordinal: month)
    case .quarter: Period(.quarter, ordinal: Int.floorDiv(month - monthOffset, 3))
    case .half: Period(.half, ordinal: Int.floorDiv(month - monthOffset, 6))
    case .year: Period(.year, ordinal: Int.floorDiv(month - monthOffset, 12))
    }
  }

  private func firstDay(ofMonth ordinal: Int) -> Int {
    let (year, month) = (Int.floorDiv(ordinal, 12), Int.floorMod(ordinal, 12))
    guard pattern != .calendar else { return Day.number(year: year, month: month + 1, day: 1) }
    let week = firstWeek(ofYear: year) + month / 3 * 13 + weeksBefore(monthOfQuarter: month % 3)
    return week * 7 - 3
  }

  private func month(containing day: Day) -> Int {
    let civil = day.civil
    guard pattern != .calendar else { return civil.year * 12 + civil.month - 1 }
    let week = Int.floorDiv(day.daysSince1970 + 3, 7)
    let year = [civil.year + 1, civil.year].first { firstWeek(ofYear: $0) <= week } ?? civil.year - 1
    let ofYear = week - firstWeek(ofYear: year)
    let quarter = min(3, ofYear / 13)
    let ofQuarter = ofYear - quarter * 13
    let month = [2, 1].first { weeksBefore(monthOfQuarter: $0) <= ofQuarter } ?? 0
    return year * 12 + quarter * 3 + month
  }

  /// The ordinal of the first week of a year of weeks: that of the first Thursday in the start month.
  private func firstWeek(ofYear year: Int) -> Int {
    let first = Day.number(year: start == 1 ? year : year - 1, month: start, day: 1)
    return Int.floorDiv(first + 6, 7)
  }

  private func weeksBefore(monthOfQuarter month: Int) -> Int {
    switch (month, pattern) {
    case (0, _): 0
    case (1, .p544): 5
    case (1, _): 4
    case (_, .p445): 8
    default: 9
    }
  }
}
