import Foundation
import Git
import Testing

@testable import Syncing

/// Clones in states that plain git leaves them in: a sync goes well or says what to do, and nothing is lost.
@Suite("Odd states of a clone")
struct OddStatesTests {
  private let company: Company
  private let (anna, ben): (Desk, Desk)

  init() throws {
    company = try Company()
    (anna, ben) = (try company.person("anna"), try company.person("ben"))
  }

  /// A branch of Anna's that contradicts her main: both change one target.
  private func contradict() throws {
    try git("switch", "-q", "-c", "other")
    try anna.replace("2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try git("commit", "-qam", "thirty")
    try git("switch", "-q", "main")
    try anna.replace("2026-Q3: 27", "2026-Q3: 31", in: Desk.rate)
    try git("commit", "-qam", "thirty-one")
  }

  @discardableResult
  private func git(_ arguments: String...) throws -> String { try company.git(arguments, in: anna.folder) }

  /// Runs git where it stops at a conflict.
  private func conflict(_ arguments: String...) throws {
    let text = try company.git(["-c", "alias.try=!git \"$@\" || true; #", "try"] + arguments, in: anna.folder)
    #expect(text.contains("CONFLICT"), "\(text)")
  }

  /// That a sync and a change are refused for a reason, and leave branch and files as they are.
  private func expectRefused(_ fault: CloneFault) async throws {
    let (tip, text) = (try git("rev-parse", "main"), try anna.read(Desk.rate))
    await #expect(throws: fault) { try await anna.sync() }
    #expect(throws: fault) {
      try LedgerWriting(LedgerClone(containing: anna.folder), now: Company.now())
        .commit([Desk.figures: Array("period,value,status,note\n".utf8)], message: "no")
    }
    #expect(try git("rev-parse", "main") == tip)
    #expect(try anna.read(Desk.rate) == text)
  }

  @Test("The index's lock of a killed kpi is removed; one that was there before is somebody else's, and stays")
  func abandonedIndexLock() async throws {
    _ = try await anna.sync()
    let ended = Process()
    ended.executableURL = URL(fileURLWithPath: "/bin/sh")
    ended.arguments = ["-c", "true"]
    try ended.run()
    ended.waitUntilExit()
    let (note, lock) = (anna.folder + "/.git/kpi-index-\(ended.processIdentifier)", anna.folder + "/.git/index.lock")
    for (isTheirs, wait) in [(false, UInt32(0)), (true, 20_000)] {
      for path in isTheirs ? [lock, note] : [note, lock] {
        try Data().write(to: URL(fileURLWithPath: path))
        usleep(wait)
      }
      if isTheirs { _ = try? await anna.sync() } else { #expect(try await anna.sync().end == .nothingToDo) }
      #expect(FileManager.default.fileExists(atPath: lock) == isTheirs)
      #expect(!FileManager.default.fileExists(atPath: note))
    }
  }

  @Test("A note that a killed process was writing is gone after the next sync")
  func abandonedNote() async throws {
    _ = try await anna.sync()
    let draft = try LedgerClone(containing: anna.folder).notesFolder + "replaced.new"
    try Data("half".utf8).write(to: URL(fileURLWithPath: draft))
    #expect(try await anna.sync().end == .nothingToDo)
    #expect(!FileManager.default.fileExists(atPath: draft))
  }

  @Test("A merge of plain git that stopped at a conflict is to be ended first; given up, the sync goes well")
  func mergeInProgress() async throws {
    try contradict()
    try conflict("merge", "other")
    try await expectRefused(.unfinished(.merge))
    #expect(try CloneStatus.of(LedgerClone(containing: anna.folder), now: Company.now()).unfinished == .merge)
    try git("merge", "--abort")
    #expect(try await anna.sync().end == .done)
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 31") == true)
  }

  @Test("A merge of plain git that was ended by hand goes to the hub as it was ended")
  func mergeEnded() async throws {
    try contradict()
    try conflict("merge", "other")
    let text = try #require(try company.atHub(Desk.rate))
    try anna.write(text.replacingOccurrences(of: "2026-Q3: 27", with: "2026-Q3: 32"), to: Desk.rate)
    try git("commit", "-qam", "between the two")
    let report = try await anna.sync()
    #expect(report.end == .done && report.held.isEmpty)
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 32") == true)
    #expect(try anna.isClean())
  }

  @Test("In the middle of a cherry-pick, a revert or a rebase nothing is changed")
  func othersInProgress() async throws {
    try contradict()
    try conflict("cherry-pick", "other")
    try await expectRefused(.unfinished(.cherryPick))
    try git("cherry-pick", "--abort")
    try conflict("rebase", "other")
    try await expectRefused(.unfinished(.rebase))
    try git("rebase", "--abort")
    try anna.replace("2026-Q3: 31", "2026-Q3: 33", in: Desk.rate)
    try git("commit", "-qam", "thirty-three")
    try conflict("revert", "HEAD~1")
    try await expectRefused(.unfinished(.revert))
    try git("revert", "--abort")
    #expect(try await anna.sync().end == .done)
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 33") == true)
  }

  @Test("Conflict markers that a stash left are not sent; everything else is")
  func stashConflict() async throws {
    try anna.replace("2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try git("stash", "-q")
    try anna.replace("2026-Q3: 27", "2026-Q3: 31", in: Desk.rate)
    try await anna.sync()
    try conflict("stash", "pop")
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let report = try await anna.sync()
    #expect(report.end == .done)
    #expect(report.leftOut[Desk.rate]?.isEmpty == false)
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 31") == true)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    #expect(try anna.read(Desk.rate).contains("<<<<<<<"))
    #expect(try git("stash", "list").contains("stash@{0}"))
  }

  @Test("Another branch or no branch is named, and what is committed there stays")
  func notOnMain() async throws {
    try contradict()
    try git("switch", "-q", "other")
    let theirs = try git("rev-parse", "other")
    await #expect(throws: CloneFault.otherBranch("refs/heads/other")) { try await anna.sync() }
    try git("switch", "-q", "--detach", "main")
    await #expect(throws: CloneFault.otherBranch(nil)) { try await anna.sync() }
    try git("switch", "-q", "main")
    try git("merge", "-q", "-X", "theirs", "-m", "bring it over", "other")
    #expect(try await anna.sync().end == .done)
    #expect(try git("rev-parse", "other") == theirs)
    // A merge only carries along: of two values that nobody saw together, one is in force and the other held.
    let values = try [Desk.rate, #require(company.proposals().first)].compactMap { try company.atHub($0) }.joined()
    for value in ["30", "31"] {
      #expect(values.contains("2026-Q3: \(value)") || values.contains("proposed: \(value)\n"), "\(values)")
    }
  }

  @Test("Two work trees of one repository: each may be on its own branch, but not both on the ledger's")
  func workTrees() async throws {
    let second = Desk(folder: company.folder + "/second", company: company)
    try git("worktree", "add", "-q", "-b", "draft", second.folder)
    try anna.replace("2026-Q3: 27", "2026-Q3: 31", in: Desk.rate)
    #expect(try await anna.sync().end == .done)
    await #expect(throws: CloneFault.otherBranch("refs/heads/draft")) { try await second.sync() }

    try company.git(["checkout", "-q", "--ignore-other-worktrees", "main"], in: second.folder)
    try ben.replace("priority: 1", "priority: 3", in: Desk.rate)
    try await ben.sync()
    try await expectRefused(.otherWorkTree(second.folder))
    await #expect(throws: CloneFault.otherWorkTree(anna.folder + "/.git/")) { try await second.sync() }

    try git("checkout", "-q", "--detach")
    try second.replace("decision: Shift capacity", "decision: Hire two", in: Desk.rate)
    #expect(try await second.sync().end == .done)
    try git("checkout", "-q", "draft")
    try git("worktree", "remove", second.folder)
    try git("checkout", "-q", "main")
    #expect(try await anna.sync().end == .nothingToDo)
    let text = try #require(try company.atHub(Desk.rate))
    #expect(text.contains("priority: 3") && text.contains("Hire two") && text.contains("2026-Q3: 31"))
    #expect(try anna.isClean())
  }

  @Test("A clone without its history or its files' contents says so; completed, it syncs")
  func incompleteClones() async throws {
    try company.git(["config", "uploadpack.allowFilter", "true"], in: company.hub)
    for (kind, fault, mend) in [
      ("--depth=1", CloneFault.shallow, ["fetch", "-q", "--unshallow"]),
      ("--filter=blob:none", CloneFault.partial, ["fetch", "-q", "--refetch", "--no-filter"]),
    ] {
      let desk = Desk(folder: company.folder + "/incomplete" + kind, company: company)
      try ben.replace("2026-Q3: ", "2026-Q3: 1", in: Desk.rate)
      try await ben.sync()
      try company.git(["clone", "-q", kind, "file://" + company.hub, desk.folder], in: company.folder)
      try company.git(["config", "user.name", "Dora"], in: desk.folder)
      try company.git(["config", "user.email", "dora@example.org"], in: desk.folder)
      try desk.replace("2026-02,", "2026-02,3", in: Desk.figures)
      try ben.replace("2026-Q3: ", "2026-Q3: 2", in: Desk.rate)
      try await ben.sync()
      await #expect(throws: fault) { try await desk.sync() }
      #expect(try desk.read(Desk.figures).contains("2026-02,3"))
      try company.git(mend, in: desk.folder)
      if fault == .partial {
        try company.git(["config", "--unset", "remote.origin.promisor"], in: desk.folder)
      }
      #expect(try await desk.sync().end == .done)
      #expect(try company.atHub(Desk.figures)?.contains("2026-02,3") == true)
      #expect(try desk.isClean())
      try await ben.sync()
    }
  }

  @Test("What a sparse checkout does not show is not taken for removed")
  func sparse() async throws {
    let desk = Desk(folder: company.folder + "/sparse", company: company)
    try company.git(["clone", "-q", "--sparse", company.hub, desk.folder], in: company.folder)
    try company.git(["config", "user.name", "Anna"], in: desk.folder)
    try company.git(["config", "user.email", "anna@example.org"], in: desk.folder)
    #expect(!FileManager.default.fileExists(atPath: desk.folder + "/departments"))
    #expect(try await desk.sync().end == .nothingToDo)
    try ben.replace("2026-Q3: 27", "2026-Q3: 31", in: Desk.rate)
    try await ben.sync()
    try company.git(["sparse-checkout", "add", "departments/sales/actuals"], in: desk.folder)
    try desk.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    #expect(try await desk.sync().end == .done)
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 31") == true)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
  }

  @Test("A hub whose branch has another name is no hub that is offline; what was entered waits")
  func hubWithoutMain() async throws {
    try company.git(["branch", "-m", "main", "trunk"], in: company.hub)
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    await #expect(throws: CloneFault.hubWithoutLedger(company.hub)) { try await anna.sync() }
    #expect(try anna.read(Desk.figures).contains("2026-02,25"))
    try company.git(["branch", "-m", "trunk", "main"], in: company.hub)
    #expect(try await anna.sync().end == .done)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
  }

  @Test("In a hub nobody works, and a folder outside is no ledger")
  func notAClone() {
    #expect(throws: CloneFault.isHub(company.hub + "/")) { try LedgerClone(containing: company.hub) }
    #expect(throws: CloneFault.noLedger(company.folder)) { try LedgerClone(containing: company.folder) }
  }
}
