import Foundation
import Git
import Testing

@Suite struct PushTests {
  let git: RealGit
  let program: GitProgram
  let first: ObjectID

  /// A hub with one commit, and a clone of it.
  init() throws {
    git = try RealGit()
    _ = try git.repository("hub", bare: true)
    _ = try git.repository()
    first = try git.commit(["a": "1"])
    try git("remote", "add", "origin", git.path("hub"))
    try git("push", "-q", "origin", "main")
    program = GitProgram(folder: git.path("work"), environment: git.environment)
  }

  private func hook(_ name: String, _ script: String) throws {
    let path = git.path("hub/hooks/\(name)")
    try FileManager.default.createDirectory(atPath: git.path("hub/hooks"), withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func push(_ commit: ObjectID, from old: ObjectID?, to name: String = "refs/heads/main") async throws
    -> GitProgram.Pushed
  {
    try await program.push(commit, to: name, from: old, remote: "origin")
  }

  @Test func movesTheReference() async throws {
    let second = try git.commit(["a": "2"])
    #expect(try await push(second, from: first) == .updated)
    #expect(try git.tip("main", in: "hub") == second)
    #expect(try await push(second, from: second) == .upToDate)
    #expect(try await push(second, from: nil, to: "refs/heads/new") == .updated)
  }

  @Test func isStaleWhenSomebodyWasFaster() async throws {
    let second = try git.commit(["a": "2"])
    #expect(try await push(second, from: first) == .updated)
    try git("reset", "-q", "--hard", first.description)
    let other = try git.commit(["a": "3"])
    #expect(try await push(other, from: first) == .stale)
    #expect(try await push(other, from: nil) == .stale)
    #expect(try git.tip("main", in: "hub") == second)
  }

  @Test func isStaleWhenTheReferenceMovesMeanwhile() async throws {
    let second = try git.commit(["a": "2"])
    let other = try git.commit(["b": "2"])
    try git("push", "-q", "origin", "\(other):refs/heads/other")
    try hook("pre-receive", "unset GIT_QUARANTINE_PATH; git update-ref refs/heads/main \(other)")
    #expect(try await push(second, from: first) == .stale)
    #expect(try git.tip("main", in: "hub") == other)
  }

  @Test func givesTheHooksReasons() async throws {
    try hook("pre-receive", "echo 'sales/win-rate: the unit is missing'; echo >&2; echo second line >&2; exit 1")
    let second = try git.commit(["a": "2"])
    let lines = ["sales/win-rate: the unit is missing", "second line"]
    #expect(try await push(second, from: first) == .refused(reason: "pre-receive hook declined", lines: lines))
    #expect(try git.tip("main", in: "hub") == first)
  }

  @Test func isUnclearWhenTheConnectionBreaks() async throws {
    try hook("pre-receive", "kill -9 $PPID; sleep 1")
    let second = try git.commit(["a": "2"])
    guard case .unclear = try await push(second, from: first) else {
      Issue.record("a push whose hub died is unclear")
      return
    }
    try hook("pre-receive", "exit 0")
    // The reference is moved, then the hub dies before it reports.
    try hook("reference-transaction", "[ $1 = committed ] && kill -9 $PPID; exit 0")
    guard case .unclear = try await push(second, from: first) else {
      Issue.record("a push whose hub died is unclear")
      return
    }
    #expect(try git.tip("main", in: "hub") == second)
  }

  @Test func failsWhenTheHubIsNotThere() async throws {
    try git("remote", "set-url", "origin", git.path("gone"))
    guard case .failed(let reason) = try await push(first, from: first) else {
      Issue.record("a push to nowhere fails")
      return
    }
    #expect(reason.contains("gone"))
  }
}
