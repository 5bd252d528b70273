import Chance
import Calculation
import Consolidation
import LedgerModel
import Testing

/// What a KPI made of others says when some of them have no value: which, for which periods, and what that does to the
/// comparison with the target.
@Suite struct MissingSourcesTests {
  /// Departments with sales by month from 2026-01 on; nil is a month without a row.
  private func sample(_ departments: [String: [Int?]], kind: PeriodKind = .month) throws -> SampleLedger {
    var sample = SampleLedger()
    for (department, values) in departments {
      let rows = zip(1..., values).compactMap { month, value in
        value.map { (month < 10 ? "2026-0\(month)" : "2026-\(month)", ["value": $0]) }
      }
      try sample.add("\(department)/sales", rows: rows)
    }
    return sample
  }

  private func addTotal(
    to sample: inout SampleLedger, id: String = "all/sales", method: ConsolidationRule.Method = .sum,
    sources: [String]? = nil, coverage: Quantity? = nil, targets: [String: Int] = [:],
    _ change: (inout Definition) -> Void = { _ in }
  ) throws {
    let named = sources?.compactMap { KPIID($0).map { ConsolidationRule.Source.kpi($0) } }
    try sample.add(id, targets: targets) {
      $0.consolidates = ConsolidationRule(
        sources: named ?? [.everyDepartment(kpi: "sales")], method: method, coverage: coverage)
      change(&$0)
    }
  }

  /// A year's target of 2400 for two departments that each sell 100 a month. West has not reported December.
  /// 11 months of both are 2200, against 11 months' targets: 2400 × 334 / 365 by days.
  /// All that is recorded would be 2300 against 2400, 96 %: west's December would have shrunk the total silently.
  @Test("a department's missing last month does not shrink the company's total silently")
  func missingLastMonth() throws {
    let year = Array(repeating: 100 as Int?, count: 12)
    var sample = try sample(["east": year, "west": Array(year.dropLast()) + [nil]])
    try addTotal(to: &sample, targets: ["2026": 2400])
    let december = try sample.scorecard("2026-12").kpi("all/sales")
    #expect(december.actual == nil)
    #expect(december.missingSources.map(\.description) == ["west/sales"])
    #expect(
      december.reasons(.withheld) == ["only 1 of 2 sources have data, and 80 % are needed, without west/sales"])
    #expect(december.yearToDate.actual == 2200)  // 11 × (100 + 100), without east's December
    // Each month's target is the year's by days, to 12 digits: eleven months are 2400 × 334 / 365 = 2196.164…
    #expect(try #require(december.yearToDate.achievement) > 100)  // 2200 / 2196.16 × 100
    #expect(december.yearToDate.periods.description == "11 of 12")

    let whole = try sample.scorecard("2026").kpi("all/sales")
    #expect(whole.actual == 2200)
    #expect(whole.reasons(.missing) == ["no value from west/sales for 2026-12"])
    #expect(whole.reasons(.withheld) == ["2026-12 is left out: fewer than 80 % of the sources have data"])
  }

  @Test("the year to date of a later month names who lacks an earlier one")
  func anEarlierMonth() throws {
    var sample = try sample(["east": [100, 100, 100], "west": [100, nil, 100]])
    try addTotal(to: &sample, coverage: 50)
    let march = try sample.scorecard("2026-03").kpi("all/sales")
    #expect(march.actual == 200)
    #expect(march.coverage?.description == "2 of 2")
    #expect(march.missingSources.isEmpty)
    #expect(march.yearToDate.actual == 500)  // 200 + 100 + 200: half of the sources are enough here
    #expect(march.reasons(.missing) == ["the year to date is without west/sales for 2026-02"])
  }

  @Test("a running quarter lands at the rate of the months that all have")
  func aRunningQuarter() throws {
    var sample = try sample(["east": [310, 280], "west": [310, nil]])
    try addTotal(to: &sample, targets: ["2026-Q1": 1800])
    let quarter = try sample.scorecard("2026-Q1", asOf: "2026-03-10").kpi("all/sales")
    #expect(quarter.actual == 620)  // January of both; February has one of two
    #expect(quarter.landing == 1800)  // 620 × 90 / 31: not (620 + 280) × 90 / 59 = 1372.9
    #expect(quarter.reasons(.missing) == ["no value from west/sales for 2026-02"])
  }

  @Test("what is not over and not there is nobody's debt")
  func nothingIsDueYet() throws {
    var sample = try sample(["east": [100, 100], "west": [100, 100]])
    try addTotal(to: &sample)
    let march = try sample.scorecard("2026-03", asOf: "2026-03-20").kpi("all/sales")
    #expect(march.actual == nil)
    #expect(march.reasons(.coverage).isEmpty)
    #expect(march.reasons(.missing).isEmpty)
    #expect(march.reasons(.late).isEmpty)
  }

  @Test("a source recorded more often than the whole names the months that it lacks")
  func finerSources() throws {
    var sample = try sample(["east": [1, 2, 3], "west": [10, 20, nil]])
    try addTotal(to: &sample) { $0.calculation.period = .quarter }
    let quarter = try sample.scorecard("2026-Q1").kpi("all/sales")
    #expect(quarter.actual == 36)  // 1 + 2 + 3 + 10 + 20
    #expect(quarter.reasons(.missing) == ["no value from west/sales for 2026-03"])
  }

  @Test("a KPI below its coverage counts as missing in what is made of it")
  func nestedWithheld() throws {
    var sample = try sample(["a": [1, 1, 1], "b": [2, 2, nil], "c": [4, 4, 4]])
    try addTotal(to: &sample, id: "one/total", sources: ["a/sales", "b/sales"])
    try addTotal(to: &sample, id: "all/total", sources: ["one/total", "c/sales"], coverage: 50)
    let one = try sample.scorecard("2026-03").kpi("one/total")
    #expect(one.actual == nil)  // 1 of 2
    let all = try sample.scorecard("2026-03").kpi("all/total")
    #expect(all.actual == 4)  // c alone: one/total is not the 1 that a has
    #expect(all.coverage?.description == "1 of 2")
    #expect(all.missingSources.map(\.description) == ["one/total"])
    #expect(all.status == .grey)  // no target
  }

  @Test("what a source itself is without is said further up as well")
  func nestedLacks() throws {
    var sample = try sample(["a": [1, 1, 1], "b": [2, 2, nil], "c": [4, 4, 4]])
    try addTotal(to: &sample, id: "one/total", sources: ["a/sales", "b/sales"], coverage: 50)
    try addTotal(to: &sample, id: "all/total", sources: ["one/total", "c/sales"])
    let all = try sample.scorecard("2026-03").kpi("all/total")
    #expect(all.actual == 5)  // 1 + 4
    #expect(all.coverage?.description == "2 of 2")
    #expect(all.reasons(.missing) == ["no value from b/sales for 2026-03"])
  }

  @Test("three of many are named")
  func threeAreNamed() throws {
    var departments: [String: [Int?]] = [:]
    for index in 1...9 { departments["d\(index)"] = index > 4 ? [nil] : [1] }
    var sample = try sample(departments)
    try addTotal(to: &sample)
    let kpi = try sample.scorecard("2026-01").kpi("all/sales")
    #expect(
      kpi.reasons(.withheld) == [
        "only 4 of 9 sources have data, and 80 % are needed, without d5/sales, d6/sales, d7/sales and 2 more"
      ])
    #expect(kpi.missingSources.count == 5)
  }

  @Test("a source owes nothing from before its beginning")
  func aNewSource() throws {
    var sample = try sample(["east": [100, 100, 100], "west": [nil, nil, 50]])
    sample.ledger.definitions[try #require(KPIID("west/sales"))]?.calculation.effectiveFrom = Period("2026-03")
    try addTotal(to: &sample)
    let march = try sample.scorecard("2026-03").kpi("all/sales")
    #expect(march.actual == 150)
    #expect(march.yearToDate.actual == 350)  // 100 + 100 + 150
    #expect(march.flags.filter { $0.kind != .noTarget }.isEmpty)
  }

  /// Cost per order: cost 100 a month, orders 10 a month, March's orders not in yet.
  @Test("a ratio over two KPIs takes only the months that both have")
  func pairedMonths() throws {
    var sample = SampleLedger()
    try sample.add("fin/cost", rows: (1...3).map { ("2026-0\($0)", ["value": 100]) })
    try sample.add("sales/orders", rows: (1...2).map { ("2026-0\($0)", ["value": 10]) })
    try sample.add("fin/cost-per-order", formula: "kpi(fin/cost) / kpi(sales/orders)", inputs: [])
    let kpi = try sample.scorecard("2026-Q1").kpi("fin/cost-per-order")
    #expect(kpi.actual == 10)  // (100 + 100) / (10 + 10), and not 300 / 20
    #expect(kpi.yearToDate.actual == 10)
    #expect(kpi.reasons(.missing) == ["no value from sales/orders for 2026-03"])
    let march = try sample.scorecard("2026-03").kpi("fin/cost-per-order")
    #expect(march.actual == nil)
    #expect(march.missingSources.map(\.description) == ["sales/orders"])
  }

  @Test("a ratio of own rows to another KPI takes only the months that both have")
  func pairedRows() throws {
    var sample = SampleLedger()
    try sample.add("sales/orders", rows: [("2026-01", ["value": 10]), ("2026-03", ["value": 30])])
    try sample.add(
      "fin/cost", formula: "value / kpi(sales/orders)",
      rows: [("2026-01", ["value": 100]), ("2026-02", ["value": 700]), ("2026-03", ["value": 100])])
    let kpi = try sample.scorecard("2026-Q1").kpi("fin/cost")
    #expect(kpi.actual == 5)  // (100 + 100) / (10 + 30): February's 700 have no orders
    #expect(kpi.yearToDate.actual == 5)
  }

  @Test("more coverage never comes from less data")
  func coverageIsMonotonous() throws {
    var random = Dice(5)
    for _ in 0..<20 {
      var departments: [String: [Int?]] = [:]
      for index in 0..<6 { departments["d\(index)"] = [Bool.random(using: &random) ? index + 1 : nil] }
      var sample = try sample(departments)
      try addTotal(to: &sample, coverage: 0)
      let kpi = try sample.scorecard("2026-01").kpi("all/sales")
      let there = departments.values.compactMap { $0[0] }
      #expect(kpi.actual == (there.isEmpty ? nil : Quantity(there.reduce(0, +))))
      #expect(kpi.coverage == Coverage(recorded: there.count, of: 6))
      #expect(kpi.missingSources.count == 6 - there.count)
    }
  }
}
