import Calculation
import Hub
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
}
