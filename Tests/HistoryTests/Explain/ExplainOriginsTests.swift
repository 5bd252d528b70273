import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// Whose change it was, through syncs, moves and KPIs made of others.
@Suite("Where a part of an explanation comes from") struct ExplainOriginsTests {
  @Test("Two people's rows in one sync are two parts, each with its own author")
  func twoAuthors() throws {
    var ledger = try TwoKPIs()
    let past = ledger.past
    var side = try past.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,90")], on: [ledger.tip], by: Past.ana, "Mine")
    // Bo relays what Ana had committed, and his own.
    side = try past.commit([TwoKPIs.rows("b"): TwoKPIs.table("2026-01,80")], on: [side], by: Past.bo, "His")
    try ledger.sync(
      [TwoKPIs.rows("a"): TwoKPIs.table("2026-01,90"), TwoKPIs.rows("b"): TwoKPIs.table("2026-01,80")], with: side,
      by: Past.bo)
    let grow = try ledger.grow()
    #expect(
      grow.short == [
        "+5 actual sales/a row 2026-01: 80 → 90 by Ana", "+10 actual sales/b row 2026-01: 60 → 80 by Bo ",
      ])
    #expect(grow.parts.map(\.step) == [ledger.tip, ledger.tip])
    #expect(grow.parts.map { $0.entry?.sync } == [ledger.tip, ledger.tip])
    #expect(grow.parts.map { $0.entry?.isVerified } == [false, true])
  }

  @Test("Two rows of one KPI are two parts where both count")
  func rowByRow() throws {
    var ledger = try TwoKPIs([TwoKPIs.path("a"): TwoKPIs.definition().replacing("2026-01:", with: "2026-Q1:")])
    try ledger.commit([
      TwoKPIs.rows("a"): TwoKPIs.table("2025-11,4", "2026-01,50", "2026-02,20", "2026-05,9")
    ])
    let grow = try #require(try ledger.answer(.goals(department: nil), "2026-Q1").explanations.first)
    // b has no target for the quarter. 80, then 50, then 50 + 20 of 100.
    #expect(grow.parts.map(\.after) == [50, 70])
    #expect(grow.parts.map { $0.entry?.key.text } == ["row 2026-01", "row 2026-02"])
  }

  @Test("A source's row moves the KPI that consolidates it: the part names the source")
  func consolidated() throws {
    var ledger = try TwoKPIs([
      TwoKPIs.path("all"): TwoKPIs.definition("consolidates: {from: [sales/a, sales/b], by: sum}", target: 200)
    ])
    try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,100")])
    let grow = try ledger.grow()
    // (80 + 60 + 70) / 3 = 70; (100 + 60 + 80) / 3 = 80.
    #expect(grow.short == ["+10 actual sales/a row 2026-01: 80 → 100 by Bo "])
    #expect(grow.scores == "70 → 80")
    let id = try #require(KPIID("sales/all"))
    let own = try #require(try ledger.answer(.kpi([id])).explanations.first)
    #expect(own.scores == "70 → 80")
    #expect(own.short == grow.short)
  }

  @Test("A source that was missing is coverage for what is made of it")
  func missingSource() throws {
    var ledger = try TwoKPIs([
      TwoKPIs.path("all"): TwoKPIs.definition("consolidates: {from: [sales/a, sales/c], by: sum, coverage: 50}"),
      TwoKPIs.path("c"): TwoKPIs.definition(goal: "none"),
    ])
    try ledger.commit([TwoKPIs.rows("c"): TwoKPIs.table("2026-01,20")])
    let grow = try ledger.grow()
    // (80 + 60 + 80) / 3, then (80 + 60 + 100) / 3 = 80.
    #expect(grow.to == 80)
    #expect(grow.parts.map(\.kind) == [.coverage])
    #expect(grow.parts[0].kpi?.description == "sales/c")
  }

  @Test("An exchange rate is an actual, whoever's figures it moves: 60 EUR + 40 USD at 0.5, then at 1")
  func rates() throws {
    var ledger = try TwoKPIs([
      "rates/USD-EUR.csv": "period,average,closing\n2026-01,0.5,0.5\n",
      TwoKPIs.path("a"): TwoKPIs.definition(goal: "none", unit: "USD"), TwoKPIs.rows("a"): TwoKPIs.table("2026-01,40"),
      TwoKPIs.path("b"): TwoKPIs.definition(goal: "none", unit: "EUR"),
      TwoKPIs.path("all"): TwoKPIs.definition("consolidates: {from: [sales/a, sales/b], by: sum}", unit: "EUR"),
    ])
    try ledger.commit(["rates/USD-EUR.csv": "period,average,closing\n2025-12,2,2\n2026-01,1,1\n"])
    let grow = try ledger.grow()
    #expect(grow.scores == "80 → 100")
    #expect(grow.parts.map(\.kind) == [.actual])
    #expect(grow.parts[0].file == "rates/USD-EUR.csv")
    #expect(grow.parts[0].entry?.key.text == "row 2026-01")
    #expect(try ledger.answer().still == 1)
  }

  @Test("A KPI that is moved moves no score of the company; in its old department it is gone")
  func moved() throws {
    var ledger = try TwoKPIs([
      TwoKPIs.path("all"): TwoKPIs.definition("consolidates: {from: [sales/a, sales/b], by: sum}", target: 200)
    ])
    try ledger.commit([
      TwoKPIs.path("a"): nil, TwoKPIs.rows("a"): nil,
      "departments/emea/kpis/x.yaml": TwoKPIs.definition("was: [sales/a]"),
      "departments/emea/actuals/x.csv": TwoKPIs.table("2026-01,80"),
      TwoKPIs.path("all"): TwoKPIs.definition("consolidates: {from: [emea/x, sales/b], by: sum}", target: 200),
    ])
    #expect(try ledger.answer().explanations.isEmpty)
    let sales = try ledger.answer(.goals(department: "sales")).explanations
    // b has 60 and all has 70.
    #expect(sales.map(\.scores) == ["70 → 65"])
    #expect(sales[0].parts.map(\.kind) == [.coverage])
    try ledger.commit(["departments/emea/actuals/x.csv": TwoKPIs.table("2026-01,90")])
    let names = ["emea/x", "sales/a"].compactMap { KPIID($0) }
    let own = try #require(try ledger.answer(.kpi(names)).explanations.first)
    #expect(own.scores == "80 → 90")
    #expect(own.short == ["+10 actual emea/x row 2026-01: 80 → 90 by Bo "])
  }

  @Test("A department that comes below another brings its KPIs")
  func departments() throws {
    var ledger = try TwoKPIs([
      "departments/emea/kpis/x.yaml": TwoKPIs.definition(),
      "departments/emea/actuals/x.csv": TwoKPIs.table("2026-01,100"),
    ])
    try ledger.commit(["departments/emea/department.yaml": "name: EMEA\nparent: sales\n"])
    let sales = try ledger.answer(.goals(department: "sales")).explanations
    #expect(sales.map(\.scores) == ["70 → 80"])
    #expect(sales[0].short == ["+10 coverage departments/emea/department.yaml parent: - → sales by Bo "])
  }

  @Test("A version that is not on the main line before the other has no answer")
  func notBefore() throws {
    var ledger = try TwoKPIs()
    let side = try ledger.past.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,90")], on: [ledger.tip], by: Past.ana)
    try ledger.sync([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,90")], with: side, by: Past.ana)
    let explain = Explain(
      ledger.past.objects, asOf: try #require(Day("2026-02-10")), question: .goals(department: nil))
    let period = try #require(Period("2026-01"))
    #expect(try explain.versions(side, ledger.tip, of: period) == nil)
    #expect(try explain.versions(ledger.tip, ledger.first, of: period) == nil)
    #expect(try explain.versions(ledger.tip, ledger.tip, of: period)?.explanations.isEmpty == true)
  }

  @Test("A file that cannot be read takes its KPI out, and nothing else")
  func broken() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("b"): "name: [broken\n"])
    try ledger.commit([TwoKPIs.rows("a"): "period,value\n\"2026-01,9\n"])
    let grow = try ledger.grow()
    #expect(grow.parts.first?.after == 80)
    ExplainOracleTests.expectAddsUp(grow)
  }
}
