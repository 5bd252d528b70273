import Calculation
import LedgerModel
import Testing

@Suite("Closed periods")
struct ClosedPeriodsTests {
  private func closed(_ texts: String..., calendar: FiscalCalendar = FiscalCalendar()) throws -> ClosedPeriods {
    ClosedPeriods(try texts.map { try #require(Period($0)) }, calendar: calendar)
  }

  @Test(
    "A close covers what ends within it",
    arguments: [
      ("2026-03", true), ("2026-03-01", true), ("2026-03-31", true), ("2026-Q1", true), ("2026-W13", true),
      ("2026-W10", true), ("2026-02", false), ("2026-04", false), ("2026-02-28", false), ("2026-04-01", false),
      ("2026-W09", true), ("2026-W14", false), ("2026-H1", false), ("2026", false),
    ])
  func endsWithin(_ text: String, _ isCovered: Bool) throws {
    // Week 9 ends on Sunday, 1 March, and week 14 on 5 April.
    #expect(try closed("2026-03").covers(#require(Period(text))) == isCovered)
  }

  @Test("A year's close covers its months, and the last of them alone covers the year")
  func years() throws {
    let year = try #require(Period("2026"))
    #expect(try closed("2026").covers(#require(Period("2026-01"))))
    #expect(try closed("2026-12").covers(year))
    #expect(try !closed("2026-12").covers(#require(Period("2026-11"))))
  }

  @Test("In a fiscal year from July, the close of June covers the year and that of December the half")
  func fiscal() throws {
    var calendar = FiscalCalendar()
    calendar.startMonth = 7
    #expect(try closed("2026-06", calendar: calendar).covers(#require(Period("2026"))))
    #expect(try closed("2025-12", calendar: calendar).covers(#require(Period("2026-H1"))))
    #expect(try !closed("2026-12", calendar: calendar).covers(#require(Period("2026"))))
  }

  @Test("Many closes cover what each of them covers, in any order")
  func many() throws {
    let texts = ["2026-03", "2025", "2026-Q1", "2026-06", "2024-W20", "2026-05-15"]
    let periods = try texts.map { try #require(Period($0)) }
    let all = ClosedPeriods(periods, calendar: FiscalCalendar())
    let each = periods.map { ClosedPeriods([$0], calendar: FiscalCalendar()) }
    let first = try #require(Period("2024-01-01"))
    var day = first
    for _ in 0..<1200 {
      #expect(all.covers(day) == each.contains { $0.covers(day) }, "\(day)")
      day = day.next
    }
    #expect(try !all.covers(#require(Period("2026-04"))))
  }

  @Test("Without closes nothing is covered")
  func none() throws {
    let none = ClosedPeriods([Period](), calendar: FiscalCalendar())
    #expect(none.isEmpty)
    #expect(try !none.covers(#require(Period("2026-03"))))
  }
}
