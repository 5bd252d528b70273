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
      try RawTable(RealData.newYork, "ID", column).rows.map { row in
        (try #require(row["ID"]), row[column].flatMap { $0 == "NA" ? nil : Double($0) })
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func card(_ work: Workplace, _ period: String) throws -> [String: Any] {
    try work.json("scorecard", "--period", period, "--as-of", "2024-12-31", in: "city")
  }

  /// 1,139 less 788 without a target are 351; for two of them 0 is planned, of which nothing can be achieved in percent:
  /// 349 count.
  @Test("37 departments' indicators are consolidated: each figure is the table's or missing, and coverage is right")
  func consolidated() throws {
    let work = try Self.ledger()
    let targets = try Self.raw("Target.MMR")
    #expect(targets.values.count { $0 == nil } == 788)
    let counted = targets.filter { ($0.value ?? 0) != 0 }.keys
    #expect(counted.count == 349)
    for year in ["2018", "2023"] {
      let card = try Self.card(work, year)
      let values = try Self.raw(year)
      try Self.compare(try #require(card["kpis"] as? [[String: Any]]), values, year == "2023" ? targets : nil, year)
      let goal = try #require((card["goals"] as? [[String: Any]])?.first)
      // Targets are for 2023 alone: before, nothing has a score.
      let covered = year == "2023" ? counted.count { values[$0] != .some(nil) } : 0
      #expect(goal["coverage"] as? String == "\(covered) of 349", "\(year): \(goal)")
    }
    for (format, sign) in [("table", "2023"), ("csv", "id,"), ("md", "| "), ("html", "<!doctype html>")] {
      let output = try work.kpi(
        ["scorecard", "--period", "2023", "--as-of", "2024-12-31", "--format", format], in: "city"
      ).output
      #expect(output.lowercased().contains(sign) && output.utf8.count > 50_000, "\(format)")
    }
  }

  private static func compare(
    _ kpis: [[String: Any]], _ values: [String: Double?], _ targets: [String: Double?]?, _ year: String
  ) throws {
    #expect(kpis.count == 1139 && Set(kpis.compactMap { $0["department"] as? String }).count == 37)
    for kpi in kpis {
      let id = try #require((kpi["id"] as? String)?.split(separator: "/").last.map(String.init))
      let known = try #require(values[id])
      #expect((kpi["actual"] as? Double).map { abs($0 - (known ?? .nan)) < 1e-6 } ?? (known == nil), "\(id) \(year)")
      guard let targets else { continue }
      let target = try #require(targets[id])
      #expect((kpi["target"] as? Double) == target, "\(id)")
      if target == nil { #expect(kpi["achievement"] is NSNull && kpi["score"] is NSNull, "\(id) has no target") }
    }
    #expect(kpis.count { ($0["actual"] as? Double) == 0 } == values.values.count { $0 == 0 })
    #expect(kpis.count { $0["actual"] is NSNull } == values.values.count { $0 == nil })
  }
}
