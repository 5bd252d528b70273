import Calculation
import Consolidation
import LedgerModel
import Testing

/// Scores from KPIs up to the goals at the top.
@Suite struct GoalRollUpTests {
  /// KPIs of one goal with a score each; nil has no data.
  private func sample(_ kpis: [(id: String, score: Int?, weight: Quantity, goal: String)]) throws -> SampleLedger {
    var sample = SampleLedger()
    for kpi in kpis {
      try sample.add(kpi.id, rows: kpi.score.map { [("2026-03", ["value": $0])] } ?? [], targets: ["2026-03": 100]) {
        $0.weight = kpi.weight
        $0.goal = kpi.goal
      }
    }
    return sample
  }

  @Test func theMeanByWeightOverWhatHasData() throws {
    let sample = try sample([
      ("a/x", 100, 1, "growth"), ("a/y", 80, 3, "growth"), ("a/z", nil, 5, "growth"),
    ])
    let goal = try sample.scorecard("2026-03").goal("growth")
    #expect(goal.score == 85)  // (100 × 1 + 80 × 3) / (1 + 3): z is neither zero nor forgotten
    #expect(goal.coverage.description == "2 of 3")
    #expect(goal.status == .red)  // below 90
  }

  @Test func subGoalsCountByTheirWeight() throws {
    var sample = try sample([("a/x", 100, 1, "people"), ("a/y", 70, 1, "money"), ("a/z", nil, 1, "money")])
    sample.ledger.goals = [
      "top": Goal(id: "top", name: "Top"),
      "people": Goal(id: "people", name: "People", parent: "top", weight: 2),
      "money": Goal(id: "money", name: "Money", parent: "top", weight: 1),
      "empty": Goal(id: "empty", name: "Empty", parent: "top", weight: 7),
    ]
    let scorecard = try sample.scorecard("2026-03")
    #expect(scorecard.goals.map(\.id) == ["top", "empty", "people", "money"])
    #expect(scorecard.goals.map(\.depth) == [0, 1, 1, 1])
    let top = try scorecard.goal("top")
    #expect(top.score == 90)  // (100 × 2 + 70 × 1) / 3
    #expect(top.status == .amber)
    #expect(top.coverage.description == "2 of 3")
    #expect(try scorecard.goal("empty").score == nil)
    #expect(try scorecard.goal("empty").status == .grey)
  }

  @Test("a goal or KPI of weight zero is shown and counts neither in score, status nor coverage")
  func weightZeroDoesNotCount() throws {
    var sample = try sample([("a/x", 100, 1, "people"), ("a/y", 20, 0, "people"), ("a/z", 10, 1, "money")])
    sample.ledger.goals = [
      "top": Goal(id: "top", name: "Top", status: .worstOf),
      "people": Goal(id: "people", name: "People", parent: "top"),
      "money": Goal(id: "money", name: "Money", parent: "top", weight: 0),
    ]
    let scorecard = try sample.scorecard("2026-03")
    let top = try scorecard.goal("top")
    #expect(top.score == 100)  // (100 × 1) / 1: money has no weight in top, y none in people
    #expect(top.status == .green)
    #expect(top.coverage.description == "1 of 1")
    #expect(try scorecard.goal("money").score == 10)
  }

  @Test("a priority orders, and changes no score")
  func prioritiesOrder() throws {
    var sample = try sample([("a/x", 100, 1, "growth"), ("b/y", 40, 1, "growth"), ("c/z", 40, 1, "growth")])
    let before = try sample.scorecard("2026-03").goal("growth").score
    sample.ledger.definitions[try #require(KPIID("c/z"))]?.priority = 1
    sample.ledger.definitions[try #require(KPIID("b/y"))]?.priority = 2
    let scorecard = try sample.scorecard("2026-03")
    #expect(before == 60)  // (100 + 40 + 40) / 3
    #expect(try scorecard.goal("growth").score == 60)
    let lines = ScorecardMarkdown(scorecard).text().split(separator: "\n")
    let places = try ["| z ", "| y ", "| x "].map { cell in try #require(lines.firstIndex { $0.contains(cell) }) }
    #expect(places == places.sorted())
  }

  @Test func worstOfTakesTheWorst() throws {
    var sample = try sample([("a/x", 100, 9, "growth"), ("a/y", 50, 1, "growth"), ("a/z", nil, 1, "growth")])
    sample.ledger.goals["growth"]?.status = .worstOf
    let goal = try sample.scorecard("2026-03").goal("growth")
    #expect(goal.score == 95)  // (100 × 9 + 50) / 10
    #expect(goal.status == .red)
  }

  @Test func metricsAndContextAreShownAndDoNotScore() throws {
    var sample = try sample([("a/x", 100, 1, "growth"), ("a/y", 10, 1, "growth"), ("a/z", 10, 1, "growth")])
    sample.ledger.definitions[try #require(KPIID("a/y"))]?.kind = .context
    sample.ledger.definitions[try #require(KPIID("a/z"))]?.kind = .metric
    let scorecard = try sample.scorecard("2026-03")
    #expect(try scorecard.goal("growth").score == 100)
    #expect(try scorecard.goal("growth").coverage.description == "1 of 1")
    let shown = try scorecard.kpi("a/y")
    #expect(shown.actual == 10)
    #expect(shown.achievement == 10)
    #expect(shown.score == nil)
    #expect(shown.status == nil)
    #expect(scorecard.counts.total == 1)
  }

  @Test func draftsAndRetiredDoNotCount() throws {
    var sample = try sample([("a/x", 100, 1, "growth"), ("a/y", 10, 1, "growth"), ("a/z", 10, 1, "growth")])
    sample.ledger.definitions[try #require(KPIID("a/y"))]?.status = .draft
    sample.ledger.definitions[try #require(KPIID("a/z"))]?.status = .retired
    let scorecard = try sample.scorecard("2026-03")
    #expect(scorecard.kpis.map(\.id.description) == ["a/x"])
    #expect(try scorecard.goal("growth").coverage.description == "1 of 1")
  }

  @Test func goalsInACircleAreOpened() throws {
    var sample = try sample([("a/x", 80, 1, "one")])
    sample.ledger.goals = [
      "one": Goal(id: "one", name: "One", parent: "two"), "two": Goal(id: "two", name: "Two", parent: "one"),
      "lost": Goal(id: "lost", name: "Lost", parent: "nowhere"),
    ]
    let scorecard = try sample.scorecard("2026-03")
    #expect(Set(scorecard.goals.map(\.id)) == ["one", "two", "lost"])
    #expect(try scorecard.goal("one").flags.map(\.kind) == [.cycle])
    #expect(try scorecard.goal("lost").flags.map(\.kind) == [.unknownGoal])
    #expect(try scorecard.goal("one").score == 80)
  }

  @Test func aGoalThatIsNotThereIsFlagged() throws {
    let sample = try sample([("a/x", 80, 1, "growht")])
    #expect(
      try sample.scorecard("2026-03").kpi("a/x").reasons(.unknownGoal)
        == ["growht is not in goals.yaml, so it counts towards no goal"])
  }

  @Test func aDepartmentHasItsOwnScorecard() throws {
    var sample = try sample([("east/x", 100, 1, "growth"), ("west/x", 50, 1, "growth"), ("north/x", 70, 1, "growth")])
    sample.ledger.departments = [
      "east": Department(id: "east", name: "East"), "west": Department(id: "west", name: "West", parent: "east"),
      "north": Department(id: "north", name: "North"),
    ]
    let consolidation = try sample.consolidation("2026-03")
    let east = try #require(consolidation.department("east"))
    #expect(east.kpis.map(\.id.description) == ["east/x", "west/x"])  // west is below east
    #expect(try east.goal("growth").score == 75)  // (100 + 50) / 2
    #expect(east.scope == .department(id: "east", name: "East"))
    #expect(try consolidation.company.goal("growth").coverage.description == "3 of 3")
    #expect(consolidation.department("south") == nil)
    #expect(consolidation.company.departments.map(\.counts.green) == [1, 0, 0])  // east, north, west
  }

  @Test func aRunningGoalLooksAtTheLandings() throws {
    var sample = SampleLedger()
    try sample.add("a/x", rows: [("2026-03", ["value": 20])], targets: ["2026-03": 31])
    let goal = try sample.scorecard("2026-03", asOf: "2026-03-20").goal("growth")
    #expect(goal.score == (try exact("64.5161290323")))  // 20 / 31 × 100
    #expect(goal.outlook == 100)  // lands at 20 × 31 / 20 = 31
    #expect(goal.status == .green)
  }

  @Test func heldChangesAreFlagged() throws {
    var sample = try sample([("a/x", 80, 1, "growth")])
    sample.ledger.definitions[try #require(KPIID("a/x"))]?.was = [try #require(KPIID("b/old"))]
    sample.ledger.proposals = [
      Proposal(
        id: "p1", file: "departments/b/kpis/old.yaml",
        changes: [.init(key: "targets.2026-Q3", proposed: "27", insteadOf: "25")], by: "Ana Ruiz <ana@example.com>",
        at: "2026-03-02T10:11:00Z", commit: "3f2a", because: .changedOnBothSides, reason: "More")
    ]
    #expect(
      try sample.scorecard("2026-03").kpi("a/x").reasons(.held)
        == ["a change waits to be settled: targets.2026-Q3 by Ana Ruiz"])
  }
}
