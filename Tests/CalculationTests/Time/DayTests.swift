import Calculation
import Testing

@Suite struct DayTests {
  /// From an independent calendar (Python's `datetime`).
  @Test(arguments: [
    ("0001-01-01", -719_162, Weekday.monday), ("1969-12-31", -1, .wednesday), ("1970-01-01", 0, .thursday),
    ("2000-02-29", 11_016, .tuesday), ("2026-03-14", 20_526, .saturday), ("9999-12-31", 2_932_896, .friday),
  ])
  func knownDates(text: String, number: Int, weekday: Weekday) {
    #expect(d(text).daysSince1970 == number)
    #expect(d(text).weekday == weekday)
    #expect(Day(daysSince1970: number).description == text)
  }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "0000-01-01", "2026-1-1",
    "2026-03", "20260314", "2026/03/14", "2026-03-14 ", "", "2026-03-1x",
  ])
  func refuses(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func everyDayOf800YearsFollowsTheOneBefore() {
    var (year, month, day) = (1600, 1, 1)
    for date in Day(year: 1600, month: 1, day: 1)!..<Day(year: 2400, month: 1, day: 1)! {
      #expect(date.civil == (year, month, day))
      #expect(Day(year: year, month: month, day: day) == date)
      day += 1
      if Day(year: year, month: month, day: day) == nil { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  @Test func farAwayDaysDoNotTrap() {
    #expect(Day(daysSince1970: .max) > Day(daysSince1970: .min))
    #expect(Day(daysSince1970: .max).advanced(by: .max) == Day(daysSince1970: .max))
    #expect(Day(daysSince1970: .min).advanced(by: .min) == Day(daysSince1970: .min))
    #expect(!Day(daysSince1970: .min).description.isEmpty)
  }
}
