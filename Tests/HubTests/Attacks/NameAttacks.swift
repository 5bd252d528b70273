import Foundation
import Git
import Hub
import Testing

/// Anything else that moves than the ledger's one branch, or that moves it otherwise than forwards.
@Suite struct NameAttacks {
  typealias Files = SampleFiles
  private static let rows = [Files.actuals: "period,value,status,note\n2026-01,31,,\n" as String?]

  @Test(arguments: [
    "refs/heads/mine", "refs/heads/scorecard", "refs/heads/main2", "refs/heads/Main", "refs/tags/v1", "refs/kpi/kept/x",
    "refs/notes/commits", "refs/replace/4b825dc642cb6eb9a060e54bf8d69288fbee4904", "refs/remotes/origin/main",
    "refs/for/main", "refs/main",
  ]) func otherNames(name: String) throws {
    let target = try Target()
    try target.refuses("\(target.change(Self.rows)):\(name)", by: ["only-main"], saying: "nothing beside it")
  }

  @Test func otherNamesTogetherWithTheLedger() throws {
    let target = try Target()
    let commit = try target.change(Self.rows)
    try target.refuses("\(commit):refs/heads/main", "\(commit):refs/heads/x", by: ["only-main"], saying: "refs/heads/x")
    try target.refuses(
      "\(commit):refs/heads/main", "\(target.first):refs/replace/\(commit)", by: ["only-main"], options: ["--atomic"])
  }

  @Test func deletions() throws {
    let target = try Target()
    try target.stage.git("config", "receive.denyDeletes", "false", in: "hub.git")
    try target.stage.git("config", "receive.denyDeleteCurrent", "ignore", in: "hub.git")
    try target.refuses(":refs/heads/main", by: ["only-main"], saying: "cannot be deleted")
    try target.stage.git("update-ref", "refs/heads/scorecard", "\(target.first)", in: "hub.git")
    try target.refuses(":refs/heads/scorecard", by: ["only-main"])
    try target.stage.git("update-ref", "-d", "refs/heads/scorecard", in: "hub.git")
    try target.refuses(by: ["only-main"], options: ["--mirror", "--force"])
  }

  @Test func whatIsNoCommit() throws {
    let target = try Target()
    let tree = try target.objects.commit(target.first).tree
    try target.refuses("\(target.blob("x")):refs/heads/main", by: ["only-main"], options: ["--force"], maybeByGit: true)
    try target.refuses("\(tree):refs/heads/main", by: ["only-main"], options: ["--force"], maybeByGit: true)
    try target.stage.git("tag", "-a", "-m", "x", "v1", "\(target.first)", in: "evil")
    let tag = try target.stage.tip("refs/tags/v1", in: "evil")
    for id in [tree, tag] {
      let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: id)
      #expect(verdict.refusals.map(\.rule) == ["only-main"])
    }
  }

  @Test func takingBack() throws {
    let target = try Target()
    for setting in ["receive.denyNonFastForwards", "receive.denyDeletes"] {
      try target.stage.git("config", setting, "false", in: "hub.git")
    }
    let next = try target.change(Self.rows)
    try target.takes(next)
    try target.refuses("+\(target.first):refs/heads/main", by: ["takes-back-history"], saying: "take back")
    let other = try target.change([Files.actuals: "period,value,status,note\n2026-01,99,,\n"])
    try target.refuses("+\(other):refs/heads/main", by: ["takes-back-history"], saying: "kpi sync")
    let root = try target.commit(target.objects.commit(next).tree, on: [])
    try target.refuses("+\(root):refs/heads/main", by: ["takes-back-history"])
  }

  @Test func takingBackIsRefusedByGitToo() throws {
    let target = try Target()
    try target.takes(target.change(Self.rows))
    try FileManager.default.removeItem(atPath: target.stage.hubPath + "/hooks/pre-receive")
    #expect(try target.push("+\(target.first):refs/heads/main").status != 0)
    #expect(try target.push(":refs/heads/main").status != 0)
  }

  /// Two who push at once onto one state: one comes in, as a whole; the other is told.
  @Test func twoAtOnce() async throws {
    let target = try Target()
    let commits = try (0..<4).map { try target.change([Files.actuals: "period,value,status,note\n2026-01,4\($0),,\n"]) }
    let (folder, environment) = (target.stage.folder, target.stage.environment)
    let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
      for commit in commits {
        group.addTask {
          let process = Process()
          process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
          process.arguments = ["git", "push", "-q", "origin", "\(commit):refs/heads/main"]
          process.currentDirectoryURL = URL(fileURLWithPath: folder + "/evil")
          process.environment = environment
          process.standardError = FileHandle.nullDevice
          try process.run()
          process.waitUntilExit()
          return process.terminationStatus
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.count { $0 == 0 } == 1)
    #expect(commits.contains(try target.stage.tip("main")))
    #expect(try target.stage.run(HubStage.program, ["hub", "check", "hub.git"], in: "").status == 0)
    #expect(try !target.stage.state().contains("incoming"))
  }
}
