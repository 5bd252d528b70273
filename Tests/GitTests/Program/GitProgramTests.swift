import Foundation
import Git
import Synchronization
import Testing

@Suite struct GitProgramTests {
  let git: RealGit

  init() throws { git = try RealGit() }

  private func program(_ folder: String = "work", timeout: Duration? = nil) -> GitProgram {
    GitProgram(folder: git.path(folder), environment: git.environment, timeout: timeout)
  }

  @Test func clonesAndFetches() async throws {
    _ = try git.repository("hub", bare: true)
    _ = try git.repository()
    try git.commit(["a": "1"])
    try git("push", "-q", git.path("hub"), "main")
    let starting = GitProgram(folder: nil, environment: git.environment)
    #expect(try await starting.clone(git.path("hub"), into: git.path("copy")) == .done)
    #expect(git.read("a", in: "copy") == "1")
    let second = try git.commit(["a": "2"])
    try git("push", "-q", git.path("hub"), "main")
    let lines = Mutex<[String]>([])
    let fetched = try await program("copy").fetch(
      remote: "origin", refspecs: ["+refs/heads/main:refs/kpi/hub"], progress: true
    ) { line in lines.withLock { $0.append(line) } }
    #expect(fetched == .done)
    #expect(try git.tip("refs/kpi/hub", in: "copy") == second)
    #expect(lines.withLock { $0 }.contains { $0.contains("Counting objects: 100%") })
    #expect(try await program("copy").collectGarbage() == nil)
  }

  @Test func namesWhyAFetchFailed() async throws {
    _ = try git.repository()
    let fetched = try await program().fetch(remote: git.path("nowhere"), refspecs: [])
    guard case .failed(let reason) = fetched else {
      Issue.record("a fetch from nowhere fails")
      return
    }
    #expect(reason.contains("nowhere"))
    let cloned = try await program().clone(git.path("nowhere"), into: git.path("copy"))
    guard case .failed(let why) = cloned else {
      Issue.record("a clone of nothing fails")
      return
    }
    #expect(why.contains("nowhere"))
  }

  @Test func givesOutputAndStatus() async throws {
    _ = try git.repository()
    let result = try await program().run(["rev-parse", "--git-dir", "--is-bare-repository"])
    #expect(result.output == [".git", "false"])
    #expect(result.isDone)
    #expect(try await program().run(["no-such-command"]).status == 1)
  }

  @Test func doesNotSpeakTheUsersLanguage() async throws {
    _ = try git.repository()
    git.environment["LC_ALL"] = "de_DE.UTF-8"
    git.environment["LANGUAGE"] = "de"
    git.environment["GIT_DIR"] = "/somewhere/else"
    #expect(try await program().run(["checkout", "nothing"]).reason.contains("did not match any"))
  }

  @Test func saysThatGitIsNotInstalled() async throws {
    let missing = GitProgram(folder: nil, environment: ["PATH": "/nowhere"])
    let error = await #expect(throws: GitError.self) { try await missing.run(["version"]) }
    #expect(error?.code == .program)
    #expect(error?.message == "the program git is not installed")
  }

  @Test func endsWhatTakesTooLong() async throws {
    _ = try git.repository()
    try git("config", "alias.wait", "!sleep 1000000")
    let error = await #expect(throws: GitError.self) {
      try await program(timeout: .milliseconds(200)).run(["wait"])
    }
    #expect(error?.code == .program)
    #expect(error?.message.contains("took longer than") == true)
  }

  @Test func endsWithTheTask() async throws {
    _ = try git.repository()
    try git("config", "alias.wait", "!sleep 120")
    let waiting = program()
    let task = Task { try await waiting.run(["wait"]) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
