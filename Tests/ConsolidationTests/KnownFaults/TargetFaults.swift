import Calculation
import Consolidation
import LedgerModel
import Testing

/// Ways in which scorecards go wrong about targets.
@Suite struct TargetFaults {
  private func kpi(
    actual: Int, target: Int, _ direction: Direction, baseline: Quantity? = nil
  ) throws -> KPIResult {
    var sample = SampleLedger()
    try sample.add("d/k", rows: [("2026-03", ["value": actual])], targets: ["2026-03": target]) {
      $0.calculation.direction = direction
      $0.baseline = baseline
    }
    return try sample.scorecard("2026-03").kpi("d/k")
  }

  /// 3 of 0 has no percentage: no score, grey with the reason, and still a gap of 0 − 3 = −3. With the baseline 12 it is
  /// (3 − 12) / (0 − 12) × 100 = 75.
  @Test("zero target") func zeroTarget() throws {
    let bare = try kpi(actual: 3, target: 0, .lower)
    #expect(bare.achievement == nil && bare.score == nil && bare.status == .grey && bare.gap == -3)
    #expect(bare.reasons(.noAchievement) == ["the target is not above zero and there is no baseline to measure from"])
    let measured = try kpi(actual: 3, target: 0, .lower, baseline: 12)
    #expect(measured.achievement == 75 && measured.status == .red)
  }

  /// A result of −5 against −10: −5 / −10 would be 50 % for what is better than planned. Without a baseline there is no
  /// percentage; from −20 it is (−5 + 20) / (−10 + 20) × 100 = 150, and −15 is (−15 + 20) / 10 × 100 = 50.
  @Test("negative target") func negativeTarget() throws {
    let bare = try kpi(actual: -5, target: -10, .higher)
    #expect(bare.achievement == nil && bare.status == .grey && bare.gap == 5)
    let better = try kpi(actual: -5, target: -10, .higher, baseline: -20)
    #expect(better.achievement == 150 && better.score == 100 && better.status == .green)
    #expect(try kpi(actual: -15, target: -10, .higher, baseline: -20).achievement == 50)
  }

  /// No accident where five were accepted: (2 − 0 / 5) × 100 = 200, limited to 100. target / actual would divide by zero,
  /// actual / target would be 0 %.
  @Test("lower is better with actual 0") func lowerIsBetterWithActualZero() throws {
    let kpi = try kpi(actual: 0, target: 5, .lower)
    #expect(kpi.achievement == 200 && kpi.score == 100 && kpi.status == .green && kpi.gap == 5)
  }

  /// 95 to 105 with a tolerance of 10: 105 is 100, 109 is (10 − 4) / 10 × 100 = 60 and not 109 / 100, 120 is 0.
  @Test("band", arguments: [(100, 100, 0), (105, 100, 0), (109, 60, -4), (91, 60, -4), (120, 0, -15)])
  func band(actual: Int, achieved: Int, gap: Int) throws {
    var sample = SampleLedger()
    let year = try #require(Period("2026"))
    try sample.add("d/k", inputs: [("value", .last)], rows: [("2026-03", ["value": actual])]) {
      $0.calculation.direction = .band
      $0.calculation.profile = .snapshot
      $0.targets = [year: .band(low: 95, high: 105, tolerance: 10)]
    }
    let kpi = try sample.scorecard("2026-03").kpi("d/k")
    #expect(kpi.achievement == Quantity(achieved) && kpi.gap == Quantity(gap))
  }

  /// (25 − 20) / (20 − 20) divides by zero: no percentage, grey, and the reason names the baseline.
  @Test("baseline = target") func baselineEqualsTarget() throws {
    let kpi = try kpi(actual: 25, target: 20, .higher, baseline: 20)
    #expect(kpi.achievement == nil && kpi.status == .grey && kpi.gap == 5)
    let reason = "the baseline is not worse than the target, so there is no way between them to measure"
    #expect(kpi.reasons(.noAchievement) == [reason])
  }

  /// Complaints may be 12, then 10, then 8: 11, 10, 9 are (2 − 11 / 12), (2 − 10 / 10) and (2 − 9 / 8) × 100, that is
  /// 108.333…, 100 and 87.5; to date 30 of 30.
  @Test("decreasing targets") func decreasingTargets() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", rows: [("2026-01", ["value": 11]), ("2026-02", ["value": 10]), ("2026-03", ["value": 9])],
      targets: ["2026-01": 12, "2026-02": 10, "2026-03": 8]
    ) { $0.calculation.direction = .lower }
    let months = try ["2026-01", "2026-02", "2026-03"].map { try sample.scorecard($0).kpi("d/k") }
    let achieved: [Quantity?] = try [exact("108.333333333"), 100, exact("87.5")]
    #expect(months.map(\.achievement) == achieved)
    #expect(months.map(\.status) == [.green, .green, .red])
    #expect(months[2].yearToDate.actual == 30 && months[2].yearToDate.target == .value(30))
    #expect(months[2].yearToDate.achievement == 100)
  }

  /// 104 people against 100 at the year's end: in March the target is 100, and not 100 × 90 / 365 = 24.66.
  @Test("pro rata not applied to a snapshot") func proRataNotAppliedToASnapshot() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", inputs: [("value", .last)], rows: [("2026-02", ["value": 98]), ("2026-03", ["value": 104])],
      targets: ["2026": 100]
    ) { $0.calculation.profile = .snapshot }
    let kpi = try sample.scorecard("2026-03", asOf: "2026-03-10").kpi("d/k")
    #expect(kpi.target == .value(100) && kpi.achievement == 104)
    #expect(kpi.landing == 104 && kpi.pace == nil && kpi.neededPerDay == nil)
    #expect(kpi.yearToDate.target == .value(100) && kpi.year == .init(target: .value(100), landing: 104, shortfall: -4))
  }

  /// The year's 365 gives February 28. New targets for July on leave February at 28; a new one for the whole year moves it
  /// to 730 × 28 / 365 = 56 as known now, while the scorecard of the older ledger keeps its 28.
  @Test("a new target does not rewrite the past") func aNewTargetDoesNotRewriteThePast() throws {
    var sample = SampleLedger()
    let id = try sample.add("d/k", rows: [("2026-02", ["value": 28])], targets: ["2026": 365])
    let before = sample
    let then = try before.scorecard("2026-02").kpi("d/k")
    #expect(then.target == .value(28) && then.status == .green)
    for month in ["2026-07", "2026-08"] {
      sample.ledger.definitions[id]?.targets[try #require(Period(month))] = .value(62)
    }
    #expect(try sample.scorecard("2026-02").kpi("d/k").target == .value(28))
    #expect(try sample.scorecard("2026-07").kpi("d/k").target == .value(62))
    #expect(try sample.scorecard("2026-09").kpi("d/k").target == .value(30))  // 365 × 30 / 365, whatever July has
    sample.ledger.definitions[id]?.targets[try #require(Period("2026"))] = .value(730)
    let now = try sample.scorecard("2026-02").kpi("d/k")
    #expect(now.target == .value(56) && now.status == .red)
    #expect(try before.scorecard("2026-02").kpi("d/k") == then)
    // A month's own target stays as it is when the year's changes.
    #expect(try sample.scorecard("2026-07").kpi("d/k").target == .value(62))
  }
}
