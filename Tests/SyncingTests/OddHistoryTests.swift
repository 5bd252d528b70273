import Foundation
import Git
import LedgerFiles
import LedgerModel
import Merging
import Testing

@testable import Syncing

/// Histories that plain git and mishaps make: what everybody entered is in force or held, and all end with one tree.
@Suite("Odd histories")
struct OddHistoryTests {
  private let company: Company
  private let (anna, ben, dora): (Desk, Desk, Desk)

  init() throws {
    company = try Company()
    (anna, ben, dora) = (try company.person("anna"), try company.person("ben"), try company.person("dora"))
  }

  @discardableResult
  private func git(_ desk: Desk, _ arguments: String...) throws -> String {
    try company.git(arguments, in: desk.folder)
  }

  /// Commits a change with plain git.
  private func commit(_ desk: Desk, _ old: String, _ new: String, in path: String, as author: String? = nil) throws {
    try desk.replace(old, new, in: path)
    let claim = author.map { ["--author", "\($0.capitalized) <\($0)@example.org>"] } ?? []
    try company.git(["commit", "-qam", new] + claim, in: desk.folder)
  }

  /// Syncs everybody until nobody has anything, and compares.
  private func settle() async throws {
    for _ in 0..<2 { for desk in [anna, ben, dora] { try await desk.sync() } }
    let tip = try #require(try Repository.open(company.hub).target(of: LedgerClone.branch))
    for desk in [anna, ben, dora] {
      #expect(try desk.tip() == tip)
      #expect(try desk.isClean())
    }
    try company.git(["fsck", "--no-dangling", "--no-progress"], in: company.hub)
  }

  /// The proposals of the hub in one text.
  private func held() throws -> String {
    try company.proposals().map { try company.atHub($0) ?? "" }.joined()
  }

  @Test("A commit in another encoding, which the hub would not take, is written anew, and its value comes in")
  func anotherEncoding() async throws {
    try anna.replace("priority: 1", "priority: 2", in: Desk.rate)
    try git(anna, "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-qam", "Priorit\u{E9}")
    let made = try #require(try anna.tip())
    try await settle()
    #expect(try company.atHub(Desk.rate)?.contains("priority: 2") == true)
    #expect(try git(anna, "for-each-ref", "--format=%(objectname)", "refs/kpi/kept").contains("\(made)"))
  }

  @Test("Two who merged each other's work crosswise with plain git: both changes stand once")
  func crissCross() async throws {
    try commit(anna, "priority: 1", "priority: 2", in: Desk.rate)
    try commit(ben, "2026-02,22", "2026-02,25", in: Desk.figures)
    try git(ben, "fetch", "-q", anna.folder, "main")
    try git(anna, "pull", "-q", "--no-rebase", "--no-edit", ben.folder, "main")
    try git(ben, "merge", "-q", "--no-edit", "FETCH_HEAD")
    try commit(anna, "2026-02,25", "2026-02,26", in: Desk.figures)
    try commit(ben, "priority: 2", "priority: 4", in: Desk.rate)
    try await settle()
    #expect(try company.atHub(Desk.rate)?.contains("priority: 4") == true)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,26") == true)
    #expect(try company.proposals().isEmpty)
  }

  @Test("A plain 'git pull' in a clone does no harm: what it merged is not held again")
  func plainPull() async throws {
    try commit(anna, "2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try await anna.sync()
    try commit(ben, "2026-02,22", "2026-02,25", in: Desk.figures)
    try git(ben, "pull", "-q", "--no-rebase", "--no-edit")
    let report = try await ben.sync()
    #expect(report.held.isEmpty && report.sent == [Desk.figures])
    try await settle()
  }

  @Test("A pull with rebase is as good: its author has seen what it stands on")
  func rebased() async throws {
    try commit(anna, "2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try await anna.sync()
    try commit(ben, "2026-02,22", "2026-02,25", in: Desk.figures)
    try git(ben, "pull", "-q", "--rebase")
    try commit(ben, "2026-Q3: 30", "2026-Q3: 31", in: Desk.rate)
    let report = try await ben.sync()
    #expect(report.held.isEmpty)
    try await settle()
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 31") == true)
  }

  @Test("A commit that was sent and is then amended: the new value goes too, and the sync stays what it was")
  func amended() async throws {
    try commit(anna, "2026-02,22", "2026-02,25", in: Desk.figures)
    try await anna.sync()
    let sync = try #require(try Repository.open(company.hub).target(of: LedgerClone.branch))
    try anna.replace("2026-02,25", "2026-02,26", in: Desk.figures)
    try git(anna, "commit", "-q", "--amend", "--no-edit", "-a")
    try await settle()
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,26") == true)
    #expect(try RevWalk(Repository.open(company.hub).objects).isAncestor(sync, of: #require(try anna.tip())))
  }

  @Test("A change that was cherry-picked before it came by sync counts once")
  func cherryPicked() async throws {
    try commit(ben, "2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try git(anna, "fetch", "-q", ben.folder, "main")
    try git(anna, "cherry-pick", "FETCH_HEAD")
    try await ben.sync()
    let report = try await anna.sync()
    #expect(report.held.isEmpty)
    try await settle()
    #expect(try company.proposals().isEmpty)
  }

  @Test("Whoever relays others' commits is told that they count as theirs")
  func relays() async throws {
    try commit(anna, "priority: 1", "priority: 2", in: Desk.rate, as: "ben")
    try commit(anna, "2026-02,22", "2026-02,25", in: Desk.figures, as: "ben")
    try commit(anna, "2026-01,20", "2026-01,21", in: Desk.figures)
    let seen = try CloneStatus.of(LedgerClone(containing: anna.folder), now: Company.now()).brought
    let report = try await anna.sync()
    #expect(report.brought == seen)
    #expect(report.brought.map(\.author.email) == ["ben@example.org"] && report.brought.first?.count == 2)
    #expect(report.held.isEmpty)
    try await settle()
  }

  @Test("A merge of three branches is sent as merges of two, and each change keeps its author's commit")
  func octopus() async throws {
    try git(anna, "checkout", "-q", "-b", "first")
    try commit(anna, "priority: 1", "priority: 2", in: Desk.rate)
    try git(anna, "checkout", "-q", "-b", "second", "main")
    try commit(anna, "Grow", "Grow more", in: "goals.yaml")
    try git(anna, "checkout", "-q", "main")
    try commit(anna, "2026-02,22", "2026-02,25", in: Desk.figures)
    try git(anna, "merge", "-q", "-m", "all three", "first", "second")
    let made = try git(anna, "rev-parse", "HEAD")
    let report = try await anna.sync()
    #expect(report.end == .done && report.outsideLimits.isEmpty)
    let merged = try git(anna, "log", "--merges", "--min-parents=3", "--format=%h", "origin/main")
    #expect(merged.isEmpty)
    #expect(try git(anna, "for-each-ref", "--format=%(objectname)", "refs/kpi/kept") == made)
    #expect(try company.atHub(Desk.rate)?.contains("priority: 2") == true)
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    #expect(try anna.isClean())
  }

  @Test("Work that was merged from a repository begun apart comes along where it may, and takes nothing away")
  func unrelatedMerged() async throws {
    let other = try Company([
      Desk.figures: "period,value,status,note\n2026-01,99,,\n2026-05,50,,\n",
      "departments/sales/kpis/calls.yaml": "name: Calls\nunit: percent\nstatus: draft\n",
    ])
    try git(anna, "fetch", "-q", other.hub, "main")
    try git(
      anna, "merge", "-q", "--allow-unrelated-histories", "-X", "ours", "-m", "two ledgers", "FETCH_HEAD")
    let report = try await anna.sync()
    #expect(report.end == .done)
    let (figures, proposals) = (try #require(try company.atHub(Desk.figures)), try held())
    #expect(figures.contains("2026-01,20") && figures.contains("2026-02,22"))
    #expect(proposals.contains("99") || figures.contains("2026-01,99"))
    #expect(figures.contains("2026-05,50") || proposals.contains("50"))
    #expect(try company.atHub("departments/sales/kpis/calls.yaml") != nil || proposals.contains("Calls"))
    try await settle()
  }

  @Test("When the hub's answer is lost, the sync looks and finds that it arrived; no second merge is made")
  func lostAnswer() async throws {
    let folder = company.folder + "/bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = """
      #!/bin/sh
      PATH=${PATH#*:}
      case " $* " in *" push "*) git "$@" >/dev/null 2>&1; echo "fatal: the remote end hung up unexpectedly" >&2; exit 128;; esac
      exec git "$@"

      """
    try script.write(toFile: folder + "/git", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/git")
    try anna.replace("2026-02,22", "2026-02,25", in: Desk.figures)
    let before = try company.git(["rev-list", "--count", "--first-parent", "main"], in: company.hub)
    let report = try await anna.sync(through: folder)
    #expect(report.end == .done)
    let after = try company.git(["rev-list", "--count", "--first-parent", "main"], in: company.hub)
    #expect(Int(after.dropLast()) == Int(before.dropLast()).map { $0 + 1 })
    #expect(try company.atHub(Desk.figures)?.contains("2026-02,25") == true)
    #expect(try anna.isClean())
    try await settle()
  }

  @Test("Clocks far off move no history backwards and decide nothing")
  func clocks() async throws {
    try commit(anna, "2026-Q3: 27", "2026-Q3: 30", in: Desk.rate)
    try await anna.sync(at: 3_000_000_000)
    try commit(ben, "2026-Q3: 27", "2026-Q3: 28", in: Desk.rate)
    let report = try await ben.sync(at: 86_400)
    #expect(report.held.map(\.key) == [Key("targets.2026-Q3")])
    let times = try company.git(["log", "--first-parent", "--reverse", "--format=%ct", "main"], in: company.hub)
      .split(separator: "\n").compactMap { Int($0) }
    #expect(times == times.sorted())
    #expect(try company.atHub(Desk.rate)?.contains("2026-Q3: 30") == true)
  }
}
