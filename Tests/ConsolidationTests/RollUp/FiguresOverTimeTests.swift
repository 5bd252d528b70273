import Calculation
import Consolidation
import LedgerModel
import Testing

/// How a KPI's rows become its figures: over months, over dimensions, with gaps.
@Suite struct FiguresOverTimeTests {
  @Test func aMonthAgainstItsTarget() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/orders", rows: [("2026-02", ["value": 40]), ("2026-03", ["value": 45])], targets: ["2026-03": 50])
    let kpi = try sample.scorecard("2026-03").kpi("sales/orders")
    #expect(kpi.actual == 45)
    #expect(kpi.target == .value(50))
    #expect(kpi.achievement == 90)  // 45 / 50 × 100
    #expect(kpi.gap == -5)  // 45 − 50
    #expect(kpi.landing == 45)
    #expect(kpi.shortfall == 5)
    #expect(kpi.score == 90)
    #expect(kpi.status == .amber)  // from 90
    #expect(!kpi.atRisk)
    #expect(kpi.timeElapsed == 100)
  }

  @Test func aRatioOverAQuarterIsARatioOfSums() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/win-rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
      rows: [
        ("2026-01", ["won": 12, "decided": 40]), ("2026-02", ["won": 9, "decided": 38]),
        ("2026-03", ["won": 9, "decided": 22]),
      ], targets: ["2026": 25], unit: "percent")
    let kpi = try sample.scorecard("2026-Q1").kpi("sales/win-rate")
    #expect(kpi.actual == 30)  // (12 + 9 + 9) / (40 + 38 + 22) × 100, not the mean of 30, 23.7 and 40.9
    #expect(kpi.target == .value(25))  // a ratio's target is that of the year as it is
    #expect(kpi.achievement == 120)  // 30 / 25 × 100
    #expect(kpi.score == 100)  // limited to the cap
    #expect(kpi.yearToDate.actual == 30)
    #expect(kpi.yearToDate.periods.description == "3 of 3")
  }

  @Test func aFlowsYearToDate() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/orders", rows: [("2026-01", ["value": 10]), ("2026-02", ["value": 20]), ("2026-03", ["value": 33])],
      targets: ["2026-01": 20, "2026-02": 20, "2026-03": 20])
    let year = try sample.scorecard("2026-03").kpi("sales/orders").yearToDate
    #expect(year.actual == 63)  // 10 + 20 + 33
    #expect(year.target == .value(60))  // 20 + 20 + 20
    #expect(year.achievement == 105)  // 63 / 60 × 100
  }

  @Test func aMissingMonthIsNeverZero() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/win-rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
      rows: [
        ("2026-01", ["won": 10, "decided": 40]), ("2026-02", ["won": 9]), ("2026-03", ["won": 10, "decided": 40]),
      ], targets: ["2026": 25])
    let kpi = try sample.scorecard("2026-Q1").kpi("sales/win-rate")
    #expect(kpi.actual == 25)  // (10 + 10) / (40 + 40) × 100: February has only half of its inputs
    #expect(kpi.reasons(.missing) == ["no value for 2026-02"])
    #expect(kpi.yearToDate.periods.description == "2 of 3")
    #expect(kpi.status == .grey)  // 67 % of the months, and 80 % are needed
    #expect(kpi.score == nil)
    #expect(kpi.reasons(.coverage) == ["no status: 2 of 3 periods recorded, and 80 % are needed"])
  }

  @Test func whatIsNotInYetIsLate() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/orders", rows: [("2026-01", ["value": 10]), ("2026-02", ["value": 10])], targets: ["2026": 120])
    let kpi = try sample.scorecard("2026-03", asOf: "2026-04-02").kpi("sales/orders")
    #expect(kpi.actual == nil)
    #expect(kpi.achievement == nil)
    #expect(kpi.status == .grey)
    #expect(kpi.reasons(.late) == ["2026-03 is over and not recorded yet"])
    let running = try sample.scorecard("2026-03", asOf: "2026-03-20").kpi("sales/orders")
    #expect(running.flags.isEmpty)  // March is not over: nobody owes it yet
    #expect(running.status == .grey)
  }

  @Test func aRunningYearIsJudgedByItsLanding() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/orders", rows: [("2026-01", ["value": 62]), ("2026-02", ["value": 28])], targets: ["2026": 730])
    let kpi = try sample.scorecard("2026", asOf: "2026-03-10").kpi("sales/orders")
    #expect(kpi.actual == 90)
    #expect(kpi.landing == (try exact("556.779661017")))  // 90 × 365 / (31 + 28), to 12 digits
    #expect(kpi.achievement == (try exact("12.3287671233")))  // 90 / 730 × 100
    #expect(kpi.timeElapsed == (try exact("18.904109589")))  // 69 / 365 × 100
    #expect(kpi.outlook == (try exact("76.2711864407")))  // landing / 730 × 100
    #expect(kpi.status == .red)
    #expect(kpi.atRisk)
    #expect(kpi.neededPerDay == (try exact("2.16216216216")))  // (730 − 90) / (365 − 69)
    #expect(kpi.pace == .onTrack)  // 12.33 % achieved in 59 / 365 = 16.16 % of the time
  }

  @Test func dimensionsAddUp() throws {
    var sample = SampleLedger()
    let id = try sample.add(
      "sales/orders",
      rows: [
        ("2026-02", ["value": 1]), ("2026-02", ["value": 2]), ("2026-03", ["value": 30]), ("2026-03", ["value": 12]),
      ], targets: ["2026-03": 42]
    ) { $0.calculation.dimensions = ["territory"] }
    sample.ledger.actuals[id]?.dimensions = [.init(name: "territory", values: ["east", "west", "east", "west"])]
    #expect(try sample.scorecard("2026-03").kpi("sales/orders").actual == 42)  // 30 + 12
    sample.ledger.actuals[id]?.inputs[0].values[3] = nil
    let partial = try sample.scorecard("2026-03").kpi("sales/orders")
    #expect(partial.actual == 30)
    #expect(partial.reasons(.missing).contains("some values of 2026-03 are not there; the figure is of the others"))
  }

  @Test func aSnapshotTakesTheLastMonth() throws {
    var sample = SampleLedger()
    try sample.add(
      "hr/headcount", inputs: [("value", .last)],
      rows: [("2026-01", ["value": 98]), ("2026-02", ["value": 99]), ("2026-03", ["value": 104])],
      targets: ["2026-03": 100]
    ) { $0.calculation.profile = .snapshot }
    let kpi = try sample.scorecard("2026-Q1").kpi("hr/headcount")
    #expect(kpi.actual == 104)
    #expect(kpi.yearToDate.actual == 104)
    #expect(kpi.landing == 104)
    #expect(kpi.pace == nil)
  }

  @Test(arguments: [(MissingPolicy.gap, nil), (.carry, Quantity(10)), (.zero, Quantity(0))])
  func whatAMissingMonthCountsAs(policy: MissingPolicy, expected: Quantity?) throws {
    var sample = SampleLedger()
    try sample.add("sales/orders", rows: [("2026-02", ["value": 10])], targets: ["2026-03": 10]) {
      $0.calculation.missing = policy
    }
    let kpi = try sample.scorecard("2026-03").kpi("sales/orders")
    #expect(kpi.actual == expected)
    #expect(kpi.flags.contains { $0.kind == [MissingPolicy.gap: .late, .carry: .carried, .zero: .zeroed][policy] })
    // Before anything was recorded there is nothing to carry and nothing to take for zero.
    #expect(try sample.scorecard("2026-01").kpi("sales/orders").actual == nil)
  }

  @Test func rowStatusesAreFlags() throws {
    var sample = SampleLedger()
    let id = try sample.add(
      "sales/orders", rows: [("2026-01", ["value": 1]), ("2026-02", ["value": 2]), ("2026-03", [:])],
      targets: ["2026": 12])
    sample.ledger.actuals[id]?.statuses = [.provisional, .estimated, .missing]
    let kpi = try sample.scorecard("2026-Q1").kpi("sales/orders")
    #expect(kpi.flags.map(\.kind) == [.missing, .coverage, .provisional, .estimated].sorted())
    #expect(kpi.reasons(.provisional) == ["2026-01 is not final"])
    #expect(kpi.reasons(.missing) == ["recorded as missing: 2026-03"])
  }

  @Test func aQuarterlyKPIOnAMonthlyScorecard() throws {
    var sample = SampleLedger()
    try sample.add("hr/survey", rows: [("2025-Q4", ["value": 70]), ("2026-Q1", ["value": 77])], targets: ["2026": 280])
    {
      $0.calculation.period = .quarter
    }
    let march = try sample.scorecard("2026-03").kpi("hr/survey")
    #expect(march.actual == 77)  // the quarter ends with March
    #expect(march.period == Period("2026-Q1"))
    let may = try sample.scorecard("2026-05").kpi("hr/survey")
    #expect(may.actual == 77)
    #expect(may.reasons(.otherPeriod) == ["recorded by quarter: the figures are those of 2026-Q1"])
  }

  @Test func divisionByZeroIsNoFigure() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/win-rate", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
      rows: [("2026-03", ["won": 0, "decided": 0])], targets: ["2026": 25])
    let kpi = try sample.scorecard("2026-03").kpi("sales/win-rate")
    #expect(kpi.actual == nil)
    #expect(kpi.flags.map(\.kind) == [.undefined, .missing])  // missing: January and February
  }

  @Test func periodsBeforeAChangeKeepTheirCalculation() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/win-rate", formula: "won / (won + lost) * 100",
      inputs: [("won", .sum), ("lost", .sum), ("decided", .sum)],
      rows: [
        ("2026-01", ["won": 10, "decided": 40]), ("2026-02", ["won": 10, "lost": 30, "decided": 50]),
      ], targets: ["2026": 25]
    ) { definition in
      var old = definition.calculation
      old.formula = (try? Formula(parsing: "won / decided * 100")) ?? .value
      definition.calculation.effectiveFrom = Period("2026-02")
      definition.earlier = [old]
    }
    let kpi = try sample.scorecard("2026-02").kpi("sales/win-rate")
    #expect(kpi.actual == 25)  // 10 / (10 + 30) × 100
    #expect(kpi.series.suffix(2).map(\.actual) == [25, 25])  // 10 / 40 × 100 in January
    #expect(kpi.reasons(.seriesBreak) == ["calculated differently before 2026-02; the year to date begins there"])
  }

  @Test func aKPIOwesNothingFromBeforeItsBeginning() throws {
    var sample = SampleLedger()
    try sample.add("sales/orders", rows: [("2026-03", ["value": 40])], targets: ["2026-03": 40]) {
      $0.calculation.effectiveFrom = Period("2026-03")
    }
    let kpi = try sample.scorecard("2026-03").kpi("sales/orders")
    #expect(kpi.flags.isEmpty)
    #expect(kpi.yearToDate.periods.description == "1 of 1")
  }

  @Test func theSeriesShowsGaps() throws {
    var sample = SampleLedger()
    try sample.add(
      "sales/orders", rows: [("2026-01", ["value": 5]), ("2026-03", ["value": 7])], targets: ["2026": 365])
    let series = try sample.scorecard("2026-03").kpi("sales/orders").series
    #expect(series.count == 13)
    #expect(series.suffix(3).map(\.actual) == [5, nil, 7])
    #expect(series.suffix(3).map(\.target) == [31, 28, 31])  // 365 spread by days
  }
}
