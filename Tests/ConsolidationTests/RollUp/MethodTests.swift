import Chance
import Calculation
import Consolidation
import LedgerModel
import Testing

/// Each way of `consolidates`, by hand, also of KPIs that consolidate themselves, and in any order.
@Suite struct MethodTests {
  /// Four shops: figure 50 of 60 decided, 25 of 40, 80 of 10, 40 of 90.
  private static let shops: [(id: String, won: Int, decided: Int)] = [
    ("north/rate", 30, 60), ("east/rate", 10, 40), ("south/rate", 8, 10), ("west/rate", 36, 90),
  ]

  private func sample(_ shops: [(id: String, won: Int, decided: Int)] = Self.shops) throws -> SampleLedger {
    var sample = SampleLedger()
    for shop in shops {
      try add(shop.id, rows: [("2026-03", ["won": shop.won, "decided": shop.decided])], to: &sample)
    }
    return sample
  }

  private func add(_ id: String, rows: [(String, [String: Int])], to sample: inout SampleLedger) throws {
    try sample.add(
      id, formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)], rows: rows, unit: "percent")
  }

  /// A KPI of others, with the inputs that `by: inputs` needs.
  private func consolidate(
    _ id: String, _ sources: [String], _ method: ConsolidationRule.Method, in sample: inout SampleLedger
  ) throws {
    let isByInputs = method == .inputs
    try sample.add(
      id, formula: isByInputs ? "won / decided * 100" : "value",
      inputs: isByInputs ? [("won", .sum), ("decided", .sum)] : [("value", .sum)], unit: "percent"
    ) {
      $0.consolidates = ConsolidationRule(sources: sources.compactMap { KPIID($0).map { .kpi($0) } }, method: method)
    }
  }

  static let methods: [(ConsolidationRule.Method, String)] = [
    (.inputs, "42"),  // (30 + 10 + 8 + 36) / (60 + 40 + 10 + 90) × 100 = 84 / 200 × 100
    (.sum, "195"),  // 50 + 25 + 80 + 40
    (.mean, "48.75"),  // 195 / 4
    (.weighted(input: "decided"), "42"),  // (50 × 60 + 25 × 40 + 80 × 10 + 40 × 90) / 200 = 8400 / 200
    (.min, "25"), (.max, "80"),
  ]

  @Test("each way, by hand", arguments: methods)
  func byHand(method: ConsolidationRule.Method, expected: String) throws {
    var sample = try sample()
    try consolidate("all/rate", Self.shops.map(\.id), method, in: &sample)
    #expect(try sample.scorecard("2026-03").kpi("all/rate").actual == exact(expected))
  }

  @Test("the sources' order changes nothing", arguments: methods)
  func anyOrder(method: ConsolidationRule.Method, expected: String) throws {
    var random = Dice(11)
    for _ in 0..<8 {
      var sample = try sample()
      try consolidate("all/rate", Self.shops.map(\.id).shuffled(using: &random), method, in: &sample)
      #expect(try sample.scorecard("2026-03").kpi("all/rate").actual == exact(expected))
    }
  }

  @Test("what consolidates may be consolidated: sums, least, greatest, inputs and weights come out as of all at once")
  func inLevels() throws {
    let methods: [ConsolidationRule.Method] = [.inputs, .sum, .weighted(input: "decided"), .min, .max]
    for method in methods {
      var sample = try sample()
      try consolidate("one/rate", ["north/rate", "east/rate", "south/rate"], method, in: &sample)
      try consolidate("two/rate", ["west/rate"], method, in: &sample)
      try consolidate("all/rate", ["one/rate", "two/rate"], method, in: &sample)
      let expected = try #require(Self.methods.first { $0.0 == method }).1
      #expect(try sample.scorecard("2026-03").kpi("all/rate").actual == exact(expected), "\(method)")
    }
  }

  @Test("a mean of means is not the mean of all, and is no other than what was asked for")
  func aMeanOfMeans() throws {
    var sample = try sample()
    try consolidate("one/rate", ["north/rate", "east/rate", "south/rate"], .mean, in: &sample)
    try consolidate("all/rate", ["one/rate", "west/rate"], .mean, in: &sample)
    // ((50 + 25 + 80) / 3 + 40) / 2, the inner one to 12 digits: (51.6666666667 + 40) / 2
    #expect(try sample.scorecard("2026-03").kpi("all/rate").actual == exact("45.8333333334"))
  }

  @Test("a mean never divides by what is not there")
  func aMeanOverWhatIsThere() throws {
    var sample = try sample()
    for index in 1...1 { try add("new\(index)/rate", rows: [], to: &sample) }
    try consolidate("all/rate", Self.shops.map(\.id) + ["new1/rate"], .mean, in: &sample)
    let kpi = try sample.scorecard("2026-03").kpi("all/rate")
    #expect(try kpi.actual == exact("48.75"))  // 195 / 4, and not 195 / 5
    #expect(kpi.coverage?.description == "4 of 5")  // 80 %: enough
  }

  @Test("the last is the figure of the source recorded last, and one is enough")
  func theLast() throws {
    var sample = SampleLedger()
    // The old system counted until February, the new one from February on.
    try sample.add(
      "old/staff", inputs: [("value", .last)], rows: [("2026-01", ["value": 90]), ("2026-02", ["value": 91])])
    try sample.add(
      "new/staff", inputs: [("value", .last)], rows: [("2026-02", ["value": 95]), ("2026-03", ["value": 99])])
    try sample.add("all/staff", inputs: [("value", .last)]) {
      $0.consolidates = ConsolidationRule(
        sources: ["new/staff", "old/staff"].compactMap { KPIID($0).map { .kpi($0) } }, method: .last)
    }
    let kpi = try sample.scorecard("2026-Q1").kpi("all/staff")
    #expect(kpi.actual == 99)  // recorded in March; the old one ended in February
    #expect(kpi.coverage?.description == "1 of 1")
    #expect(kpi.missingSources.isEmpty)
    #expect(kpi.series.suffix(3).map(\.actual) == [90, 91, 99])  // in February both: old/staff is named last
    #expect(kpi.yearToDate.actual == 99)
  }

  @Test("a source is paired by the inputs of the KPI that adds it up, row by row")
  func pairedRows() throws {
    var sample = SampleLedger()
    // Its own figure needs only `won`; February has no `decided`.
    try sample.add(
      "east/rate", formula: "won", inputs: [("won", .sum), ("decided", .sum)],
      rows: [
        ("2026-01", ["won": 10, "decided": 40]), ("2026-02", ["won": 99]), ("2026-03", ["won": 20, "decided": 40]),
      ], unit: "percent")
    try add("west/rate", rows: [("2026-01", ["won": 30, "decided": 40])], to: &sample)
    try consolidate("all/rate", ["east/rate", "west/rate"], .inputs, in: &sample)
    // (10 + 20 + 30) / (40 + 40 + 40) × 100: February's 99 have nothing to be divided by.
    #expect(try sample.scorecard("2026-Q1").kpi("all/rate").actual == 50)
  }

  @Test("rows of one period are paired, too: half a row of a dimension counts for nothing")
  func pairedDimensions() throws {
    var sample = SampleLedger()
    try add(
      "east/rate",
      rows: [("2026-03", ["won": 10, "decided": 40]), ("2026-03", ["won": 30])], to: &sample)
    let id = try #require(KPIID("east/rate"))
    sample.ledger.definitions[id]?.calculation.dimensions = ["territory"]
    sample.ledger.actuals[id]?.dimensions = [.init(name: "territory", values: ["a", "b"])]
    let kpi = try sample.scorecard("2026-03").kpi("east/rate")
    #expect(kpi.actual == 25)  // 10 / 40 × 100, and not (10 + 30) / 40 × 100
    #expect(kpi.reasons(.missing).first?.hasPrefix("some values of 2026-03") == true)
  }

  @Test("a source whose inputs were others before is added up by their names, not by their places")
  func earlierInputs() throws {
    var sample = SampleLedger()
    try sample.add(
      "east/rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum), ("lost", .sum)],
      rows: [("2026-01", ["won": 10, "lost": 30, "decided": 80]), ("2026-02", ["won": 20, "decided": 50])],
      unit: "percent"
    ) { definition in
      var old = definition.calculation
      old.formula = (try? Formula(parsing: "lost / won")) ?? .value
      definition.calculation.effectiveFrom = Period("2026-02")
      definition.earlier = [old]
    }
    try consolidate("all/rate", ["east/rate"], .inputs, in: &sample)
    let series = try sample.scorecard("2026-02").kpi("all/rate").series.suffix(2).map(\.actual)
    #expect(try series == [exact("12.5"), 40])  // 10 / 80 × 100, 20 / 50 × 100
  }

  @Test("a KPI's own earlier calculation serves its earlier periods")
  func earlierCalculation() throws {
    var sample = try sample([("east/rate", 10, 40)])
    let id = try #require(KPIID("east/rate"))
    sample.ledger.actuals[id] = try SampleLedger.actuals(
      ["won", "decided"], [("2026-02", ["won": 10, "decided": 40]), ("2026-03", ["won": 10, "decided": 40])])
    try consolidate("all/rate", ["east/rate"], .inputs, in: &sample)
    let all = try #require(KPIID("all/rate"))
    var old = try #require(sample.ledger.definitions[all]?.calculation)
    old.formula = try Formula(parsing: "decided / won")
    sample.ledger.definitions[all]?.earlier = [old]
    sample.ledger.definitions[all]?.calculation.effectiveFrom = Period("2026-03")
    #expect(try sample.scorecard("2026-03").kpi("all/rate").series.suffix(2).map(\.actual) == [4, 25])
  }

  @Test("the sum over departments is the total over all rows, whatever the rows")
  func sumsOverDepartments() throws {
    var random = Dice(3)
    for _ in 0..<20 {
      var sample = SampleLedger()
      var total = Quantity.zero
      for department in 0..<6 {
        let cents = (1...3).map { _ in Int.random(in: -500...100_000, using: &random) }
        total += Quantity(cents.reduce(0, +))
        try sample.add(
          "d\(department)/sales", rows: zip(1..., cents).map { ("2026-0\($0)", ["value": $1]) })
      }
      for method in [ConsolidationRule.Method.sum, .inputs] {
        try sample.add("all/sales") {
          $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "sales")], method: method)
        }
        let scorecard = try sample.scorecard("2026-Q1")
        #expect(try scorecard.kpi("all/sales").actual == total)
        #expect(try scorecard.kpi("all/sales").yearToDate.actual == total)
      }
    }
  }

  @Test("sources at different cycles are named, and one that is recorded too seldom is left out")
  func differentCycles() throws {
    var sample = SampleLedger()
    try sample.add("east/orders", rows: [("2026-03-02", ["value": 3])]) { $0.calculation.period = .day }
    try sample.add("west/orders", rows: [("2026-03", ["value": 10])])
    try sample.add("hr/orders", rows: [("2026-Q1", ["value": 10])]) { $0.calculation.period = .quarter }
    try sample.add("all/orders") {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "orders")], method: .sum, coverage: 50)
    }
    let kpi = try sample.scorecard("2026-03").kpi("all/orders")
    #expect(kpi.actual == 13)  // 3 + 10
    #expect(kpi.missingSources.map(\.description) == ["hr/orders"])
    #expect(
      kpi.reasons(.differentCycles) == [
        "hr/orders is recorded by quarter, too seldom for a KPI by month, so it is left out",
        "its sources are recorded at different cycles: east/orders by day, west/orders by month",
      ])
  }
}
