import Foundation
import Testing

/// New York's 1,139 management indicators as 37 departments, by `Examples/nyc-mmr/map.yaml`.
@Suite("New York's indicators", .enabled(if: RealData.isHere, RealData.missing))
struct NewYorkStoryTests {
  private static let map = RealData.project.appending(path: "Examples/nyc-mmr/map.yaml").path

  private static func ledger() throws -> Workplace {
    let work = try Workplace()
    let files = [
      "ledger.yaml": "company: City\ncurrency: USD\nunits: {percent: {decimals: 1}, count: {decimals: 0}}\n",
      "people.yaml": """
      people:
        ana: {name: Ana Ruiz, emails: [ana@example.org]}
      roles:
        administrator: {holder: ana}
        agency-head: {holder: ana}

      """,
      "goals.yaml": "goals:\n  agency-performance: {name: Agencies do what they promise}\n",
    ]
    for (path, text) in files { try work.write(text, to: "city/" + path) }
    try work.keep("city")
    try work.kpi("import", RealData.newYork, "--map", map, in: "city")
    return work
  }

  /// By id, what the raw table has in a column; nil where it has none.
  private static func raw(_ column: String) throws -> [String: Double?] {
    Dictionary(
      try RawTable(RealData.newYork).rows.map { row in
        (try #require(row["ID"]), row[column].flatMap { $0 == "NA" ? nil : Double($0) })
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func card(_ work: Workplace, _ period: String) throws -> [String: Any] {
    try work.json("scorecard", "--period", period, "--as-of", "2024-12-31", in: "city")
  }

  @Test("37 departments' indicators are consolidated, and each figure is the table's or missing, never a zero of ours")
  func consolidated() throws {
    let work = try Self.ledger()
    for year in ["2018", "2023"] {
      let kpis = try #require(try Self.card(work, year)["kpis"] as? [[String: Any]])
      #expect(kpis.count == 1139 && Set(kpis.compactMap { $0["department"] as? String }).count == 37)
      let (values, targets) = (try Self.raw(year), try Self.raw("Target.MMR"))
      for kpi in kpis {
        let id = try #require((kpi["id"] as? String)?.split(separator: "/").last.map(String.init))
        let known = try #require(values[id])
        #expect((kpi["actual"] as? Double).map { abs($0 - (known ?? .nan)) < 1e-6 } ?? (known == nil), "\(id) \(year)")
        guard year == "2023" else { continue }
        let target = try #require(targets[id])
        #expect((kpi["target"] as? Double) == target, "\(id)")
        if target == nil { #expect(kpi["achievement"] is NSNull && kpi["score"] is NSNull, "\(id) has no target") }
      }
      let zeros = kpis.count { kpi in (kpi["actual"] as? Double) == 0 }
      #expect(zeros == values.values.count { $0 == 0 })
      #expect(kpis.count { $0["actual"] is NSNull } == values.values.count { $0 == nil })
    }
  }

  /// 1,139 less 788 without a target are 351; for two of them 0 is planned, of which nothing can be achieved in percent.
  @Test("The goal's coverage counts the indicators that have a target, and those of them that have a figure")
  func coverage() throws {
    let work = try Self.ledger()
    let targets = try Self.raw("Target.MMR")
    #expect(targets.values.count { $0 == nil } == 788)
    let counted = targets.filter { ($0.value ?? 0) != 0 }.keys
    #expect(counted.count == 349)
    for year in ["2018", "2023"] {
      let goals = try #require(try Self.card(work, year)["goals"] as? [[String: Any]])
      let values = try Self.raw(year)
      let goal = try #require(goals.first)
      // Targets are for 2023 alone: before, nothing has a score.
      let covered = year == "2023" ? counted.count { values[$0] != .some(nil) } : 0
      #expect(goal["coverage"] as? String == "\(covered) of 349", "\(year): \(goal)")
    }
  }

  @Test("The scorecard of 2023 comes in all five formats")
  func formats() throws {
    let work = try Self.ledger()
    for (format, sign) in [("table", "2023"), ("csv", "id,"), ("md", "| "), ("html", "<!doctype html>"), ("json", "{")] {
      let asked = ["scorecard", "--period", "2023", "--as-of", "2024-12-31", "--format", format]
      let output = try work.kpi(asked, in: "city").output
      #expect(output.lowercased().contains(sign) && output.utf8.count > 50_000, "\(format)")
    }
  }
}
