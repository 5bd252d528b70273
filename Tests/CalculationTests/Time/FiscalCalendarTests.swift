import Calculation
import Testing

@Suite struct FiscalCalendarTests {
  private static func calendar(from month: Int = 1, _ pattern: FiscalCalendar.Pattern = .calendar) -> FiscalCalendar {
    var calendar = FiscalCalendar()
    calendar.startMonth = month
    calendar.pattern = pattern
    return calendar
  }

  private static let all = FiscalCalendar.Pattern.allCases.flatMap { pattern in
    [1, 2, 4, 7, 10, 12].map { calendar(from: $0, pattern) }
  }

  @Test(arguments: [
    ("2026-03-14", "2026-03-14", "2026-03-15"), ("2026-W01", "2025-12-29", "2026-01-05"),
    ("2026-W53", "2026-12-28", "2027-01-04"), ("2024-02", "2024-02-01", "2024-03-01"),
    ("2026-Q1", "2026-01-01", "2026-04-01"), ("2026-H2", "2026-07-01", "2027-01-01"),
    ("2026", "2026-01-01", "2027-01-01"),
  ])
  func daysOfTheCalendarYear(period: String, first: String, end: String) {
    #expect(Self.calendar().days(of: p(period)) == d(first)..<d(end))
  }

  /// A fiscal year that begins in July is named after the year in which it ends; months stay civil.
  @Test(arguments: [
    ("2026-03", "2026-03-01", "2026-04-01"), ("2026-Q1", "2025-07-01", "2025-10-01"),
    ("2026-Q3", "2026-01-01", "2026-04-01"), ("2026-H2", "2026-01-01", "2026-07-01"),
    ("2026", "2025-07-01", "2026-07-01"),
  ])
  func daysOfAFiscalYearFromJuly(period: String, first: String, end: String) {
    #expect(Self.calendar(from: 7).days(of: p(period)) == d(first)..<d(end))
  }

  /// The ISO year 2026 has 53 weeks; quarters of 13 weeks are 91 days, and the last month takes the 53rd week.
  @Test(arguments: [
    (FiscalCalendar.Pattern.p445, [28, 28, 35, 28, 28, 35, 28, 28, 35, 28, 28, 42]),
    (.p454, [28, 35, 28, 28, 35, 28, 28, 35, 28, 28, 35, 35]),
    (.p544, [35, 28, 28, 35, 28, 28, 35, 28, 28, 35, 28, 35]),
  ])
  func monthsOfWeeks(pattern: FiscalCalendar.Pattern, lengths: [Int]) {
    let calendar = Self.calendar(from: 1, pattern)
    let months = calendar.children(of: p("2026"), kind: .month)
    #expect(months.map { calendar.days(of: $0).count } == lengths)
    #expect(lengths.reduce(0, +) == 53 * 7)
    #expect(calendar.days(of: p("2026")) == d("2025-12-29")..<d("2027-01-04"))
    #expect(calendar.days(of: p("2025")).count == 52 * 7)
  }

  @Test(arguments: all) func everyDayBelongsToExactlyOnePeriodOfEachKind(calendar: FiscalCalendar) {
    for kind in PeriodKind.allCases {
      // Periods follow each other without gap or overlap, and each day names the one that has it.
      var period = calendar.period(kind, containing: d("2008-12-20"))
      while calendar.days(of: period).lowerBound < d("2031-01-10") {
        let days = calendar.days(of: period)
        #expect(!days.isEmpty && days.upperBound == calendar.days(of: period.next).lowerBound)
        for day in Set([
          days.lowerBound, days.lowerBound.advanced(by: days.count / 2), days.upperBound.advanced(by: -1),
        ]) {
          #expect(calendar.period(kind, containing: day) == period, "\(day) in \(period)")
        }
        period = period.next
      }
    }
  }

  @Test(arguments: all) func childrenAreThosePeriodsWhoseParentItIs(calendar: FiscalCalendar) {
    for text in ["2026", "2020-H1", "2026-Q4", "2025-12", "2026-W01"] {
      let outer = p(text)
      for kind in PeriodKind.allCases {
        let children = calendar.children(of: outer, kind: kind)
        guard kind <= outer.kind, let first = children.first, let last = children.last else {
          #expect(children.isEmpty && kind > outer.kind)
          continue
        }
        #expect(
          children.allSatisfy { calendar.contains(outer, $0) && calendar.parent(of: $0, kind: outer.kind) == outer })
        #expect(!calendar.contains(outer, first.previous) && !calendar.contains(outer, last.next))
        #expect(zip(children, children.dropFirst()).allSatisfy { $0.next == $1 })
      }
    }
  }

  @Test(arguments: all) func nestingAgreesOverTwoSteps(calendar: FiscalCalendar) {
    for start in ["2019-12-28", "2014-W50", "2019-11"] {
      for offset in 0..<400 {
        let period = p(start).advanced(by: offset)
        let year = calendar.parent(of: period, kind: .year)
        for kind in [PeriodKind.quarter, .half] {
          #expect(calendar.parent(of: period, kind: kind).flatMap { calendar.parent(of: $0, kind: .year) } == year)
        }
      }
    }
  }

  @Test func weeksBelongToTheMonthOfTheirThursday() {
    let calendar = FiscalCalendar()
    #expect(calendar.parent(of: p("2026-W01"), kind: .month) == p("2026-01"))
    #expect(calendar.parent(of: p("2026-W14"), kind: .month) == p("2026-04"))  // Monday 30 March, Thursday 2 April
    #expect(calendar.parent(of: p("2026-W53"), kind: .year) == p("2026"))  // ends on Sunday 3 January 2027
    #expect(
      calendar.children(of: p("2026-03"), kind: .week) == ["2026-W10", "2026-W11", "2026-W12", "2026-W13"].map(p))
    #expect(calendar.children(of: p("2026"), kind: .week).count == 53)
    #expect(calendar.parent(of: p("2026-03"), kind: .week) == nil)
  }

  @Test func anAbsurdStartMonthIsTheNearest() {
    #expect(Self.calendar(from: -3).days(of: p("2026")) == Self.calendar().days(of: p("2026")))
    #expect(Self.calendar(from: 99).days(of: p("2026")) == Self.calendar(from: 12).days(of: p("2026")))
  }

  @Test func theEdgesOfTimeDoNotTrap() {
    for calendar in Self.all {
      for period in ["0001", "9999", "0001-01", "9999-12", "9999-W52", "0001-01-01", "9999-12-31"].map(p) {
        for kind in PeriodKind.allCases { _ = calendar.children(of: period, kind: kind) }
        #expect(!calendar.days(of: period.next).isEmpty && !calendar.days(of: period.previous).isEmpty)
      }
    }
  }

  @Test func countsWorkingDays() {
    var calendar = FiscalCalendar()
    // March 2026 begins on a Sunday: 4 full weeks of 5 days, then Sunday 29th, Monday and Tuesday.
    #expect(calendar.workingDayCount(in: calendar.days(of: p("2026-03"))) == 22)
    calendar.holidays = [d("2026-03-16"), d("2026-03-14"), d("2026-04-03")]  // a Monday, a Saturday, another month
    #expect(calendar.workingDayCount(in: calendar.days(of: p("2026-03"))) == 21)
    #expect(calendar.workingDayCount(in: d("2026-03-14")..<d("2026-03-14")) == 0)
    calendar.workingDays = []
    #expect(calendar.workingDayCount(in: calendar.days(of: p("2026"))) == 0)
  }

  @Test func countingWorkingDaysByWeeksIsCountingThemOneByOne() {
    var calendar = FiscalCalendar()
    calendar.workingDays = [.sunday, .monday, .tuesday, .wednesday, .thursday]
    calendar.holidays = Set((0..<40).map { d("2026-01-01").advanced(by: $0 * 9) })
    for start in 0..<20 {
      for length in 0..<60 {
        let days = d("2026-01-10").advanced(by: start)..<d("2026-01-10").advanced(by: start + length)
        let counted = days.count { calendar.workingDays.contains($0.weekday) && !calendar.holidays.contains($0) }
        #expect(calendar.workingDayCount(in: days) == counted)
      }
    }
  }
}
