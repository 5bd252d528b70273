import Calculation
import Consolidation
import LedgerModel
import Testing

/// Money of several currencies in one KPI: which rate, what is shown of it, what happens without one.
@Suite struct CurrencyTests {
  private func rates(
    _ pair: String, _ rates: [String: (average: String?, closing: String?)], in sample: inout SampleLedger
  ) throws {
    var known = ExchangeRates()
    for (period, rate) in rates {
      known.byPeriod[try #require(Period(period))] = try .init(
        average: rate.average.map { try exact($0) }, closing: rate.closing.map { try exact($0) })
    }
    sample.ledger.rates[pair] = known
  }

  /// Sales of 100 and 200 EUR; by the rates of the test 1 EUR was 1.1 USD on average in January and 1.2 in February.
  private func sales(unit: String = "EUR") throws -> SampleLedger {
    var sample = SampleLedger()
    try sample.add(
      "emea/sales", rows: [("2026-01", ["value": 100]), ("2026-02", ["value": 200])], unit: unit)
    try rates(
      "EUR-USD", ["2026-01": (average: "1.1", closing: "3"), "2026-02": (average: "1.2", closing: "4")], in: &sample)
    return sample
  }

  private func addTotal(
    to sample: inout SampleLedger, _ method: ConsolidationRule.Method = .sum, id: String = "all/total",
    of sources: [String] = ["emea/sales"], unit: String = "USD", _ change: (inout Definition) -> Void = { _ in }
  ) throws {
    try sample.add(id, unit: unit) {
      $0.consolidates = ConsolidationRule(
        sources: sources.compactMap { KPIID($0).map { .kpi($0) } }, method: method, coverage: 50)
      change(&$0)
    }
  }

  private func shown(_ kpi: KPIResult) -> [String] {
    kpi.rates.map { "\($0.source)-\($0.target) \($0.period) \($0.rate) \($0.isAverage ? "average" : "closing")" }
  }

  @Test("a flow takes each period's average rate, and shows it", arguments: [ConsolidationRule.Method.sum, .inputs])
  func flowsTakeTheAverage(method: ConsolidationRule.Method) throws {
    var sample = try sales()
    try addTotal(to: &sample, method)
    let february = try sample.scorecard("2026-02").kpi("all/total")
    #expect(february.actual == 240)  // 200 × 1.2
    #expect(shown(february) == ["EUR-USD 2026-02 1.2 average"])
    #expect(february.yearToDate.actual == 350)  // 100 × 1.1 + 200 × 1.2
    let quarter = try sample.scorecard("2026-Q1", asOf: "2026-03-01").kpi("all/total")
    #expect(quarter.actual == 350)
    #expect(shown(quarter) == ["EUR-USD 2026-01 1.1 average", "EUR-USD 2026-02 1.2 average"])
  }

  /// Cash of 100 and 200 EUR at the ends of the months.
  @Test("a state takes the closing rate of its own period", arguments: [ConsolidationRule.Method.sum, .inputs])
  func statesTakeTheClosingRate(method: ConsolidationRule.Method) throws {
    var sample = try sales()
    let id = try #require(KPIID("emea/sales"))
    sample.ledger.definitions[id]?.calculation.profile = .snapshot
    sample.ledger.definitions[id]?.calculation.inputs = [.init(name: "value", aggregate: .last)]
    try addTotal(to: &sample, method) { $0.calculation.profile = .snapshot }
    let quarter = try sample.scorecard("2026-Q1", asOf: "2026-03-01").kpi("all/total")
    #expect(quarter.actual == 800)  // 200 × 4: the last value, at the closing rate of its month
    #expect(shown(quarter) == ["EUR-USD 2026-02 4 closing"])
    #expect(quarter.series.suffix(3).map(\.actual) == [300, 800, nil])  // 100 × 3, 200 × 4
  }

  @Test("without a rate the source is missing, and the reason says which")
  func aMissingRate() throws {
    var sample = try sales()
    try rates("EUR-USD", ["2026-01": (average: "1.1", closing: nil)], in: &sample)
    try sample.add("us/sales", rows: [("2026-01", ["value": 50]), ("2026-02", ["value": 60])], unit: "USD")
    try addTotal(to: &sample, of: ["emea/sales", "us/sales"])
    let february = try sample.scorecard("2026-02").kpi("all/total")
    #expect(february.actual == 60)  // the US alone: 200 EUR are not 200 USD
    #expect(february.coverage?.description == "1 of 2")
    #expect(february.missingSources.map(\.description) == ["emea/sales"])
    #expect(
      february.reasons(.noRate) == ["no average rate from EUR to USD for 2026-02, so emea/sales is missing there"])
    #expect(february.rates.isEmpty)
    let january = try sample.scorecard("2026-01").kpi("all/total")
    #expect(january.actual == 160)  // 100 × 1.1 + 50
    #expect(january.reasons(.noRate).isEmpty)
  }

  @Test("a missing closing rate is named as such")
  func aMissingClosingRate() throws {
    var sample = try sales()
    sample.ledger.rates = [:]
    sample.ledger.definitions[try #require(KPIID("emea/sales"))]?.calculation.profile = .snapshot
    try addTotal(to: &sample)
    let kpi = try sample.scorecard("2026-02").kpi("all/total")
    #expect(kpi.actual == nil)
    #expect(
      kpi.reasons(.noRate) == [
        "no closing rate from EUR to USD for 2026-01, so emea/sales is missing there",
        "no closing rate from EUR to USD for 2026-02, so emea/sales is missing there",
      ])
  }

  @Test("the opposite pair serves turned round")
  func inversePairs() throws {
    var sample = try sales()
    sample.ledger.rates = [:]
    try rates("USD-EUR", ["2026-02": (average: "0.8", closing: nil)], in: &sample)
    try addTotal(to: &sample)
    let kpi = try sample.scorecard("2026-02").kpi("all/total")
    #expect(kpi.actual == 250)  // 200 / 0.8
    #expect(shown(kpi) == ["EUR-USD 2026-02 1.25 average"])
  }

  @Test("a pair that the ledger does not have goes through the ledger's currency")
  func crossRates() throws {
    var sample = try sales()
    try rates("GBP-USD", ["2026-02": (average: "1.5", closing: nil)], in: &sample)
    try addTotal(to: &sample, unit: "GBP")
    let kpi = try sample.scorecard("2026-02").kpi("all/total")
    #expect(kpi.actual == 160)  // 200 × 1.2 / 1.5
    #expect(shown(kpi) == ["EUR-GBP 2026-02 0.8 average"])
  }

  @Test("a longer period's rate serves the shorter ones, and a month's closing closes its quarter")
  func otherPeriods() throws {
    var sample = try sales()
    try rates("EUR-USD", ["2026": (average: "2", closing: nil), "2026-03": (average: nil, closing: "5")], in: &sample)
    try addTotal(to: &sample)
    #expect(try sample.scorecard("2026-02").kpi("all/total").actual == 400)  // 200 × 2, the year's average
    try sample.add("emea/cash", inputs: [("value", .last)], rows: [("2026-Q1", ["value": 7])], unit: "EUR") {
      $0.calculation.period = .quarter
    }
    try addTotal(to: &sample, id: "all/cash", of: ["emea/cash"]) { $0.calculation.period = .quarter }
    #expect(try sample.scorecard("2026-Q1").kpi("all/cash").actual == 35)  // 7 × 5, the closing of March
  }

  /// 10 orders of 20 EUR each and 30 orders of 40 USD each, one EUR being 2 USD at the end of the month.
  @Test("a ratio in money is translated as a figure, and its weights stay what they are")
  func ratiosInMoney() throws {
    var sample = SampleLedger()
    for (department, revenue, orders, unit) in [("emea", 200, 10, "EUR"), ("us", 1200, 30, "USD")] {
      try sample.add(
        "\(department)/order-value", formula: "revenue / orders", inputs: [("revenue", .sum), ("orders", .sum)],
        rows: [("2026-03", ["revenue": revenue, "orders": orders])], unit: unit)
    }
    try rates("EUR-USD", ["2026-03": (average: "9", closing: "2")], in: &sample)
    let sources = ["emea/order-value", "us/order-value"]
    try addTotal(to: &sample, .weighted(input: "orders"), of: sources)
    let kpi = try sample.scorecard("2026-03").kpi("all/total")
    #expect(kpi.actual == 40)  // (20 × 2 × 10 + 40 × 30) / (10 + 30) = 1600 / 40
    #expect(kpi.flags.allSatisfy { $0.kind != .noRate && $0.kind != .unitMismatch })
    // By inputs there is no saying which of them is money.
    try sample.add(
      "all/by-inputs", formula: "revenue / orders", inputs: [("revenue", .sum), ("orders", .sum)], unit: "USD"
    ) {
      $0.consolidates = ConsolidationRule(
        sources: sources.compactMap { KPIID($0).map { .kpi($0) } }, method: .inputs, coverage: 50)
    }
    let byInputs = try sample.scorecard("2026-03").kpi("all/by-inputs")
    #expect(byInputs.actual == 40)  // the US alone: 1200 / 30
    #expect(byInputs.missingSources.map(\.description) == ["emea/order-value"])
    #expect(
      byInputs.reasons(.unitMismatch) == [
        "emea/order-value is a ratio in EUR, whose inputs cannot be translated one by one, so it is left out"
      ])
  }

  @Test("through several levels money is translated once, straight into the currency of the whole")
  func inLevels() throws {
    var sample = try sales()
    try rates("EUR-GBP", ["2026-02": (average: "0.5", closing: nil)], in: &sample)
    try rates("GBP-USD", ["2026-02": (average: "3", closing: nil)], in: &sample)
    try addTotal(to: &sample, id: "uk/total", unit: "GBP")
    try addTotal(to: &sample, of: ["uk/total"])
    let scorecard = try sample.scorecard("2026-02")
    #expect(try scorecard.kpi("uk/total").actual == 100)  // 200 × 0.5
    let all = try scorecard.kpi("all/total")
    #expect(all.actual == 240)  // 200 × 1.2, and not 200 × 0.5 × 3
    #expect(shown(all) == ["EUR-USD 2026-02 1.2 average"])
  }

  @Test("a formula adds up KPIs of several currencies in its own")
  func formulas() throws {
    var sample = try sales()
    try sample.add("us/sales", rows: [("2026-01", ["value": 50]), ("2026-02", ["value": 60])], unit: "USD")
    try sample.add(
      "all/total", formula: "kpi(emea/sales) + kpi(us/sales)", inputs: [], unit: "USD")
    let kpi = try sample.scorecard("2026-02").kpi("all/total")
    #expect(kpi.actual == 300)  // 200 × 1.2 + 60
    #expect(kpi.yearToDate.actual == 460)  // 100 × 1.1 + 50 + 300
    #expect(shown(kpi) == ["EUR-USD 2026-02 1.2 average"])
    // A share of two currencies is taken in the ledger's, USD.
    try sample.add(
      "all/share", formula: "kpi(emea/sales) / kpi(us/sales) * 100", inputs: [], unit: "percent")
    #expect(try sample.scorecard("2026-02").kpi("all/share").actual == 400)  // 240 / 60 × 100
  }

  @Test("a KPI made by a formula is translated month by month")
  func formulasTranslated() throws {
    var sample = try sales()
    try sample.add("emea/net", formula: "kpi(emea/sales) * 0.5", inputs: [], unit: "EUR")
    try addTotal(to: &sample, of: ["emea/net"])
    let kpi = try sample.scorecard("2026-02").kpi("all/total")
    #expect(kpi.actual == 120)  // 200 × 0.5 × 1.2
    #expect(kpi.yearToDate.actual == 175)  // 50 × 1.1 + 100 × 1.2
    #expect(shown(kpi) == ["EUR-USD 2026-02 1.2 average"])
  }
}
