import Calculation
import LedgerModel
import Testing

@Suite("What is open in a period to be closed")
struct OpenPeriodsTests {
  private func definition(_ kind: PeriodKind, from: String? = nil) throws -> Definition {
    var calculation = KPICalculation(period: kind)
    calculation.effectiveFrom = from.flatMap { Period($0) }
    return Definition(id: try #require(KPIID("sales/orders")), name: "Orders", calculation: calculation)
  }

  private func actuals(_ rows: (String, RowStatus)...) throws -> Actuals {
    var actuals = Actuals()
    actuals.periods = try rows.map { try #require(Period($0.0)) }
    actuals.statuses = rows.map(\.1)
    return actuals
  }

  private func open(_ definition: Definition, _ actuals: Actuals?, _ period: String) throws -> (
    missing: [String], unsure: [String]
  ) {
    let open = OpenPeriods(
      definition, actuals, closing: try #require(Period(period)), calendar: FiscalCalendar())
    return (open.missing.map(\.description), open.unsure.map(\.description))
  }

  @Test("A quarter lacks the months without a row, and names the provisional ones")
  func months() throws {
    let rows = try actuals(("2025-12", .provisional), ("2026-01", .final), ("2026-02", .provisional))
    let open = try open(definition(.month), rows, "2026-Q1")
    #expect(open.missing == ["2026-03"])
    #expect(open.unsure == ["2026-02"])
  }

  @Test("A quarterly KPI lacks nothing in a month that ends no quarter")
  func quarters() throws {
    #expect(try open(definition(.quarter), nil, "2026-02").missing == [])
    #expect(try open(definition(.quarter), nil, "2026-03").missing == ["2026-Q1"])
    #expect(try open(definition(.year), nil, "2026-Q3").missing == [])
  }

  @Test("A month lacks the weeks whose Sunday lies in it")
  func weeks() throws {
    #expect(
      try open(definition(.week), actuals(("2026-W10", .final)), "2026-03").missing == [
        "2026-W09", "2026-W11", "2026-W12", "2026-W13",
      ])
  }

  @Test("Of days it is asked only whether there is any")
  func days() throws {
    #expect(try open(definition(.day), actuals(("2026-03-02", .final)), "2026-03").missing == [])
    #expect(try open(definition(.day), actuals(("2026-02-28", .final)), "2026-03").missing == ["2026-03"])
  }

  @Test("Before a KPI is calculated nothing is missing; what is declared missing is recorded")
  func beginning() throws {
    #expect(try open(definition(.month, from: "2026-03"), nil, "2026-Q1").missing == ["2026-03"])
    #expect(try open(definition(.month), actuals(("2026-03", .missing)), "2026-03").missing == [])
  }

  @Test("Rows of one period in several territories are one period")
  func dimensions() throws {
    let rows = try actuals(("2026-03", .estimated), ("2026-03", .estimated))
    #expect(try open(definition(.month), rows, "2026-03").unsure == ["2026-03"])
  }
}
