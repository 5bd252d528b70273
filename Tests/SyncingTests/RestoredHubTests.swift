import Foundation
import Git
import LedgerModel
import Merging
import Testing

@testable import Syncing

/// A hub that lost confirmed syncs: it was restored from an older backup, or forced back.
@Suite("A hub that lost what it had confirmed")
struct RestoredHubTests {
  private let company: Company
  private let (anna, ben, dora): (Desk, Desk, Desk)

  init() throws {
    company = try Company()
    (anna, ben, dora) = (try company.person("anna"), try company.person("ben"), try company.person("dora"))
  }

  private var hubTip: ObjectID? {
    get throws { try Repository.open(company.hub).target(of: LedgerClone.branch) }
  }

  /// Two syncs that disagree: 30 is in force, 31 is held. Anna has both, Ben the second only as he sent it.
  private func disagree() async throws -> (backup: ObjectID, newest: ObjectID) {
    let backup = try #require(try hubTip)
    try anna.replace("2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try await anna.sync()
    try ben.replace("2026-Q3: 27", "2026-Q3: 31", in: Desk.rate)
    try await ben.sync()
    try await anna.sync()
    return (backup, try #require(try hubTip))
  }

  private func restore(to commit: ObjectID) throws {
    try Repository.open(company.hub).setReference(LedgerClone.branch, to: commit, message: "backup")
  }

  /// That both values are there: in force, or proposed.
  private func expectBoth() throws {
    let all = try (company.atHub(Desk.rate) ?? "") + company.proposals().map { try company.atHub($0) ?? "" }.joined()
    for value in ["2026-Q3: 30", "2026-Q3: 31"] {
      #expect(all.contains(value) || all.contains("proposed: \(value.suffix(2))\n"), "\(all)")
    }
  }

  @Test("Whoever has the lost syncs gives them back as they were, with what is new on top")
  func givenBack() async throws {
    let (backup, newest) = try await disagree()
    try restore(to: backup)
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let planned = try await anna.sync { $0.isRehearsal = true }
    #expect(planned.givenBack == 2 && planned.sent == [Desk.figures])
    #expect(try hubTip == backup)
    let report = try await anna.sync()
    #expect(report.end == .done && report.givenBack == 2 && report.sent == [Desk.figures])
    #expect(try RevWalk(Repository.open(company.hub).objects).firstParents(from: #require(try hubTip)).contains(newest))
    #expect(try company.proposals().count == 1)
    try expectBoth()
    #expect(try await ben.sync().givenBack == 0)
    #expect(try ben.tip() == hubTip)
  }

  @Test("They are given back also when nothing is new, and after a plain 'git fetch' has seen the older hub")
  func givenBackAfterFetch() async throws {
    let (backup, newest) = try await disagree()
    try restore(to: backup)
    try company.git(["fetch", "-q"], in: anna.folder)
    let report = try await anna.sync()
    #expect(report.end == .done && report.givenBack == 2)
    #expect(try hubTip == newest)
    #expect(try anna.isClean())
  }

  @Test("Where the hub went on otherwise since, what was lost is merged with that, and nothing is missing")
  func wentOn() async throws {
    let (backup, _) = try await disagree()
    try restore(to: backup)
    try dora.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    try await dora.sync()
    let report = try await anna.sync()
    #expect(report.end == .done && report.givenBack == 0)
    try expectBoth()
    for desk in [ben, dora, anna] { try await desk.sync() }
    for desk in [ben, dora, anna] { try await desk.sync() }
    try expectBoth()
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    for desk in [ben, dora, anna] {
      #expect(try desk.tip() == hubTip)
      #expect(try desk.isClean())
    }
  }

  @Test("Where the hub took another value meanwhile, the lost one is held")
  func wentOnDifferently() async throws {
    let (backup, _) = try await disagree()
    try restore(to: backup)
    try dora.replace("2026-Q3: 27", "2026-Q3: 40", in: Desk.rate)
    try await dora.sync()
    for desk in [anna, ben, dora, anna] { try await desk.sync() }
    try expectBoth()
    let all = try (company.atHub(Desk.rate) ?? "") + company.proposals().map { try company.atHub($0) ?? "" }.joined()
    #expect(all.contains("2026-Q3: 40") || all.contains("proposed: 40\n"), "\(all)")
  }

  @Test("A sync that somebody amended afterwards is no confirmed one: its content is merged")
  func amendedSync() async throws {
    let (backup, _) = try await disagree()
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    try company.git(["commit", "-q", "--amend", "--no-edit", "-a"], in: anna.folder)
    let amended = try #require(try anna.tip())
    try restore(to: backup)
    try company.git(["fetch", "-q"], in: anna.folder)
    #expect(try await anna.sync().end == .done)
    let line = try RevWalk(Repository.open(company.hub).objects).firstParents(from: #require(try hubTip))
    #expect(!line.contains(amended))
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    try expectBoth()
  }

  @Test("A hub whose history was made anew shares nothing with the clones: nothing is changed")
  func madeAnew() async throws {
    _ = try await disagree()
    let before = try anna.tip()
    try company.git(["checkout", "-q", "--orphan", "fresh"], in: ben.folder)
    try company.git(["commit", "-qm", "anew"], in: ben.folder)
    try company.git(["push", "-qf", "origin", "fresh:main"], in: ben.folder)
    await #expect(throws: CloneFault.unrelated) { try await anna.sync() }
    #expect(try anna.tip() == before)
  }
}
