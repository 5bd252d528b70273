import Calculation
import Consolidation
import LedgerModel
import Testing

/// What happens to figures when a KPI is calculated differently from a period on.
@Suite struct SeriesBreakTests {
  /// Ten orders a month in 2026; from April on counted by another system. `unit` is the earlier one's.
  private func orders(
    changedFrom: String = "2026-04", through last: Int = 6, unit: String = "count"
  ) throws -> SampleLedger {
    var sample = SampleLedger()
    let rows = (1...last).map { ("2026-0\($0)", ["value": $0 < 4 ? 10 : 30]) }
    try sample.add("d/k", rows: rows, targets: ["2026": 365]) { definition in
      var old = definition.calculation
      old.inputs[0].source = "the old shop"
      old.unit = unit
      definition.calculation.effectiveFrom = Period(changedFrom)
      definition.earlier = [old]
    }
    return sample
  }

  /// 3 × 10 and 3 × 30 are 120 to date, each period as it was counted then; where the year ends nobody can tell.
  @Test func aFlowAddsUpBothAndLandsNowhere() throws {
    let kpi = try orders().scorecard("2026-06").kpi("d/k")
    #expect(kpi.yearToDate.actual == 120 && kpi.yearToDate.periods.description == "6 of 6")
    #expect(kpi.year.target == .value(365) && kpi.year.landing == nil && kpi.year.shortfall == nil)
    let reason = "calculated differently before 2026-04; the year to date adds both up, and no landing leads across"
    #expect(kpi.reasons(.seriesBreak) == [reason])
    #expect(kpi.series.filter(\.startsSeries).map(\.period) == [Period("2026-04")])
    #expect(try orders().scorecard("2026", asOf: "2026-06-30").kpi("d/k").landing == nil)
    // The running year has no status of its own either: there is nothing to judge.
    #expect(try orders().scorecard("2026", asOf: "2026-06-30").kpi("d/k").status == .grey)
  }

  /// In another unit they do not add up: the year to date is April to June, 90, and lands at 90 × 275 / 91 days.
  @Test func inAnotherUnitTheYearBeginsAnew() throws {
    let kpi = try orders(unit: "pallets").scorecard("2026-06").kpi("d/k")
    #expect(kpi.yearToDate.actual == 90 && kpi.yearToDate.periods.description == "3 of 3")
    #expect(kpi.year.landing == (try exact("271.978021978")))
    #expect(kpi.reasons(.seriesBreak) == ["calculated differently before 2026-04; the year to date begins there"])
  }

  /// As of March the change of April is known already: the year's end will not be counted as its beginning.
  @Test func aChangeToComeHasNoLandingEither() throws {
    let kpi = try orders(through: 3).scorecard("2026-03").kpi("d/k")
    #expect(kpi.landing == 10 && kpi.year.landing == nil)
    #expect(kpi.reasons(.seriesBreak) == ["calculated differently later in 2026, so that it has no landing"])
  }

  /// Three months after the change there are three figures of the new kind, and they are not compared with the old.
  @Test func noTrendLeadsAcross() throws {
    #expect(try orders().scorecard("2026-06").kpi("d/k").trend == nil)
    #expect(try orders(changedFrom: "2026-01").scorecard("2026-06").kpi("d/k").trend == .better)  // 30 after 10
    #expect(try orders(through: 3).scorecard("2026-04").kpi("d/k").trend == nil)
  }

  /// January and February were `won / decided`, without `lost`: 10 / 40. March is 10 / (10 + 30), April 30 / (30 + 30). To
  /// date (10 + 30) / (40 + 60) = 40 %, of March and April alone.
  @Test func aRatioIsMeasuredWithinItsCalculation() throws {
    var sample = SampleLedger()
    try sample.add(
      "d/k", formula: "won / (won + lost) * 100", inputs: [("won", .sum), ("lost", .sum), ("decided", .sum)],
      rows: [
        ("2026-01", ["won": 10, "decided": 40, "lost": 1]), ("2026-02", ["won": 10, "decided": 40, "lost": 1]),
        ("2026-03", ["won": 10, "lost": 30]), ("2026-04", ["won": 30, "lost": 30]),
      ], targets: ["2026": 40]
    ) { definition in
      var old = definition.calculation
      old.formula = (try? Formula(parsing: "won / decided * 100")) ?? .value
      definition.calculation.effectiveFrom = Period("2026-03")
      definition.earlier = [old]
    }
    let april = try sample.scorecard("2026-04").kpi("d/k")
    #expect(april.yearToDate.actual == 40 && april.yearToDate.periods.description == "2 of 2")
    #expect(april.series.suffix(4).map(\.actual) == [25, 25, 25, 50])
    let quarter = try sample.scorecard("2026-Q1").kpi("d/k")
    #expect(quarter.actual == 25 && quarter.status == .red)  // 10 / 40, March alone
    #expect(try sample.scorecard("2026-02").kpi("d/k").yearToDate.actual == 25)  // 20 / 80, as it was then
  }

  /// A company's ratio of sums takes each department's inputs by their names, whatever order they had before.
  @Test func inputsOfBeforeKeepTheirNames() throws {
    var sample = SampleLedger()
    let inputs: [(String, Aggregate)] = [("decided", .sum), ("won", .sum)]
    try sample.add(
      "d/k", formula: "won / decided * 100", inputs: inputs,
      rows: [("2026-01", ["won": 10, "decided": 40]), ("2026-02", ["won": 20, "decided": 40])]
    ) { definition in
      var old = definition.calculation
      old.formula = (try? Formula(parsing: "100 - (decided - won) / decided * 100")) ?? .value
      definition.calculation.effectiveFrom = Period("2026-02")
      definition.earlier = [old]
    }
    try sample.add("company/k", formula: "won / decided * 100", inputs: inputs, targets: ["2026": 50]) {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "k")], method: .inputs)
    }
    let kpi = try sample.scorecard("2026-02").kpi("company/k")
    #expect(kpi.series.suffix(2).map(\.actual) == [25, 50])
    #expect(kpi.series.last?.startsSeries == true)
    let reason = "a source was calculated differently before 2026-02; the year to date begins there"
    #expect(kpi.reasons(.seriesBreak) == [reason])
  }

  /// A stock in pieces is not carried over into pallets.
  @Test func nothingIsCarriedOver() throws {
    var sample = SampleLedger()
    try sample.add("d/k", inputs: [("value", .last)], rows: [("2026-02", ["value": 4000])], targets: ["2026": 40]) {
      $0.calculation.missing = .carry
      $0.calculation.profile = .snapshot
      var old = $0.calculation
      old.unit = "pieces"
      $0.calculation.effectiveFrom = Period("2026-03")
      $0.earlier = [old]
    }
    #expect(try sample.scorecard("2026-03").kpi("d/k").actual == nil)
  }
}
