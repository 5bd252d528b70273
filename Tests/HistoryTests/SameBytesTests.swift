import Calculation
import Consolidation
import Foundation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Testing

/// DESIGN section 1: anyone recomputes the scorecard from a commit, bit for bit.
@Suite struct SameBytesTests {
  private static func ledger() -> [String: String] {
    var files = [
      "ledger.yaml": "company: Acme\ncurrency: EUR\nunits: {count: {decimals: 0}}\nmerge_rules: 1\n",
      "people.yaml": "people:\n  ana: {name: Ana, emails: [ana@example.com]}\nroles:\n  administrator: {holder: ana}\n",
      "goals.yaml": "goals:\n  grow: {name: Grow, weight: 1}\n  serve: {name: Serve, weight: 2}\n",
    ]
    for department in 0..<7 {
      files["departments/d\(department)/department.yaml"] =
        "name: Department \(department)\n" + (department > 4 ? "parent: d1\n" : "")
      for kpi in 0..<12 {
        let id = "departments/d\(department)"
        let extra = department == 0 && kpi < 3 ? "consolidates: {from: [\"*/k\(kpi)\"], by: sum}\n" : ""
        files["\(id)/kpis/k\(kpi).yaml"] = """
          name: Measure \(department).\(kpi)
          class: kpi
          goal: \(kpi % 2 == 0 ? "grow" : "serve")
          owner: administrator
          decision: Move people
          unit: count
          direction: higher
          period: month
          targets: {2026: \(1200 + kpi * 7)}
          review: {cadence: month}
          \(extra)
          """
        files["\(id)/actuals/k\(kpi).csv"] =
          "period,value\n" + (1...(kpi % 4 + 2)).map { "2026-0\($0),\(90 + department * $0)\n" }.joined()
      }
    }
    return files
  }

  private static func texts(_ scorecard: Scorecard) -> [String] {
    [
      ScorecardJSON(scorecard).text(), ScorecardCSV(scorecard).text(), ScorecardMarkdown(scorecard).text(),
      ScorecardTable(scorecard).text(), ScorecardPage(scorecard).text(),
    ]
  }

  private static func scorecards(at folder: String) throws -> [String] {
    let repository = try Repository.open(folder)
    let tip = try #require(try repository.target(of: "HEAD"))
    let ledger = try LedgerTree(repository.objects.commit(tip).tree, in: repository.objects).ledger
    let all = consolidation(ledger, tip)
    return texts(all.company) + (all.department("d1").map(texts) ?? [])
  }

  private static func consolidation(_ ledger: Ledger, _ tip: ObjectID) -> Consolidation {
    Consolidation(of: ledger, for: Period("2026-03")!, asOf: Day("2026-03-20")!, source: tip.description)
  }

  @Test func twoClonesOfOneCommitGiveTheSameBytes() throws {
    let past = try Past()
    let commit = try past.commit(Self.ledger().mapValues { $0 }, on: [], by: Past.ana)
    try past.repository.setReference("refs/heads/main", to: commit, message: "test")
    let clones = try ["one", "two"].map { name in
      let place = past.folder + "-\(name)"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["git", "clone", "-q", past.folder, place]
      process.environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": past.folder,
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      ]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return place
    }
    defer { for place in clones { try? FileManager.default.removeItem(atPath: place) } }
    let first = try Self.scorecards(at: clones[0])
    #expect(first.count == 10)
    #expect(first[0].utf8.count > 10_000)
    for _ in 0..<3 { #expect(try Self.scorecards(at: clones[1]) == first) }
  }

  @Test("One thread and several, a commit and its work tree, give the same bytes in every format")
  func threadsAndWorkTree() throws {
    let past = try Past()
    let commit = try past.commit(Self.ledger().mapValues { $0 }, on: [], by: Past.ana)
    let tree = try past.objects.commit(commit).tree
    let folder = past.folder + "-work"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (path, text) in Self.ledger() {
      let place = URL(fileURLWithPath: "\(folder)/\(path)")
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    func texts(of ledger: Ledger) -> [String] { Self.texts(Self.consolidation(ledger, commit).company) }
    let expected = try texts(of: LedgerTree(tree, in: past.objects).ledger)
    #expect(expected[0].contains("\"coverage\": \"6 of 6\""))
    for threads in 1...3 {
      try Parallel.$mostProcessors.withValue(threads) {
        #expect(Parallel.processors <= threads)
        let committed = try texts(of: LedgerTree(tree, in: past.objects).ledger)
        let work = try texts(of: LedgerTree(folder: folder).ledger)
        #expect(committed == expected)
        #expect(work == expected)
      }
    }
  }

  @Test("KPIs read alone, with what they are made of, have the figures that the whole ledger gives them")
  func partsHaveTheFiguresOfTheWhole() throws {
    let past = try Past()
    let commit = try past.commit(Self.ledger().mapValues { $0 }, on: [], by: Past.ana)
    let tree = try past.objects.commit(commit).tree
    let whole = Self.consolidation(try LedgerTree(tree, in: past.objects).ledger, commit)
    for name in ["d0/k0", "d0/k1", "d1/k5", "d6/k11"] {
      let id = try #require(KPIID(name))
      for part in [LedgerPart.kpi(id), .figures([id])] {
        let read = LedgerTree(part, from: TreeSource(past.objects, tree: tree))
        let alone = Self.consolidation(read.ledger, commit).company.kpis.first { $0.id == id }
        #expect(alone != nil)
        #expect(alone == whole.company.kpis.first { $0.id == id })
      }
    }
  }
}
