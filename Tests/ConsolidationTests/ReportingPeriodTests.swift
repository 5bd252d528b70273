import Calculation
import Consolidation
import LedgerModel
import Testing

@Suite struct ReportingPeriodTests {
  func newest(_ periods: [String], asOf day: String) throws -> String {
    var ledger = Ledger(settings: LedgerSettings(company: "Acme", currency: "EUR"))
    var actuals = Actuals()
    actuals.periods = try periods.map { try #require(Period($0)) }
    ledger.actuals[try #require(KPIID("sales/win-rate"))] = actuals
    return ReportingPeriod.newest(of: ledger, asOf: try #require(Day(day))).description
  }

  @Test(arguments: [
    (["2026-01", "2026-02"], "2026-03-10", "2026-02"), (["2026-01", "2026-04"], "2026-03-10", "2026-01"),
    (["2026-03"], "2026-03-10", "2026-03"), (["2026-Q1"], "2026-02-10", "2026-02"), (["2025"], "2026-02-10", "2025-12"),
    (["2026-02-27", "2026-W09"], "2026-03-10", "2026-03"), ([], "2026-03-10", "2026-03"),
  ])
  func isTheMonthOfTheNewestFigures(periods: [String], day: String, expected: String) throws {
    let found = try newest(periods, asOf: day)
    #expect(found == expected)
  }

  /// How many KPIs have figures of January, February and March.
  @Test(arguments: [
    ([4, 4, 4], "2026-03"), ([4, 4, 2], "2026-03"), ([4, 4, 1], "2026-02"), ([4, 1, 1], "2026-01"),
    ([9, 4, 1], "2026-01"), ([0, 0, 1], "2026-03"), ([4, 0, 1], "2026-01"), ([3, 2, 2], "2026-03"),
  ])
  func goesOverToAMonthWhenMostHaveRecordedIt(counts: [Int], expected: String) throws {
    var ledger = Ledger(settings: LedgerSettings(company: "Acme", currency: "EUR"))
    for (month, count) in counts.enumerated() {
      for number in 0..<count {
        let id = try #require(KPIID("sales/k\(number)"))
        ledger.actuals[id, default: Actuals()].periods.append(try #require(Period("2026-0\(month + 1)")))
      }
    }
    let found = ReportingPeriod.newest(of: ledger, asOf: try #require(Day("2026-04-10")))
    #expect(found.description == expected)
  }

  @Test func aRowThatSaysMissingIsNoFigure() throws {
    var ledger = Ledger(settings: LedgerSettings(company: "Acme", currency: "EUR"))
    var actuals = Actuals()
    actuals.periods = [try #require(Period("2026-01")), try #require(Period("2026-02"))]
    actuals.statuses = [.final, .missing]
    ledger.actuals[try #require(KPIID("sales/k"))] = actuals
    #expect(ReportingPeriod.newest(of: ledger, asOf: try #require(Day("2026-04-10"))).description == "2026-01")
  }
}
