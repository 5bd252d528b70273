import Calculation
import Consolidation
import LedgerModel
import Testing

/// Where the fiscal year is heading, beside the period.
@Suite struct YearOutlookTests {
  /// The months of 2025.
  private static func year(_ value: (Int) -> Int) -> [(String, [String: Int])] {
    (1...12).map { month in ("2025-\(month < 10 ? "0" : "")\(month)", ["value": value(month)]) }
  }

  /// January 62, February 28, and nothing of March yet: 90 in 59 of 365 days land at 90 × 365 / 59.
  @Test func aFlowLandsByTheTimeThatItsPeriodsCover() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", rows: [("2026-01", ["value": 62]), ("2026-02", ["value": 28])], targets: ["2026": 730])
    let february = try sample.scorecard("2026-02").kpi("d/k").year
    #expect(february.landing == (try exact("556.779661017")) && february.target == .value(730))
    #expect(february.shortfall == (try exact("173.220338983")))  // 730 − 556.779…
    // A month that is missing is no zero: the year lands where it did.
    #expect(try sample.scorecard("2026-03").kpi("d/k").year == february)
    #expect(try sample.scorecard("2026", asOf: "2026-03-31").kpi("d/k").year == february)
  }

  /// On 10 March the month is 10 of 31 days old: 62 + 28 + 10 = 100 in 69 days are 100 × 365 / 69.
  @Test func aRunningMonthCountsAsFarAsItGoes() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", rows: [("2026-01", ["value": 62]), ("2026-02", ["value": 28]), ("2026-03", ["value": 10])],
      targets: ["2026": 730])
    let kpi = try sample.scorecard("2026-03", asOf: "2026-03-10").kpi("d/k")
    #expect(kpi.year.landing == (try exact("528.985507246")))
    #expect(kpi.landing == 31)  // 10 × 31 / 10
  }

  @Test func aRatioLandsOnItsYearToDate() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", formula: "won / decided * 100", inputs: [("won", .sum), ("decided", .sum)],
      rows: [("2026-01", ["won": 12, "decided": 40]), ("2026-02", ["won": 9, "decided": 10])], targets: ["2026": 45])
    let kpi = try sample.scorecard("2026-02").kpi("d/k")
    #expect(kpi.year == .init(target: .value(45), landing: 42, shortfall: 3))  // 21 / 50 × 100
  }

  @Test func aYearThatIsOverLandsOnWhatItIs() throws {
    var sample = SampleLedger()
    sample.ledger.settings.calendar.startMonth = 7
    let rows = ["2025-07", "2025-12", "2026-06"].map { ($0, ["value": 100]) }
    try sample.add("d/k", rows: rows, targets: ["2026": 400]) { $0.calculation.missing = .zero }
    #expect(try sample.scorecard("2026-06").kpi("d/k").year == .init(target: .value(400), landing: 300, shortfall: 100))
  }

  /// Begun in July: what it will have brought by the end is 62 × 184 / 62 days, not a whole year's 365.
  @Test func aKPIBegunInTheYearLandsOnWhatItWillHave() throws {
    var sample = SampleLedger()
    try sample.add("d/k", rows: [("2026-07", ["value": 31]), ("2026-08", ["value": 31])], targets: ["2026": 184]) {
      $0.calculation.effectiveFrom = Period("2026-07")
    }
    #expect(try sample.scorecard("2026-08").kpi("d/k").year == .init(target: .value(184), landing: 184, shortfall: 0))
  }

  /// The year before brought 10 in January and 90 in December. 20 in January land at 20 × 100 / 10 = 200, a target of 200
  /// is 20 in January; the year before that is not known, so January 2025 is by days and says so.
  @Test func seasonalGoesByLastYear() throws {
    var sample = SampleLedger()
    let months = Self.year { $0 == 1 ? 10 : $0 == 12 ? 90 : 0 }
    try sample.add(
      "d/k", rows: months + [("2026-01", ["value": 20])], targets: ["2026": 200, "2025": 365]
    ) { $0.calculation.profile = .seasonal }
    let january = try sample.scorecard("2026-01").kpi("d/k")
    #expect(january.target == .value(20) && january.achievement == 100)
    #expect(january.year == .init(target: .value(200), landing: 200, shortfall: 0))
    #expect(january.flags.isEmpty && january.series.count == 13)
    let running = try sample.scorecard("2026", asOf: "2026-01-31").kpi("d/k")
    #expect(running.timeElapsed == 10 && running.landing == 200 && running.pace == .onTrack)
    #expect(running.status == .green)
    let before = try sample.scorecard("2025-01").kpi("d/k")
    #expect(before.target == .value(31))
    #expect(before.reasons(.standIn) == ["counted by calendar days: 2024 has figures of 0 of 12 periods only"])
  }

  @Test func aSeasonalTotalIsMadeOfSeasonalParts() throws {
    var sample = SampleLedger()
    for (department, january) in [("east", 10), ("west", 30)] {
      let months = Self.year { $0 == 1 ? january : $0 == 12 ? 60 : 0 }
      try sample.add("\(department)/k", rows: months + [("2026-01", ["value": january])])
    }
    try sample.add("company/k", targets: ["2026": 320]) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "k")], method: .sum)
      $0.calculation.profile = .seasonal
    }
    // Last year 40 in January and 120 in December: a quarter of the year's 320 belongs to January, and 40 land at 160.
    let kpi = try sample.scorecard("2026-01").kpi("company/k")
    #expect(kpi.target == .value(80) && kpi.year.landing == 160 && kpi.year.shortfall == 160)
  }
}
