import Git
import Testing

@Suite struct ReferenceTests {
  @Test func movesOnlyFromWhereItIsExpected() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["a": "1"])
    let second = try git.commit(["a": "2"])
    try repository.updateReference("refs/heads/main", to: first, from: second, message: "back")
    #expect(try git.tip() == first)
    let lost = #expect(throws: GitError.self) {
      try repository.updateReference("refs/heads/main", to: second, from: second, message: "late")
    }
    #expect(lost?.code == .modified)
    #expect(try git.tip() == first)
    #expect(try git("reflog", "-1", "--format=%gs", "main") == "back")
    #expect(try git("reflog", "-1", "--format=%gs", "HEAD") == "back")
  }

  @Test func createsOnlyWhatIsNotThere() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let tip = try git.commit(["a": "1"])
    try repository.updateReference("refs/kpi/kept/1", to: tip, from: nil, message: "keep")
    let error = #expect(throws: GitError.self) {
      try repository.updateReference("refs/kpi/kept/1", to: tip, from: nil, message: "keep")
    }
    #expect(error?.code == .exists)
    #expect(try repository.references(under: "refs/kpi/").map(\.target) == [.object(tip)])
    #expect(try repository.references().count == 2)
  }

  @Test func deletesPackedOnesToo() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["a": "1"])
    let second = try git.commit(["a": "2"])
    try git("branch", "old", first.description)
    try git("pack-refs", "--all")
    #expect(throws: GitError.self) { try repository.deleteReference("refs/heads/old", from: second) }
    #expect(try repository.deleteReference("refs/heads/old", from: first))
    #expect(try !repository.deleteReference("refs/heads/old"))
    #expect(try git("branch", "--list", "old") == "")
  }

  @Test func headNamesABranchWithOrWithoutCommits() throws {
    let git = try RealGit()
    let repository = try git.repository()
    #expect(try repository.headBranch() == "refs/heads/main")
    #expect(try repository.target(of: "HEAD") == nil)
    #expect(try repository.reference("refs/heads/main") == nil)
    let tip = try git.commit(["a": "1"])
    #expect(try repository.target(of: "HEAD") == tip)
    try git("checkout", "-q", "--detach")
    #expect(try repository.headBranch() == nil)
    try repository.setSymbolicReference("HEAD", to: "refs/heads/main", message: "home")
    #expect(try git("symbolic-ref", "HEAD") == "refs/heads/main")
  }

  @Test func namesTheLockThatAKilledProcessLeft() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let tip = try git.commit(["a": "1"])
    try git.write("", to: ".git/refs/heads/main.lock")
    let error = #expect(throws: GitError.self) {
      try repository.updateReference("refs/heads/main", to: tip, from: tip, message: "x")
    }
    #expect(error?.code == .locked)
  }

  @Test func configurationIsReadAndWritten() throws {
    let git = try RealGit()
    let repository = try git.repository()
    #expect(try repository.configuration("kpi.person") == nil)
    try repository.setConfiguration("kpi.person", to: "Ana \"A\" Ruiz")
    #expect(try git("config", "kpi.person") == "Ana \"A\" Ruiz")
    try git("config", "core.autocrlf", "input")
    try git("config", "kpi.flag", "on")
    #expect(try repository.configuration("core.autocrlf") == "input")
    #expect(try repository.configurationFlag("kpi.flag") == true)
    try repository.setConfiguration("kpi.person", to: nil)
    try repository.setConfiguration("kpi.person", to: nil)
    #expect(try repository.configuration("kpi.person") == nil)
  }
}
