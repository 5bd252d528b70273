import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// One change of each sort, with the arithmetic in sight: 80 and 60 of 100 make 70.
@Suite("A part of an explanation") struct ExplainKindsTests {
  @Test("A row is an actual: (90 + 60) / 2 = 75")
  func actual() throws {
    var ledger = try TwoKPIs()
    let commit = try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,90")], "Counted again")
    let grow = try ledger.grow()
    #expect(grow.scores == "70 → 75")
    #expect(grow.short == ["+5 actual sales/a row 2026-01: 80 → 90 by Bo "])
    #expect(grow.parts[0].entry?.commit == commit)
    #expect(grow.parts[0].entry?.message == "Counted again")
  }

  @Test("A target: 60 of 120 are 50, and (80 + 50) / 2 = 65")
  func target() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("b"): TwoKPIs.definition(target: 120)])
    #expect(try ledger.grow().short == ["-5 target sales/b targets.2026-01: 100 → 120 by Bo "])
  }

  @Test("A baseline belongs to the target: (80 - 40) / (100 - 40) is two thirds, and 12 digits are kept")
  func baseline() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("baseline: 40")])
    let grow = try ledger.grow()
    #expect(grow.scores == "70 → 63.3333333334")
    #expect(grow.parts.map(\.kind) == [.target])
  }

  @Test("A formula is the calculation: half of 80 is 40, and (40 + 60) / 2 = 50")
  func calculation() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("formula: value / 2")])
    let grow = try ledger.grow()
    #expect(grow.scores == "70 → 50")
    #expect(grow.parts.map(\.kind) == [.calculation])
    #expect(grow.parts[0].entry?.key.text == "calculation")
  }

  @Test("The score's cap is the calculation of everything: (80 + 110) / 2 instead of (80 + 100) / 2")
  func settings() throws {
    var ledger = try TwoKPIs([TwoKPIs.rows("b"): TwoKPIs.table("2026-01,110")])
    try ledger.commit(["ledger.yaml": (TwoKPIs.files["ledger.yaml"] ?? "") + "score_cap: 120\n"])
    let grow = try ledger.grow()
    #expect(grow.scores == "90 → 95")
    #expect(grow.short == ["+5 calculation ledger.yaml score_cap: - → 120 by Bo "])
  }

  @Test("A weight: (3 x 80 + 60) / 4 = 75")
  func weight() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("weight: 3")])
    #expect(try ledger.grow().short == ["+5 weight sales/a weight: - → 3 by Bo "])
  }

  @Test("A goal's weight within its parent: (80 + 3 x 60) / 4 = 65")
  func goalWeight() throws {
    let goals = "goals:\n  grow: {name: Grow}\n  more: {name: More, parent: grow%}\n"
    var ledger = try TwoKPIs([
      "goals.yaml": goals.replacing("%", with: ""), TwoKPIs.path("b"): TwoKPIs.definition(goal: "more"),
    ])
    try ledger.commit(["goals.yaml": goals.replacing("%", with: ", weight: 3")])
    let answer = try ledger.answer()
    #expect(answer.explanations.map(\.subject.id) == ["grow"])
    #expect(try ledger.grow().short == ["-5 weight goals.yaml goals.more.weight: - → 3 by Bo "])
  }

  @Test("A KPI that goes to another goal weighs nothing in the old one: 80, and 60 in the new one")
  func otherGoal() throws {
    var ledger = try TwoKPIs(["goals.yaml": "goals:\n  grow: {name: Grow}\n  serve: {name: Serve}\n"])
    try ledger.commit([TwoKPIs.path("b"): TwoKPIs.definition(goal: "serve")])
    let answer = try ledger.answer().explanations
    #expect(answer.map(\.subject.id) == ["serve", "grow"])
    #expect(answer[1].short == ["+10 weight sales/b goal: grow → serve by Bo "])
    // The first score that there is has nothing to be compared with.
    #expect(answer[0].short == ["? weight sales/b goal: grow → serve by Bo "])
    #expect(answer[0].scores == "- → 60")
  }

  @Test("A value that is taken away is coverage: 80 is left")
  func valueRemoved() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.rows("b"): TwoKPIs.table()])
    #expect(try ledger.grow().short == ["+10 coverage sales/b row 2026-01: 60 → - by Bo "])
  }

  @Test("A KPI that is new, retired or removed is coverage")
  func comingAndGoing() throws {
    var ledger = try TwoKPIs()
    try ledger.commit(
      [TwoKPIs.path("c"): TwoKPIs.definition(), TwoKPIs.rows("c"): TwoKPIs.table("2026-01,100")], "new")
    try ledger.commit([TwoKPIs.path("b"): TwoKPIs.definition("status: retired")], "retire")
    try ledger.commit([TwoKPIs.path("a"): nil, TwoKPIs.rows("a"): nil], "remove")
    let grow = try ledger.grow()
    // (80 + 60 + 100) / 3 = 80; (80 + 100) / 2 = 90; 100.
    #expect(grow.parts.map(\.after) == [80, 90, 100])
    #expect(
      grow.short == [
        "+10 coverage sales/c file: - → true by Bo ", "+10 coverage sales/b status: - → retired by Bo ",
        "+10 coverage sales/a file: true → - by Bo ",
      ])
    #expect(grow.sums.map(\.kind) == [.coverage])
    #expect(grow.sum == 30)
  }

  @Test("One commit that changes all of a KPI: actual, target, calculation, weight, in this order")
  func inOrder() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([
      TwoKPIs.rows("a"): TwoKPIs.table("2026-01,60"),
      TwoKPIs.path("a"): TwoKPIs.definition("formula: value / 2\nweight: 3", target: 120),
    ])
    let grow = try ledger.grow()
    #expect(grow.parts.map(\.kind) == [.actual, .target, .calculation, .weight])
    // 60 of 100; 60 of 120 is 50; 30 of 120 is 25; (3 x 25 + 60) / 4.
    #expect(grow.parts.map(\.after) == [60, 55, Quantity("42.5"), Quantity("33.75")])
  }

  @Test("Inputs that are renamed with their columns are one change of the calculation")
  func renamedColumns() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([
      TwoKPIs.path("a"): TwoKPIs.definition("inputs: {won: {aggregate: sum}}\nformula: won / 2"),
      TwoKPIs.rows("a"): "period,won\n2026-01,80\n",
    ])
    let grow = try ledger.grow()
    #expect(grow.parts.map(\.kind) == [.calculation])
    #expect(grow.scores == "70 → 50")
  }

  @Test("What moves no score is counted: another month, a threshold that nobody reaches, an owner")
  func still() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2025-12,5", "2026-01,80")])
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("owner: head\nthresholds: {green: 70, amber: 50}")])
    let answer = try ledger.answer()
    #expect(answer.explanations.isEmpty)
    #expect(answer.still == 1)
  }

  @Test("A score that goes and comes back is compared with the last there was")
  func gap() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("status: draft")])
    try ledger.commit([TwoKPIs.path("b"): TwoKPIs.definition("status: draft")])
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition()])
    let grow = try ledger.grow()
    // 70, then 60 of b alone, then nothing, then 80 of a alone: 80 - 60.
    #expect(grow.parts.map(\.after) == [60, nil, 80])
    #expect(grow.parts.map(\.size) == [-10, nil, 20])
    #expect(grow.sum == 10)
  }
}
