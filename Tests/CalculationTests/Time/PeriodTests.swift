import Chance
import Calculation
import Testing

@Suite struct PeriodTests {
  @Test(arguments: [
    ("2026-03-14", PeriodKind.day, 2026, 73), ("2026-W11", .week, 2026, 11), ("2026-03", .month, 2026, 3),
    ("2026-Q1", .quarter, 2026, 1), ("2026-H2", .half, 2026, 2), ("2026", .year, 2026, 1),
    ("2024-12-31", .day, 2024, 366), ("2020-W53", .week, 2020, 53), ("0001", .year, 1, 1),
    ("9999-12", .month, 9999, 12),
  ])
  func readsAndWrites(text: String, kind: PeriodKind, year: Int, index: Int) {
    let period = p(text)
    #expect(period.kind == kind && period.year == year && period.index == index)
    #expect(period.description == text)
    #expect(Period(kind, year: year, index: index) == period)
    #expect(Period(utf8: Array(text.utf8)) == period)
    #expect(Period(utf8: AnyCollection(Array(text.utf8))) == period)
  }

  @Test(arguments: [
    "", "26", "202", "20260", "0000", "2026-", "2026-0", "2026-00", "2026-13", "2026-3", "2026-Q0", "2026-Q5",
    "2026-q1", "2026-H3",
    "2026-H0", "2026-W00", "2026-W54", "2025-W53", "2026-W1", "2026W11", "2026-02-29", "2026-03-14T00", "2026 Q1",
    "-026", "+026", "２０２６", "2026-Q１", "Mar-26", "2026-03-14-",
  ])
  func refuses(text: String) {
    #expect(Period(text) == nil)
    #expect(Period(utf8: Array(text.utf8)) == nil)
  }

  /// ISO 8601: a year has 53 weeks when it begins on a Thursday, or on a Wednesday and is a leap year.
  @Test func longYearsAreThoseOfISO8601() {
    let long = (2000...2030).filter { Period(.week, year: $0, index: 53) != nil }
    #expect(long == [2004, 2009, 2015, 2020, 2026])
    for year in 1...9999 {
      let first = Day(year: year, month: 1, day: 1)!.weekday
      let isLeap = Day(year: year, month: 2, day: 29) != nil
      #expect((Period(.week, year: year, index: 53) != nil) == (first == .thursday || (first == .wednesday && isLeap)))
    }
  }

  @Test func theNextIsOneLaterAndBack() {
    #expect(p("2026-12-31").next == p("2027-01-01"))
    #expect(p("2026-W53").next == p("2027-W01"))
    #expect(p("2025-W52").next == p("2026-W01"))
    #expect(p("2026-12").next == p("2027-01"))
    #expect(p("2026-Q4").next == p("2027-Q1"))
    #expect(p("2026-H2").next == p("2027-H1"))
    #expect(p("2026").previous == p("2025"))
    for start in ["2019-12-20", "2014-W40", "2025-06", "2025-Q1", "2025-H1", "2020"] {
      var period = p(start)
      for _ in 0..<1000 {
        #expect(period.next.previous == period && period < period.next)
        #expect(Period(period.kind, year: period.year, index: period.index) == period)
        period = period.next
      }
      #expect(p(start).distance(to: period) == 1000 && p(start).advanced(by: 1000) == period)
    }
  }

  @Test func sortsByKindThenTime() {
    let sorted = ["2030-01-01", "2026-W11", "2026-W12", "2025-12", "2026-01", "2026-Q1", "2025-H1", "2020", "2026"]
    #expect(sorted.map(p).shuffled().sorted() == sorted.map(p))
    #expect(PeriodKind.allCases == PeriodKind.allCases.sorted())
    #expect(p("2026").distance(to: p("2026-01")) == nil)
  }

  @Test func isSmallInMemory() {
    #expect(MemoryLayout<Period?>.stride == 8)
  }

  @Test func hostileBytesNeverTrap() {
    var dice = Dice(11)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...11, using: &dice)).map { _ in
        Array("0123456789-WQH\u{FF}".utf8).randomElement(using: &dice) ?? 0
      }
      if let period = Period(utf8: text) { #expect(Array(period.description.utf8) == text) }
    }
  }
}
