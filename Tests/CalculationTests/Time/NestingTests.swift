import Calculation
import Testing

@Suite struct NestingTests {
  private static let all = FiscalCalendar.Pattern.allCases.flatMap { pattern in
    [1, 4, 7, 11].map { month in
      var calendar = FiscalCalendar()
      (calendar.pattern, calendar.startMonth) = (pattern, month)
      return calendar
    }
  }

  @Test(
    "What nests has whole shorter periods, each once; what does not has none, and the reason says why", arguments: all)
  func nesting(calendar: FiscalCalendar) {
    for outer in PeriodKind.allCases {
      let period = calendar.period(outer, containing: d("2026-08-13"))
      for inner in PeriodKind.allCases {
        let children = calendar.children(of: period, kind: inner)
        guard calendar.nesting(of: inner, in: outer).fault == nil else {
          #expect(inner > outer && children.isEmpty)
          continue
        }
        let next = calendar.children(of: period.next, kind: inner)
        #expect(!children.isEmpty && children.last?.next == next.first)
        let days = children.first.flatMap { first in
          children.last.map { calendar.days(of: first).lowerBound..<calendar.days(of: $0).upperBound }
        }
        // By Thursday the days of the weeks are not quite those of the period; else they are exactly those.
        if calendar.nesting(of: inner, in: outer) == .exact { #expect(days == calendar.days(of: period)) }
      }
    }
  }

  @Test func aLongerKindHasNoShorterFigures() {
    let reason =
      "what is recorded by quarter has no figures by month: a quarter is longer, and how it is made up of months is not"
      + " recorded"
    #expect(FiscalCalendar().nesting(of: .quarter, in: .month) == .none(reason))
  }

  /// 2026-W14 is 30 March to 5 April, its Thursday 2 April.
  @Test func weeksFitMonthsOfWeeksAndFallIntoCivilOnesByThursday() {
    var calendar = FiscalCalendar()
    #expect(calendar.nesting(of: .week, in: .month) == .byThursday)
    #expect(calendar.nesting(of: p("2026-W14"), in: p("2026-04")) == .byThursday)
    let reason = "2026-W14 has days in 2026-03, but its Thursday is in 2026-04, and there it counts"
    #expect(calendar.nesting(of: p("2026-W14"), in: p("2026-03")).fault == reason)
    #expect(calendar.nesting(of: p("2026-W14"), in: p("2026-06")).fault == "2026-W14 is not in 2026-06 but in 2026-04")
    calendar.pattern = .p445
    #expect(calendar.nesting(of: .week, in: .month) == .exact)
    // 4 + 4 + 5 weeks: week 14 begins the second quarter.
    #expect(calendar.nesting(of: p("2026-W14"), in: p("2026-Q2")) == .exact)
  }

  /// A year from July: its first half is July to December 2025.
  @Test func halfYearsFollowTheFiscalYear() {
    var calendar = FiscalCalendar()
    calendar.startMonth = 7
    #expect(calendar.days(of: p("2026-H1")) == d("2025-07-01")..<d("2026-01-01"))
    #expect(calendar.nesting(of: p("2025-12"), in: p("2026-H1")) == .exact)
    #expect(calendar.children(of: p("2026-H1"), kind: .quarter) == [p("2026-Q1"), p("2026-Q2")])
    calendar.pattern = .p454
    #expect(calendar.days(of: p("2026-H1")).count == 26 * 7)
  }
}
