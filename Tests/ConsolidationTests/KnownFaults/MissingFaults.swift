import Calculation
import Consolidation
import LedgerModel
import Testing

/// Ways in which scorecards go wrong about what is not there.
@Suite struct MissingFaults {
  /// January 31 of 31, February nothing, March 31 of 31. The mean of what is there is 31; with 0 for February it would be
  /// 20.67. To date 62 of 31 + 31, and not of 90.
  @Test("missing is not zero") func missingIsNotZero() throws {
    var sample = SampleLedger()
    let rows: [(String, [String: Int])] = [("2026-01", ["value": 31]), ("2026-02", [:]), ("2026-03", ["value": 31])]
    try sample.add("d/sum", rows: rows, targets: ["2026": 365])
    try sample.add("d/mean", inputs: [("value", .mean)], rows: rows, targets: ["2026": 31])
    let quarter = try sample.scorecard("2026-Q1")
    #expect(try quarter.kpi("d/mean").actual == 31)
    let sum = try quarter.kpi("d/sum")
    #expect(sum.yearToDate.target == .value(62) && sum.yearToDate.achievement == 100)
    #expect(sum.yearToDate.periods.description == "2 of 3")
    #expect(sum.reasons(.missing) == ["no value for 2026-02"])
    #expect(sum.status == .grey && sum.series.dropLast().last?.actual == nil)
  }

  /// East 30, north blank, west 12: 42 and a flag, neither nothing nor a silent 42.
  @Test("one blank does not void the total") func oneBlankDoesNotVoidTheTotal() throws {
    var sample = SampleLedger()
    let id = try sample.add(
      "d/k", rows: [("2026-03", ["value": 30]), ("2026-03", [:]), ("2026-03", ["value": 12])], targets: ["2026-03": 60]
    ) { $0.calculation.dimensions = ["territory"] }
    sample.ledger.actuals[id]?.dimensions = [.init(name: "territory", values: ["east", "north", "west"])]
    let kpi = try sample.scorecard("2026-03").kpi("d/k")
    #expect(kpi.actual == 42)
    #expect(kpi.reasons(.missing).contains("some values of 2026-03 are not there; the figure is of the others"))
  }

  /// East won 10 of 20, west won 30 and nobody knows of how many: 10 / 20 = 50 %, not 40 / 20 = 200 %.
  @Test("a ratio is of paired rows") func aRatioIsOfPairedRows() throws {
    var sample = SampleLedger()
    let id = try sample.add(
      "d/k", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
      rows: [("2026-03", ["won": 10, "decided": 20]), ("2026-03", ["won": 30])], targets: ["2026": 50]
    ) { $0.calculation.dimensions = ["territory"] }
    sample.ledger.actuals[id]?.dimensions = [.init(name: "territory", values: ["east", "west"])]
    let kpi = try sample.scorecard("2026-03").kpi("d/k")
    #expect(kpi.actual == 50)
    #expect(kpi.reasons(.missing).contains("some values of 2026-03 are not there; the figure is of the others"))
  }

  /// 12 of 40 and 9 of 10: 21 / 50 = 42 %, where the mean of 30 % and 90 % is 60 %. Over months as over departments.
  @Test("average of averages refused") func averageOfAveragesRefused() throws {
    var sample = SampleLedger()
    let rows: [(String, [String: Int])] = [
      ("2026-01", ["won": 12, "decided": 40]), ("2026-02", ["won": 9, "decided": 10]),
    ]
    func add(_ id: String, _ rows: [(String, [String: Int])], _ change: (inout Definition) -> Void = { _ in }) throws {
      try sample.add(
        id, formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)], rows: rows,
        targets: ["2026": 42], unit: "percent", change)
    }
    try add("d/rate", rows)
    try add("east/share", [rows[0]])
    try add("west/share", [("2026-01", rows[1].1)])
    try add("company/share", []) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "share")], method: .inputs)
    }
    let months = try sample.scorecard("2026-02").kpi("d/rate")
    #expect(months.actual == 90 && months.yearToDate.actual == 42 && months.year.landing == 42)
    #expect(try sample.scorecard("2026-01").kpi("company/share").actual == 42)
  }

  /// Stock of 70 in January and nothing since: March carries 70 and says so. A carried total of a running month would be
  /// extrapolated: 31 orders of January are no 31 × 31 / 10 = 96 on 10 March, so nothing is carried there yet.
  @Test("carry") func carry() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/stock", inputs: [("value", .last)], rows: [("2026-01", ["value": 70])], targets: ["2026": 70]
    ) {
      $0.calculation.missing = .carry
      $0.calculation.profile = .snapshot
    }
    try sample.add("d/orders", rows: [("2026-01", ["value": 31])], targets: ["2026": 365]) {
      $0.calculation.missing = .carry
    }
    let stock = try sample.scorecard("2026-03", asOf: "2026-03-10").kpi("d/stock")
    #expect(stock.actual == 70 && stock.status == .green)
    #expect(stock.reasons(.carried) == ["2026-03 has no value; the last one stands in"])
    let running = try sample.scorecard("2026-03", asOf: "2026-03-10").kpi("d/orders")
    #expect(running.actual == nil && running.landing == nil && running.status == .grey)
    #expect(try sample.scorecard("2026-03").kpi("d/orders").actual == 31)
  }

  /// On 10 June one day of ten is in, with 100 of 100: not a green month but "1 of 10", grey.
  @Test("one reported day in ten is not 100 %") func oneReportedDayInTen() throws {
    var sample = SampleLedger()
    try sample.add("d/k", rows: [("2026-06-04", ["value": 100])], targets: ["2026-06": 3000]) {
      $0.calculation.period = .day
    }
    let kpi = try sample.scorecard("2026-06", asOf: "2026-06-10").kpi("d/k")
    #expect(kpi.actual == 100)
    #expect(kpi.achievement == (try exact("3.33333333333")))  // 100 / 3000 × 100
    #expect(kpi.status == .grey && kpi.score == nil)
    #expect(kpi.reasons(.coverage) == ["no status: 1 of 10 periods recorded, and 80 % are needed"])
  }

  /// East 10, 10, 10 and west 20, 20, nothing: the quarter is not 70 "of 2 of 2". March is 1 of 2 and withheld; what is
  /// known of both is January and February, 60, and 2 of 3 months are too few for a status.
  @Test("a department's missing last month does not shrink the company's total silently")
  func aDepartmentsMissingLastMonth() throws {
    var sample = SampleLedger()
    try sample.add(
      "east/orders", rows: [("2026-01", ["value": 10]), ("2026-02", ["value": 10]), ("2026-03", ["value": 10])])
    try sample.add("west/orders", rows: [("2026-01", ["value": 20]), ("2026-02", ["value": 20])])
    let total = try sample.add("company/orders", targets: ["2026": 365]) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "orders")], method: .sum)
    }
    let quarter = try sample.scorecard("2026-Q1").kpi("company/orders")
    #expect(quarter.actual == 60 && quarter.yearToDate.actual == 60)
    #expect(quarter.yearToDate.periods.description == "2 of 3")
    #expect(quarter.reasons(.missing) == ["no value from west/orders for 2026-03"])
    #expect(quarter.status == .grey)
    let march = try sample.scorecard("2026-03").kpi("company/orders")
    #expect(march.actual == nil && march.status == .grey)
    #expect(march.reasons(.withheld) == ["only 1 of 2 sources have data, and 80 % are needed, without west/orders"])
    // With half of the sources being enough, the total is shown, and says of which month it lacks one.
    sample.ledger.definitions[total]?.consolidates?.coverage = 50
    let shown = try sample.scorecard("2026-Q1").kpi("company/orders")
    #expect(shown.actual == 70)  // 30 + 30 + 10
    #expect(shown.reasons(.missing) == ["no value from west/orders for 2026-03"])
  }

  /// February was closed with 40. The 45 that came later is held: 40 stays, and the line says that a change waits.
  @Test("late actual after a close") func lateActualAfterAClose() throws {
    var sample = SampleLedger()
    try sample.add("d/k", rows: [("2026-02", ["value": 40])], targets: ["2026-02": 40])
    let closed = try sample.scorecard("2026-02").kpi("d/k")
    sample.ledger.closes = [Close(scope: "company", period: try #require(Period("2026-02")))]
    sample.ledger.proposals = [
      Proposal(
        id: "a1", file: "departments/d/actuals/k.csv",
        changes: [.init(key: "row 2026-02", proposed: "{value: 45}", insteadOf: "{value: 40}")],
        by: "Ana Ruiz <ana@example.com>", at: "2026-03-09T10:00:00Z", commit: "3f2a", because: .periodClosed,
        reason: "two orders came in late")
    ]
    let kpi = try sample.scorecard("2026-02").kpi("d/k")
    #expect(kpi.actual == closed.actual && kpi.actual == 40 && kpi.status == .green)
    #expect(kpi.reasons(.held) == ["a change waits to be settled: row 2026-02 by Ana Ruiz"])
  }

  /// What a formula names is not there in March: 10 + 20 of January alone, and "1 of 2" periods, not 2 of 2.
  @Test("a formula of other KPIs lacks one of them") func aFormulaOfOtherKPIsLacksOne() throws {
    var sample = SampleLedger()
    try sample.add("d/a", rows: [("2026-01", ["value": 10]), ("2026-02", ["value": 10])])
    try sample.add("d/b", rows: [("2026-01", ["value": 20])])
    try sample.add("d/sum", formula: "kpi(d/a) + kpi(d/b)", inputs: [], targets: ["2026": 365])
    let kpi = try sample.scorecard("2026-02").kpi("d/sum")
    #expect(kpi.actual == nil && kpi.yearToDate.actual == 30 && kpi.yearToDate.periods.description == "1 of 2")
    #expect(kpi.reasons(.late).isEmpty)  // nobody records it: what it lacks is said instead
    #expect(kpi.reasons(.missing) == ["no value from d/b for 2026-02"])
  }
}
