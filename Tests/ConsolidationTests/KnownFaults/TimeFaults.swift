import Calculation
import Consolidation
import LedgerModel
import Testing

/// Ways in which scorecards go wrong about time.
@Suite struct TimeFaults {
  private func june(_ actual: Int, target: Int, asOf: String) throws -> KPIResult {
    var sample = SampleLedger()
    try sample.add("d/k", rows: [("2026-06", ["value": actual])], targets: ["2026-06": target])
    return try sample.scorecard("2026-06", asOf: asOf).kpi("d/k")
  }

  /// 500 of 1000 on 15 June: 50 % achieved, but the month lands at 500 × 30 / 15 = 1000, on target.
  @Test("half the month gone at half the target is not red") func halfTheMonthGone() throws {
    let kpi = try june(500, target: 1000, asOf: "2026-06-15")
    #expect(kpi.achievement == 50 && kpi.timeElapsed == 50 && kpi.landing == 1000)
    #expect(kpi.status == .green && kpi.pace == .onTrack && !kpi.atRisk)
  }

  /// On 20 June 20 / 30 = 66.67 % of the time is over: 50 % achieved is 16.67 points behind, 80 % is 13.33 ahead.
  @Test("two thirds of the month gone and 50 % achieved is behind, 80 % is ahead") func twoThirdsGone() throws {
    let behind = try june(500, target: 1000, asOf: "2026-06-20")
    #expect(behind.pace == .behind && behind.landing == 750 && behind.status == .red && behind.atRisk)
    let ahead = try june(800, target: 1000, asOf: "2026-06-20")
    #expect(ahead.pace == .ahead && ahead.landing == 1200 && ahead.status == .green)
  }

  /// ISO 2026 has 53 weeks: 5300 for the year are 100 a week, in week 53 too, and 53 weeks of 100 make 5300.
  @Test("53-week year", arguments: [FiscalCalendar.Pattern.calendar, .p445, .p454, .p544])
  func aYearOf53Weeks(pattern: FiscalCalendar.Pattern) throws {
    var sample = SampleLedger()
    sample.ledger.settings.calendar.pattern = pattern
    let weeks = (1...53).map { week in ("2026-W\(week < 10 ? "0" : "")\(week)", ["value": 100]) }
    try sample.add("d/k", rows: weeks, targets: ["2026": 5300]) { $0.calculation.period = .week }
    let last = try sample.scorecard("2026-W53").kpi("d/k")
    #expect(last.target == .value(100) && last.status == .green)
    #expect(last.yearToDate.actual == 5300 && last.yearToDate.target == .value(5300))
    #expect(last.year == .init(target: .value(5300), landing: 5300, shortfall: 0))
    let year = try sample.scorecard("2026").kpi("d/k")
    #expect(year.actual == 5300 && year.yearToDate.periods.description == "53 of 53")
    // The 53rd week is the last month's: 5 weeks by Thursday, 4 + 1 or 5 + 1 by pattern.
    let december: Quantity = [.calendar: 500, .p445: 600, .p454: 500, .p544: 500][pattern] ?? 0
    #expect(try sample.scorecard("2026-12").kpi("d/k").actual == december)
  }

  /// The year ends with a week of 2027 in 2025: 52 weeks. A year later the 53rd answers to last year's 52nd.
  @Test func the53rdWeekHasACounterpart() {
    let calendar = FiscalCalendar()
    func earlier(_ text: String) -> String? { Period(text).map { calendar.yearEarlier($0).description } }
    #expect(earlier("2026-W53") == "2025-W52" && earlier("2026-W01") == "2025-W01")
    #expect(earlier("2024-02-29") == "2023-02-28" && earlier("2025-03-01") == "2024-03-01")
    #expect(earlier("2026-03") == "2025-03" && earlier("2026-Q3") == "2025-Q3" && earlier("2026-H1") == "2025-H1")
  }
}
