import Calculation
import Consolidation
import Foundation
import LedgerModel
import Testing

/// A scorecard for people is bounded: what needs attention is there, and what is not is said.
@Suite struct SelectionTests {
  @Test("Off target comes before close, not rated, on target and what does not count; then the heaviest, then by id")
  func order() throws {
    // 10 of 10 is on target, 9 close, 1 off target; `a/grey` has no figure, `a/context` does not count.
    var sample = SampleLedger()
    for (id, value, weight) in [
      ("a/green", 10, 9), ("b/amber", 9, 1), ("a/amber", 9, 1), ("c/amber", 9, 2), ("z/red", 1, 1), ("a/context", 1, 9),
    ] {
      try sample.add(id, rows: [("2026-03", ["value": value])], targets: ["2026-03": 10]) {
        $0.weight = Quantity(weight)
        if $0.id.kpi == "context" { $0.kind = .context }
      }
    }
    try sample.add("a/grey", targets: ["2026-03": 10])
    let scorecard = try sample.scorecard("2026-03")
    func shown(_ limit: Int) -> [String] {
      let bounded = scorecard.limited(to: limit)
      #expect(bounded.omitted.values.reduce(0, +) == 7 - limit)
      #expect(bounded.counts == scorecard.counts)
      return bounded.kpis.map(\.id.description)
    }
    #expect(shown(1) == ["z/red"])
    #expect(shown(2) == ["c/amber", "z/red"])
    #expect(shown(3) == ["a/amber", "c/amber", "z/red"])
    #expect(shown(5) == ["a/amber", "a/grey", "b/amber", "c/amber", "z/red"])
    #expect(!shown(6).contains("a/context"))
    #expect(shown(7).count == 7)
  }

  /// Six KPIs, of which the fourth, `d/k3`, misses its target.
  private func six() throws -> Scorecard {
    var sample = SampleLedger()
    for index in 0..<6 {
      try sample.add(
        "d/k\(index)", rows: [("2026-03", ["value": index == 3 ? 1 : 10])], targets: ["2026-03": 10], unit: "count")
    }
    return try sample.scorecard("2026-03")
  }

  @Test("Above the limit table, Markdown and page show what needs attention and say how to see the others")
  func bounded() throws {
    let scorecard = try six().limited(to: 2)
    let table = ScorecardTable(scorecard).text()
    let markdown = ScorecardMarkdown(scorecard).text()
    let page = ScorecardPage(scorecard).text()
    for text in [table, markdown, page] {
      #expect(text.contains("2 of 6 KPIs are shown, those that need attention first"))
      #expect(text.contains("k3") && text.contains("k0"))
      #expect(!text.contains("k5"))
      #expect(text.contains("nd 4 more"))
      #expect(text.contains("--department D") && text.contains("--all"))
    }
    #expect(table.contains("5 on target, 0 close, 1 off target"), "what is counted is not bounded")
  }

  @Test("What has no goal, or one that is not there, is counted among what is left out")
  func loose() throws {
    var sample = SampleLedger()
    for (index, goal) in [nil, "gone", "growth"].enumerated() { try sample.add("d/k\(index)") { $0.goal = goal } }
    let bounded = try sample.scorecard("2026-03").limited(to: 1)
    #expect(bounded.kpis.map(\.id.description) == ["d/k0"])
    let table = ScorecardTable(bounded).text()
    #expect(table.components(separatedBy: "and 1 more").count == 3)
  }

  @Test("Up to the limit nothing is said")
  func within() throws {
    for text in [ScorecardTable(try six().limited(to: 6)).text(), ScorecardMarkdown(try six().limited(to: 6)).text()] {
      #expect(!text.contains("need attention first"))
      #expect(!text.contains("more"))
    }
  }
}
