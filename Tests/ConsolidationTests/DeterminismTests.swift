import Chance
import Calculation
import Consolidation
import LedgerModel
import Testing

/// The same ledger gives the same bytes, whatever order its dictionaries have.
@Suite struct DeterminismTests {
  private func ledger(shuffledBy seed: Int) throws -> Ledger {
    var sample = SampleLedger()
    var random = Dice(UInt64(seed) &* 0x9E37_79B9 &+ 1)
    let order = (0..<60).shuffled(using: &random)
    for index in order {
      try sample.add(
        "d\(index % 7)/k\(index)", rows: [("2026-02", ["value": index]), ("2026-03", ["value": index * 3 % 50])],
        targets: ["2026": 300 + index]
      ) { $0.goal = "g\(index % 4)" }
    }
    try sample.add("company/total", targets: ["2026": 9000]) {
      $0.consolidates = ConsolidationRule(
        sources: order.sorted().compactMap { KPIID("d\($0 % 7)/k\($0)") }.map { .kpi($0) }, method: .inputs)
    }
    sample.ledger.goals = [:]
    for index in (0..<4).shuffled(using: &random) {
      sample.ledger.goals["g\(index)"] = Goal(id: "g\(index)", name: "Goal \(index)", parent: index == 0 ? nil : "g0")
    }
    for index in (0..<7).shuffled(using: &random) {
      sample.ledger.departments["d\(index)"] = Department(id: "d\(index)", name: "Department \(index)")
    }
    return sample.ledger
  }

  @Test func theSameBytesInAnyOrder() throws {
    var texts: Set<[String]> = []
    for seed in 0..<6 {
      var sample = SampleLedger()
      sample.ledger = try ledger(shuffledBy: seed)
      let scorecard = try sample.scorecard("2026-Q1")
      texts.insert([
        ScorecardJSON(scorecard).text(), ScorecardCSV(scorecard).text(), ScorecardMarkdown(scorecard).text(),
        ScorecardTable(scorecard).text(), ScorecardPage(scorecard).text(),
      ])
    }
    #expect(texts.count == 1)
  }
}
