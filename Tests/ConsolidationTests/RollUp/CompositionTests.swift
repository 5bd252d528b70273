import Calculation
import Consolidation
import LedgerModel
import Testing

/// KPIs made of other KPIs: by inputs, by figures, by formula; what they cover, and what cannot be put together.
@Suite struct CompositionTests {
  /// East wins 30 of 60, west 10 of 40.
  private func regions() throws -> SampleLedger {
    var sample = SampleLedger()
    for (region, won, decided) in [("east", 30, 60), ("west", 10, 40)] {
      try sample.add(
        "\(region)/win-rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
        rows: [("2026-03", ["won": won, "decided": decided])], targets: ["2026": 25], unit: "percent")
    }
    return sample
  }

  private func company(
    _ sample: inout SampleLedger, _ method: ConsolidationRule.Method, sources: [String] = ["*/win-rate"],
    coverage: Quantity? = nil, unit: String = "percent"
  ) throws -> KPIResult {
    let parts = try sources.map { text -> ConsolidationRule.Source in
      text.hasPrefix("*/") ? .everyDepartment(kpi: String(text.dropFirst(2))) : .kpi(try #require(KPIID(text)))
    }
    try sample.add(
      "company/win-rate", formula: method == .inputs ? "won / decided * 100" : "value",
      inputs: method == .inputs ? [("won", .sum), ("decided", .sum)] : [("value", .sum)], targets: ["2026": 40],
      unit: unit
    ) { $0.consolidates = ConsolidationRule(sources: parts, method: method, coverage: coverage) }
    return try sample.scorecard("2026-03").kpi("company/win-rate")
  }

  @Test func byInputsIsARatioOfSums() throws {
    var sample = try regions()
    let kpi = try company(&sample, .inputs)
    #expect(kpi.actual == 40)  // (30 + 10) / (60 + 40) × 100, not the mean of 50 and 25
    #expect(kpi.achievement == 100)  // 40 / 40 × 100
    #expect(kpi.coverage?.description == "2 of 2")
    #expect(kpi.yearToDate.actual == 40)
    #expect(kpi.series.last?.actual == 40)
  }

  @Test(
    arguments: [
      (ConsolidationRule.Method.sum, "75"),  // 50 + 25
      (.mean, "37.5"), (.min, "25"), (.max, "50"),
      (.weighted(input: "decided"), "40"),  // (50 × 60 + 25 × 40) / (60 + 40)
    ])
  func byFigures(method: ConsolidationRule.Method, expected: String) throws {
    var sample = try regions()
    #expect(try company(&sample, method).actual == exact(expected))
  }

  @Test func aSumOfFlowsIsAFlow() throws {
    var sample = SampleLedger()
    for (department, value) in [("east", 31), ("west", 28)] {
      try sample.add("\(department)/orders", rows: [("2026-01", ["value": value])], targets: ["2026": 100])
    }
    try sample.add("company/orders", targets: ["2026": 730]) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "orders")], method: .sum)
    }
    let kpi = try sample.scorecard("2026", asOf: "2026-01-31").kpi("company/orders")
    #expect(kpi.actual == 59)  // 31 + 28
    #expect(kpi.landing == (try exact("694.677419355")))  // 59 × 365 / 31
    #expect(try sample.scorecard("2026-01").kpi("company/orders").target == .value(62))  // 730 × 31 / 365
  }

  @Test func tooLittleCoverageWithholdsTheFigure() throws {
    var sample = try regions()
    try sample.add(
      "north/win-rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)], unit: "percent")
    let withheld = try company(&sample, .inputs)
    #expect(withheld.actual == nil)
    #expect(withheld.coverage?.description == "2 of 3")
    #expect(
      withheld.reasons(.withheld) == ["only 2 of 3 sources have data, and 80 % are needed, without north/win-rate"])
    #expect(withheld.status == .grey)
    let shown = try company(&sample, .inputs, coverage: 60)
    #expect(shown.actual == 40)  // north is left out, not taken for zero
    #expect(shown.reasons(.coverage) == ["2 of 3 sources have data, without north/win-rate"])
  }

  @Test func draftsRetiredAndUnknownSources() throws {
    var sample = try regions()
    try sample.add("north/win-rate", rows: [("2026-03", ["value": 1])]) { $0.status = .draft }
    let kpi = try company(
      &sample, .sum, sources: ["east/win-rate", "west/win-rate", "north/win-rate", "south/win-rate"], coverage: 60)
    #expect(kpi.actual == 75)
    #expect(kpi.coverage?.description == "2 of 3")  // south is missing, north does not count
    #expect(
      kpi.reasons(.unknownSource) == ["north/win-rate is draft and does not count", "there is no KPI south/win-rate"])
    #expect(try sample.scorecard("2026-03").kpis.allSatisfy { $0.id.department != "north" })
  }

  @Test func unitsMustAgree() throws {
    var sample = try regions()
    sample.ledger.definitions[try #require(KPIID("west/win-rate"))]?.calculation.unit = "count"
    let kpi = try company(&sample, .inputs, coverage: 50)
    #expect(kpi.actual == 50)  // 30 / 60 × 100: east alone
    #expect(kpi.reasons(.unitMismatch) == ["west/win-rate is in count and not in percent, so it is left out"])
  }

  @Test func currenciesAreTranslatedByTheMonth() throws {
    var sample = SampleLedger()
    try sample.add(
      "emea/sales", rows: [("2026-01", ["value": 100]), ("2026-02", ["value": 200])], unit: "EUR")
    try sample.add("us/sales", rows: [("2026-01", ["value": 50]), ("2026-02", ["value": 60])], unit: "USD")
    try sample.add("company/sales", targets: ["2026": 6000], unit: "USD") {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "sales")], method: .inputs)
    }
    let months = try ["2026-01", "2026-02"].map { try #require(Period($0)) }
    sample.ledger.rates["EUR-USD"] = ExchangeRates(byPeriod: [
      months[0]: .init(average: try exact("1.1"), closing: 9), months[1]: .init(average: try exact("1.2"), closing: 9),
    ])
    #expect(try sample.scorecard("2026-02").kpi("company/sales").yearToDate.actual == 460)  // 110 + 240 + 50 + 60
    sample.ledger.rates["EUR-USD"]?.byPeriod[months[1]] = nil
    let kpi = try sample.scorecard("2026-02").kpi("company/sales")
    #expect(kpi.actual == nil)  // one of two sources: withheld
    #expect(kpi.flags.map(\.kind).contains(.noRate))
  }

  @Test func aFormulaNamesOtherKPIs() throws {
    var sample = SampleLedger()
    try sample.add(
      "hr/headcount", inputs: [("value", .last)], rows: [("2026-02", ["value": 20]), ("2026-03", ["value": 25])])
    try sample.add(
      "sales/per-head", formula: "value / kpi(hr/headcount)",
      rows: [("2026-02", ["value": 90]), ("2026-03", ["value": 110])], targets: ["2026": 4])
    let month = try sample.scorecard("2026-03").kpi("sales/per-head")
    #expect(month.actual == (try exact("4.4")))  // 110 / 25
    #expect(month.yearToDate.actual == 8)  // (90 + 110) / 25, the last headcount
    sample.ledger.actuals[try #require(KPIID("hr/headcount"))] = nil
    #expect(try sample.scorecard("2026-03").kpi("sales/per-head").actual == nil)
  }

  @Test func whatIsMadeOfItselfHasNoFigure() throws {
    var sample = SampleLedger()
    try sample.add("a/x", formula: "kpi(b/x) + 1", inputs: [])
    try sample.add("b/x", formula: "kpi(a/x) + 1", inputs: [])
    try sample.add("c/x", formula: "kpi(a/x) + 1", inputs: [])
    let scorecard = try sample.scorecard("2026-03")
    #expect(scorecard.kpis.allSatisfy { $0.actual == nil && $0.flags.contains { $0.kind == .cycle } })
    #expect(
      try scorecard.kpi("a/x").reasons(.cycle)
        == ["it is made of itself: a/x, which is made of b/x, which is made of a/x"])
  }

  @Test func aLongChainEndsInAFlagAndNotInACrash() throws {
    var sample = SampleLedger()
    try sample.add("d0/x", rows: [("2026-03", ["value": 1])])
    for index in 1...3000 { try sample.add("d\(index)/x", formula: "kpi(d\(index - 1)/x) + 1", inputs: []) }
    let scorecard = try sample.scorecard("2026-03")
    #expect(try scorecard.kpi("d32/x").actual == 33)
    #expect(try scorecard.kpi("d33/x").actual == nil)
    #expect(try scorecard.kpi("d3000/x").flags.contains { $0.kind == .cycle })
  }

  @Test func aWildcardDoesNotCountWhatConsolidates() throws {
    var sample = try regions()
    try sample.add("group/win-rate", unit: "percent") {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "win-rate")], method: .sum)
    }
    #expect(try company(&sample, .sum).actual == 75)  // east and west, and not the group of both
  }

  @Test func dailyFiguresOnAMonthlyRollUp() throws {
    var sample = SampleLedger()
    try sample.add("east/orders", rows: [("2026-03-01", ["value": 3]), ("2026-03-31", ["value": 4])]) {
      $0.calculation.period = .day
    }
    try sample.add("west/orders", rows: [("2026-03", ["value": 10])])
    try sample.add("company/orders", targets: ["2026-03": 17]) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "orders")], method: .inputs)
    }
    #expect(try sample.scorecard("2026-03").kpi("company/orders").actual == 17)  // 3 + 4 + 10
  }
}
