import Calculation
import Consolidation
import LedgerModel
import Testing

/// A scorecard for people is bounded: what needs attention is there, and what is not is said.
@Suite struct SelectionTests {
  private func candidate(_ id: String, _ status: Status?, _ weight: Quantity = 1) throws -> AttentionSelection.Candidate
  {
    .init(id: try #require(KPIID(id)), status: status, weight: weight)
  }

  @Test("Off target comes before close, not rated, on target and what does not count; then the heaviest, then by id")
  func order() throws {
    let all = [
      try candidate("a/context", nil, 9), try candidate("a/green", .green, 9), try candidate("a/grey", .grey),
      try candidate("b/amber", .amber), try candidate("a/amber", .amber), try candidate("c/amber", .amber, 2),
      try candidate("z/red", .red),
    ]
    func shown(_ limit: Int) -> [String] {
      let selection = AttentionSelection(all, limit: limit)
      #expect(selection.left == all.count - limit)
      return all.map(\.id).filter(selection.contains).map(\.description)
    }
    #expect(shown(1) == ["z/red"])
    #expect(shown(2) == ["c/amber", "z/red"])
    #expect(shown(3) == ["a/amber", "c/amber", "z/red"])
    #expect(shown(5) == ["a/grey", "b/amber", "a/amber", "c/amber", "z/red"])
    #expect(shown(6).contains("a/context") == false)
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
    let scorecard = try six()
    let table = ScorecardTable(scorecard, limit: 2).text()
    let markdown = ScorecardMarkdown(scorecard, limit: 2).text()
    let page = ScorecardPage(scorecard, limit: 2).text()
    for text in [table, markdown, page] {
      #expect(text.contains("2 of 6 KPIs are shown, those that need attention first"))
      #expect(text.contains("k3") && text.contains("k0"))
      #expect(!text.contains("k5"))
      #expect(text.contains("nd 4 more"))
      #expect(text.contains("--department D") && text.contains("--format csv"))
    }
    #expect(table.contains("5 on target, 0 close, 1 off target"), "what is counted is not bounded")
  }

  @Test("JSON and CSV are complete whatever the number")
  func complete() throws {
    var sample = SampleLedger()
    for index in 0..<501 { try sample.add("d/k\(index)") }
    let scorecard = try sample.scorecard("2026-03")
    #expect(ScorecardCSV(scorecard).text().split(separator: "\r\n").count == 1 + 1 + 501)
    #expect(ScorecardJSON(scorecard).text().split(separator: "\"id\": \"d/k").count == 502)
    #expect(ScorecardTable(scorecard).text().contains("500 of 501 KPIs are shown"))
  }

  @Test("Up to the limit nothing is said")
  func within() throws {
    for text in [ScorecardTable(try six(), limit: 6).text(), ScorecardMarkdown(try six(), limit: 6).text()] {
      #expect(!text.contains("need attention first"))
      #expect(!text.contains("more"))
    }
  }
}
