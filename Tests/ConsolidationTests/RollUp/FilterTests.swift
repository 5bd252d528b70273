import Calculation
import Consolidation
import LedgerModel
import Testing

/// `where:` of a consolidation: only some rows of the sources.
@Suite struct FilterTests {
  /// East sells 10 in EMEA, 20 in the US and 5 in Asia; west 100, 200 and nothing yet in Asia.
  private func sample() throws -> SampleLedger {
    var sample = SampleLedger()
    for (department, values) in [("east", [10, 20, 5]), ("west", [100, 200])] {
      let id = try sample.add("\(department)/sales", rows: values.map { ("2026-03", ["value": $0]) }) {
        $0.calculation.dimensions = ["territory"]
      }
      let territories = Array(["emea", "us", "asia"].prefix(values.count))
      sample.ledger.actuals[id]?.dimensions = [.init(name: "territory", values: territories)]
    }
    return sample
  }

  private func total(
    _ sample: SampleLedger, where filter: [String: [String]], by method: ConsolidationRule.Method = .inputs,
    coverage: Quantity? = nil
  ) throws -> KPIResult {
    var sample = sample
    try sample.add("all/sales") {
      $0.consolidates = ConsolidationRule(
        sources: [.everyDepartment(kpi: "sales")], method: method, coverage: coverage, filter: filter)
    }
    return try sample.scorecard("2026-03").kpi("all/sales")
  }

  @Test(
    "only the rows with one of the values count",
    arguments: [
      (["emea"], 110),  // 10 + 100
      (["emea", "us"], 330),  // 10 + 20 + 100 + 200
      (["us", "nowhere"], 220),  // 20 + 200
    ])
  func valuesFilter(values: [String], expected: Int) throws {
    #expect(try total(sample(), where: ["territory": values]).actual == Quantity(expected))
    #expect(try total(sample(), where: ["territory": values], by: .sum).actual == Quantity(expected))
  }

  @Test("a filter over all values is no filter")
  func allValues() throws {
    let all = try total(sample(), where: ["territory": ["asia", "us", "emea"]])
    #expect(all.actual == 335)  // 35 + 300
    #expect(try total(sample(), where: [:]) == all)
  }

  @Test("the parts of a filter add up to the whole")
  func partsAddUp() throws {
    let parts = try ["emea", "us", "asia"].map { value in
      try total(sample(), where: ["territory": [value]], coverage: 50).actual ?? .zero
    }
    #expect(parts == [110, 220, 5])
    #expect(parts.reduce(.zero, +) == (try total(sample(), where: [:]).actual))
  }

  @Test("a source without a row of the filter is missing, and not zero")
  func noRowIsMissing() throws {
    let asia = try total(sample(), where: ["territory": ["asia"]])
    #expect(asia.actual == nil)  // 1 of 2
    #expect(
      asia.reasons(.withheld) == ["only 1 of 2 sources have data, and 80 % are needed, without west/sales"])
  }

  @Test("two dimensions must both fit")
  func twoDimensions() throws {
    var sample = SampleLedger()
    let id = try sample.add("east/sales", rows: [1, 2, 4, 8].map { ("2026-03", ["value": $0]) }) {
      $0.calculation.dimensions = ["territory", "line"]
    }
    sample.ledger.actuals[id]?.dimensions = [
      .init(name: "territory", values: ["emea", "emea", "us", "us"]),
      .init(name: "line", values: ["a", "b", "a", "b"]),
    ]
    let kpi = try total(sample, where: ["territory": ["us"], "line": ["a", "b"]])
    #expect(kpi.actual == 12)  // 4 + 8
    #expect(try total(sample, where: ["territory": ["us"], "line": ["b"]]).actual == 8)
  }

  @Test("a source that has no such dimension is left out, and named")
  func unknownDimension() throws {
    var sample = try sample()
    try sample.add("south/sales", rows: [("2026-03", ["value": 1000])])
    let kpi = try total(sample, where: ["territory": ["emea"]], coverage: 60)
    #expect(kpi.actual == 110)  // 10 + 100, not 1000 of unknown territory
    #expect(kpi.missingSources.map(\.description) == ["south/sales"])
    #expect(
      kpi.reasons(.unknownSource) == ["south/sales has no dimension territory to filter by, so it is left out"])
  }

  @Test("the sources themselves and others that consolidate them keep all their rows")
  func othersAreNotFiltered() throws {
    var sample = try sample()
    try sample.add("home/sales-emea") {
      $0.consolidates = ConsolidationRule(
        sources: [.everyDepartment(kpi: "sales")], method: .sum, filter: ["territory": ["emea"]])
    }
    try sample.add("home/sales-all") {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "sales")], method: .sum)
    }
    let scorecard = try sample.scorecard("2026-03")
    #expect(try scorecard.kpi("home/sales-emea").actual == 110)
    #expect(try scorecard.kpi("home/sales-all").actual == 335)
    #expect(try scorecard.kpi("east/sales").actual == 35)
  }
}
