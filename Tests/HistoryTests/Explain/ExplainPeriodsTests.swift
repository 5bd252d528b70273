import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// Two periods of one version: 80 and 60 of 100 in January make 70.
@Suite("An explanation of two periods") struct ExplainPeriodsTests {
  private func explain(_ files: [String: String], _ from: String = "2026-01", _ to: String = "2026-02") throws
    -> [Explanation]
  {
    let ledger = try TwoKPIs(files)
    let explain = Explain(
      ledger.past.objects, asOf: try #require(Day("2026-03-10")), question: .goals(department: nil))
    return try explain.periods(
      try #require(Period(from)), try #require(Period(to)), at: ledger.tip
    ).explanations
  }

  private func definition(_ targets: String, _ more: String = "") -> String {
    TwoKPIs.definition(more).replacing("{2026-01: 100}", with: targets)
  }

  @Test("Figures first, then the target: 90 of 100 for 80, then 90 of 120 are 75")
  func actualsAndTargets() throws {
    let targets = "{2026-01: 100, 2026-02: 120}"
    let grow = try #require(
      try explain([
        TwoKPIs.path("a"): definition(targets), TwoKPIs.rows("a"): TwoKPIs.table("2026-01,80", "2026-02,90"),
        TwoKPIs.path("b"): definition("{2026-01: 100, 2026-02: 100}"),
        TwoKPIs.rows("b"): TwoKPIs.table("2026-01,60", "2026-02,60"),
      ]).first)
    // (90 + 60) / 2 = 75; (75 + 60) / 2 = 67.5.
    #expect(grow.parts.map(\.kind) == [.actual, .target])
    #expect(grow.parts.map(\.after) == [75, Quantity("67.5")])
    #expect(grow.parts[0].change == ScorePart.Change(from: .number(80), to: .number(90)))
    #expect(grow.parts[1].change == ScorePart.Change(from: .number(100), to: .number(120)))
  }

  @Test("Data that comes or goes is coverage: b is not recorded in February, so that 80 is left")
  func coverage() throws {
    let both = "{2026-01: 100, 2026-02: 100}"
    let grow = try #require(
      try explain([
        TwoKPIs.path("a"): definition(both), TwoKPIs.rows("a"): TwoKPIs.table("2026-01,80", "2026-02,80"),
        TwoKPIs.path("b"): definition(both),
      ]).first)
    #expect(grow.scores == "70 → 80")
    #expect(grow.parts.map(\.kind) == [.coverage])
    #expect(grow.parts.map { $0.kpi?.description } == ["sales/b"])
  }

  @Test("A calculation that another one takes over from is a part of its own: 80 by the old, 40 by the new")
  func calculation() throws {
    let both = "{2026-01: 100, 2026-02: 100}"
    let more =
      "formula: value / 2\neffective_from: 2026-02\nearlier:\n  - {formula: value, period: month, unit: count, direction: higher}\n"
    let grow = try #require(
      try explain([
        TwoKPIs.path("a"): definition(both, more), TwoKPIs.rows("a"): TwoKPIs.table("2026-01,80", "2026-02,90"),
        TwoKPIs.path("b"): definition(both), TwoKPIs.rows("b"): TwoKPIs.table("2026-01,60", "2026-02,60"),
      ]).first)
    // (90 + 60) / 2 = 75 by the old formula; (45 + 60) / 2 by the new.
    #expect(grow.parts.map(\.kind) == [.actual, .calculation])
    #expect(grow.parts.map(\.after) == [75, Quantity("52.5")])
  }

  @Test("Nothing moves where nothing differs")
  func nothing() throws {
    #expect(try explain([:], "2026-01", "2026-01").isEmpty)
  }
}
