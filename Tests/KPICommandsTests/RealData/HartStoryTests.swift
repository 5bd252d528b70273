import Foundation
import Testing

/// A district council's KPIs in twelve versions, imported one after another, each a commit.
///
/// A version has a quarter and the one before it, and the year before; the last version is a quarter later. A version
/// is all there is, so that what it leaves blank is taken away.
@Suite("Hart's twelve versions", .enabled(if: RealData.isHere, RealData.missing))
struct HartStoryTests {
  @Test("Blanks that became 0 and targets that were off by 100 are named by the check, and no others")
  func named() throws {
    let work = try Workplace()
    try work.kpi("init", "hart", "--name", "Ana Ruiz", "--email", "ana@example.org", "--currency", "GBP")
    let versions = try RealData.hart().map(HartVersion.init)
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
      slipped += targets.keys.map { "\($0.kpi) \($0.period)" }
      slips += try Self.named("target-power-of-ten", work)
    }
    #expect(slips.sorted() == slipped.sorted() && slips.count == 7, "\(slips)")
    let blanks = Self.blanksThatBecameZero(versions).map { "\($0.kpi) \($0.period)" }
    let zeros = try Self.named("blank-to-zero", work)
    #expect(zeros.sorted() == blanks.sorted() && zeros.count == 5, "\(zeros) \(blanks)")
  }

  /// Cells that are 0 in the end, and were blank in the version before they became that.
  private static func blanksThatBecameZero(_ versions: [HartVersion]) -> [HartVersion.Cell] {
    var blank: Set<HartVersion.Cell> = []
    var zero: Set<HartVersion.Cell> = []
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
