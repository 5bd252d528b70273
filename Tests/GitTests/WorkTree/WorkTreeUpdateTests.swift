import Foundation
import Git
import Testing

@Suite struct WorkTreeUpdateTests {
  let git: RealGit
  let repository: Repository
  let workTree: WorkTree
  let old: ObjectID
  let new: ObjectID

  /// A clone that is at `old`; `new` changes, adds, removes, and swaps files and folders.
  init() throws {
    git = try RealGit()
    repository = try git.repository()
    workTree = try WorkTree(repository)
    let first = try git.commit(["a/b/c": "1", "a/b/d": "2", "a-b": "3", "e": "4", "f/g/h": "5", "run": "6"])
    try git("rm", "-rq", "f", "e")
    try git.write("changed", to: "a/b/c")
    try git.write("new", to: "x/y/z")
    try git.write("file now", to: "f")
    try git.write("folder now", to: "e/i")
    try git("add", "-A")
    try git("update-index", "--chmod=+x", "run")
    try git("commit", "-qm", "second")
    let second = try git.tip()
    try git("reset", "-q", "--hard", first.description)
    (old, new) = try (repository.objects.commit(first).tree, repository.objects.commit(second).tree)
    try git("branch", "new", second.description)
  }

  private func update(keeping: Set<String> = []) throws -> [String] {
    let changes = try TreeDiff.between(old, new, in: repository.objects)
    return try workTree.update(changes, keeping: keeping)
  }

  private func moveBranch() throws {
    try repository.setReference("refs/heads/main", to: git.tip("new"), message: "sync")
  }

  @Test func leavesAWorkTreeThatGitCallsClean() throws {
    #expect(try update() == [])
    try moveBranch()
    #expect(try git("status", "--porcelain") == "")
    #expect(try git("diff-files", "--name-only") == "")
    #expect(try git("write-tree") == new.description)
    #expect(try workTree.changes(since: new) == [])
    #expect(git.read("x/y/z") == "new")
    #expect(git.read("f") == "file now")
    let left = try FileManager.default.contentsOfDirectory(atPath: git.path("work/.git"))
    #expect(!left.contains { $0.hasPrefix("kpi-") })
    try git("fsck", "--strict")
  }

  @Test func neverOverwritesAnEdit() throws {
    try git.write("edit of c", to: "a/b/c")
    try git.write("edit of h", to: "f/g/h")
    try git.write("in the way", to: "x/y/z")
    #expect(try update() == ["a/b/c", "f", "f/g/h", "x/y/z"])
    #expect(git.read("a/b/c") == "edit of c")
    #expect(git.read("f/g/h") == "edit of h")
    #expect(git.read("x/y/z") == "in the way")
    try moveBranch()
    #expect(try git("write-tree") == new.description)
    let status = try git("status", "--porcelain", "--untracked-files=all")
    #expect(status == " M a/b/c\n D f\n M x/y/z\n?? f/g/h")
  }

  @Test func endsWellWhenMadeAgain() throws {
    // What an interrupted update leaves: some files new, the index old.
    try git.write("changed", to: "a/b/c")
    try FileManager.default.removeItem(atPath: git.path("work/e"))
    try git.write("folder now", to: "e/i")
    #expect(try update() == [])
    #expect(try update() == [])
    try moveBranch()
    #expect(try git("status", "--porcelain") == "")
  }

  @Test func keepsWhatItIsToldTo() throws {
    try git.write("unfinished", to: "a/b/c")
    #expect(try update(keeping: ["a/b/c"]) == ["a/b/c"])
    #expect(git.read("a/b/c") == "unfinished")
  }

  @Test func doesNotFollowLinks() throws {
    try FileManager.default.createDirectory(atPath: git.path("outside"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: git.path("work/x"), withDestinationPath: git.path("outside"))
    #expect(try update() == ["x/y/z"])
    #expect(!FileManager.default.fileExists(atPath: git.path("outside/y/z")))
  }

  @Test func recordsWhatWasCommittedFromTheWorkTree() throws {
    try git.write("2026-01,12", to: "a/b/c")
    let file = try #require(try workTree.read("a/b/c"))
    let entry = TreeEntry(id: try repository.objects.writeBlob(file.bytes))
    let tree = try TreeWriter.write(base: old, changes: ["a/b/c": entry, "a-b": nil], to: repository.objects)
    try FileManager.default.removeItem(atPath: git.path("work/a-b"))
    let who = Signature(name: "A", email: "a@b", time: GitTime(seconds: 1_700_000_000))
    let tip = try git.tip()
    let commit = try repository.objects.writeCommit(
      tree: tree, parents: [tip], author: who, committer: who, message: "record")
    try repository.updateReference("refs/heads/main", to: commit, from: tip, message: "record")
    try workTree.record(["a/b/c": IndexRecord(entry: entry, stamp: file.stamp), "a-b": nil])
    #expect(try git("diff-files", "--name-only") == "")
    #expect(try git("status", "--porcelain") == "")
    #expect(try workTree.changes(since: tree) == [])
  }

  @Test func namesTheLockThatAKilledProcessLeft() throws {
    try git.write("", to: ".git/index.lock")
    let error = #expect(throws: GitError.self) { try update() }
    #expect(error?.code == .locked)
    // The files are there already: once the lock is gone, the same call completes the index.
    try FileManager.default.removeItem(atPath: git.path("work/.git/index.lock"))
    #expect(try update() == [])
    try moveBranch()
    #expect(try git("status", "--porcelain") == "")
  }

  @Test func writesLineEndingsAsTheUserHasConfiguredThem() throws {
    try git("config", "core.autocrlf", "true")
    let blob = try repository.objects.writeBlob(Array("a\nb\n".utf8))
    let target = try TreeWriter.write(base: old, changes: ["e": TreeEntry(id: blob)], to: repository.objects)
    let fresh = try WorkTree(Repository.open(git.path("work")))
    try fresh.update(try TreeDiff.between(old, target, in: repository.objects))
    #expect(git.read("e") == "a\r\nb\r\n")
    #expect(try git("write-tree") == target.description)
    #expect(try git("diff-files", "--name-only") == "")
  }

  @Test func resetsTheIndexToATree() throws {
    try workTree.resetIndex(to: new)
    #expect(try git("write-tree") == new.description)
  }

  @Test func needsAWorkTree() throws {
    let bare = try git.repository("hub", bare: true)
    let error = #expect(throws: GitError.self) { try WorkTree(bare) }
    #expect(error?.code == .bareRepository)
  }
}
