import Foundation
import Testing

/// A district council's KPIs in twelve versions, imported one after another, each a commit.
///
/// A version has a quarter and the one before it, and the year before; the last version is a quarter later. A version
/// is all there is, so that what it leaves blank is taken away.
@Suite("Hart's twelve versions", .enabled(if: RealData.isHere, RealData.missing))
struct HartStoryTests {
  /// What a column of a version means: a KPI's value in a period, or its target.
  private struct Cell: Hashable {
    let code: String
    let period: String
    var isTarget = false
  }

  private struct Version {
    let path: String
    let rows: [[String: Any]]
    let columns: [(name: String, period: String, isTarget: Bool)]

    init(_ path: String) throws {
      self.path = path
      let data = try Data(contentsOf: URL(filePath: path))
      rows = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
      let isLater = path.contains("2014-11")
      columns = [
        ("last_year", "2013", false), ("last_quarter", isLater ? "2014-Q1" : "2013-Q4", false),
        ("this_quarter", isLater ? "2014-Q2" : "2014-Q1", false), ("target", "2014", true),
      ]
    }

    /// What it says; nil where it is blank.
    var cells: [Cell: Double?] {
      var cells: [Cell: Double?] = [:]
      for row in rows {
        for column in columns {
          let cell = Cell(code: row["code"] as? String ?? "", period: column.period, isTarget: column.isTarget)
          cells[cell] = .some(row[column.name] as? Double)
        }
      }
      return cells
    }

    /// The map of the quarters, or of the year before, which are KPIs of their own.
    func map(ofYear: Bool) -> String {
      let wide = columns.filter { ($0.name == "last_year") == ofYear }.map { column in
        "  - {columns: \(column.name), holds: \(column.isTarget ? "target" : "value"), period: \(column.period)}\n"
      }
      let departments = Set(rows.compactMap { $0["department"] as? String }).sorted().map { name in
        let words = name.lowercased().split { !$0.isLetter }
        return "  \"\(name)\": \(words.joined(separator: "-"))\n"
      }
      let families = Set(rows.compactMap { ($0["code"] as? String)?.prefix { $0.isLetter } }).sorted()
      let replaced = families.map { "\"\($0)\": \"\($0) year \"" }.joined(separator: ", ")
      return "columns: {department: department, kpi: code, name: name}\nwide:\n" + wide.joined() + "departments:\n"
        + departments.joined() + (ofYear ? "kpis: {replace: {\(replaced)}}\n" : "")
        + "blank_cells: clear\nnumbers: point\n"
        + "set: {inputs: {value: {aggregate: mean}}, profile: snapshot}\n"
    }
  }

  @Test("Blanks that became 0 and targets that were off by 100 are named by the check, and no others")
  func named() throws {
    let work = try Workplace()
    try work.kpi("init", "hart", "--name", "Ana Ruiz", "--email", "ana@example.org", "--currency", "GBP")
    let versions = try RealData.hart().map(Version.init)
    #expect(versions.count == 12)
    var (slips, slipped): ([String], [String]) = ([], [])
    for (number, version) in versions.enumerated() {
      for ofYear in [false, true] {
        try work.write(version.map(ofYear: ofYear), to: "map.yaml")
        try work.kpi("import", version.path, "--map", "../map.yaml", in: "hart")
      }
      guard number > 0 else { continue }
      let before = versions[number - 1].cells
      let targets = version.cells.filter { cell, now in
        guard cell.isTarget, case .some(.some(let then)) = before[cell], let now, now != 0 else { return false }
        return then == now * 100
      }
      guard !targets.isEmpty else { continue }
      slipped += targets.keys.map { "\($0.code.lowercased()) \($0.period)" }
      slips += try Self.named("target-power-of-ten", work)
    }
    #expect(slips.sorted() == slipped.sorted() && slips.count == 7, "\(slips)")
    let blanks = Self.blanksThatBecameZero(versions).map { cell in
      let code = cell.code.lowercased()
      return (cell.period == "2013" ? code.replacing(/[0-9]+/) { "-year-\($0.output)" } : code) + " \(cell.period)"
    }
    let zeros = try Self.named("blank-to-zero", work)
    #expect(zeros.sorted() == blanks.sorted() && zeros.count == 5, "\(zeros) \(blanks)")
  }

  /// Cells that are 0 in the end, and were blank in the version before they became that.
  private static func blanksThatBecameZero(_ versions: [Version]) -> [Cell] {
    var blank: Set<Cell> = []
    var zero: Set<Cell> = []
    for version in versions {
      for (cell, value) in version.cells {
        switch value {
        case nil:
          blank.insert(cell)
          zero.remove(cell)
        case .some(0):
          if blank.remove(cell) != nil { zero.insert(cell) }
        case .some:
          blank.remove(cell)
          zero.remove(cell)
        }
      }
    }
    return Array(zero)
  }

  /// `code period` of each finding of a rule; each says which commit it was and who made it.
  private static func named(_ rule: String, _ work: Workplace) throws -> [String] {
    let findings: [[String: Any]] = try work.json("check", in: "hart")
    let commits = try work.git("log", "--format=%h", "--abbrev=8", in: "hart").split(separator: "\n")
    return try findings.filter { $0["rule"] as? String == rule }.map { finding in
      let (file, message) = (finding["file"] as? String ?? "", finding["message"] as? String ?? "")
      #expect(finding["severity"] as? String == "warning")
      #expect(
        commits.contains { message.contains("the change \($0) of ") } && message.contains("by Ana Ruiz"), "\(message)")
      let period = try #require(message.firstMatch(of: /20[0-9]{2}(-Q[0-9])?/)?.output.0)
      return "\(file.split(separator: "/").last?.prefix { $0 != "." } ?? "") \(period)"
    }
  }
}
