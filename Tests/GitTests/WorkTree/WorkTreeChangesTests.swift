import Foundation
import Git
import Testing

@Suite struct WorkTreeChangesTests {
  let git: RealGit
  let repository: Repository
  let workTree: WorkTree

  init() throws {
    git = try RealGit()
    repository = try git.repository()
    try git.commit(["a/b/c": "1", "a/b/d": "2", "a-b": "3", "e": "4", "deep/er/f": "5"])
    workTree = try WorkTree(repository)
  }

  /// The changes in the form of `git status --porcelain`, staged and unstaged taken together.
  private func changes() throws -> [String] {
    let tip = try #require(try repository.target(of: "HEAD"))
    return try workTree.changes(since: repository.objects.commit(tip).tree).map { change in
      let letter = change.content == .absent ? "D" : change.committed == nil ? "A" : "M"
      return "\(letter) \(change.path)"
    }
  }

  /// What git would commit of everything, by adding it to an index of its own.
  private func viaGit() throws -> [String] {
    try FileManager.default.copyItem(atPath: git.path("work/.git/index"), toPath: git.path("index-copy"))
    git.environment["GIT_INDEX_FILE"] = git.path("index-copy")
    defer {
      git.environment["GIT_INDEX_FILE"] = nil
      try? FileManager.default.removeItem(atPath: git.path("index-copy"))
    }
    try git("add", "-A")
    let lines = try git("diff-index", "--cached", "--name-status", "--no-renames", "HEAD").split(separator: "\n")
    return lines.map { String($0).replacing("\t", with: " ").replacing("T ", with: "M ") }
      .sorted { $0.dropFirst(2).utf8.lexicographicallyPrecedes($1.dropFirst(2).utf8) }
  }

  @Test func nothingInACleanTree() throws {
    #expect(try changes() == [])
  }

  @Test func agreesWithGitOnAllKindsOfChange() throws {
    try git.write("changed", to: "a/b/c")
    try FileManager.default.removeItem(atPath: git.path("work/deep/er/f"))
    try git.write("new", to: "new/folder/x")
    try git.write("new", to: "a/b/new")
    try git.write("9", to: "e")
    #expect(try changes() == ["M a/b/c", "A a/b/new", "D deep/er/f", "M e", "A new/folder/x"])
    #expect(try changes() == viaGit())
  }

  @Test func seesAChangeOfTheSameSizeAtOnce() throws {
    for round in 0..<20 {
      try git.commit(["e": "\(round % 10)"])
      try git.write("\((round + 1) % 10)", to: "e")
      #expect(try changes() == ["M e"])
    }
  }

  @Test func countsWhatIsStagedAsWhatIsThere() throws {
    try git.write("staged", to: "e")
    try git.write("staged", to: "a/b/new")
    try git("add", "-A")
    try git("rm", "-q", "a-b")
    try git("rm", "-q", "--cached", "a/b/c")
    #expect(try changes() == viaGit())
    #expect(try changes() == ["D a-b", "A a/b/new", "M e"])
    try git.write("4", to: "e")
    try FileManager.default.removeItem(atPath: git.path("work/a/b/new"))
    #expect(try changes() == ["D a-b"])
    #expect(try changes() == viaGit())
  }

  @Test func whatASparseCheckoutDoesNotShowIsNotGone() throws {
    try git("sparse-checkout", "set", "--cone", "a")
    #expect(!FileManager.default.fileExists(atPath: git.path("work/deep")))
    #expect(try changes() == [])
    try git.write("6", to: "a/b/c")
    #expect(try changes() == ["M a/b/c"])
  }

  @Test(.enabled(if: getuid() != 0, "root opens everything")) func aFolderThatCannotBeOpenedIsNotGone() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: git.path("work/deep"))
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path("work/deep")) }
    #expect(throws: GitError.self) { try changes() }
  }

  @Test func fileAndFolderChangePlaces() throws {
    try FileManager.default.removeItem(atPath: git.path("work/a"))
    try git.write("file now", to: "a")
    try FileManager.default.removeItem(atPath: git.path("work/e"))
    try git.write("folder now", to: "e/x")
    #expect(try changes() == viaGit())
    #expect(try changes() == ["A a", "D a/b/c", "D a/b/d", "D e", "A e/x"])
  }

  @Test func ignoresWhatGitIgnores() throws {
    try git.commit([".gitignore": "*.tmp\nout/\n!keep.tmp\n", "out.tmp": "x"])
    try git("add", "-f", "out.tmp")
    try git("commit", "-qm", "followed in spite of being ignored")
    try git.write("x", to: "a/x.tmp")
    try git.write("x", to: "a/keep.tmp")
    try git.write("x", to: "out/y")
    try git.write("changed", to: "out.tmp")
    try git.write("x", to: "nested/.gitignore")
    try git.write("x", to: "nested/x")
    #expect(try changes() == ["A a/keep.tmp", "A nested/.gitignore", "M out.tmp"])
    #expect(try changes() == viaGit())
  }

  @Test func leavesRepositoriesInsideAlone() throws {
    _ = try git.repository("work/inner")
    try git.write("x", to: "inner/file")
    #expect(try changes() == [])
  }

  @Test func permissionsAndLinks() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path("work/e"))
    try FileManager.default.createSymbolicLink(atPath: git.path("work/link"), withDestinationPath: "e")
    #expect(try changes() == ["M e", "A link"])
    #expect(try changes() == viaGit())
    try git("config", "core.fileMode", "false")
    #expect(try changes() == ["A link"])
    try git("add", "-A")
    try git("commit", "-qm", "link")
    #expect(try changes() == [])
  }

  @Test func notesWhatWasOnlyTouched() throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)], ofItemAtPath: git.path("work/e"))
    #expect(try git("diff-files", "--name-only") == "e")
    #expect(try changes() == [])
    #expect(try git("diff-files", "--name-only") == "")
  }

  @Test(arguments: ["2", "3", "4"]) func readsEveryVersionOfTheIndex(_ version: String) throws {
    if version == "3" {
      try git.write("later", to: "intent")
      try git("add", "--intent-to-add", "intent")
    }
    try git("update-index", "--force-write-index", "--index-version", version)
    try git.write("changed", to: "a/b/d")
    #expect(try changes() == (version == "3" ? ["M a/b/d", "A intent"] : ["M a/b/d"]))
  }

  @Test func aConflictOfGitsOwnIsAChange() throws {
    try git("checkout", "-qb", "side")
    try git.commit(["e": "side"])
    try git("checkout", "-q", "main")
    try git.commit(["e": "main"])
    try git("merge", "-q", "side", status: 1)
    #expect(try changes() == ["M e"])
  }

  @Test func aBrokenIndexIsAnErrorAndNoCrash() throws {
    let path = git.path("work/.git/index")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var random = SystemRandomNumberGenerator()
    for round in 0..<300 {
      var broken = bytes
      if round % 3 == 0 {
        for _ in 0..<2 { broken[Int.random(in: 12..<bytes.count, using: &random)] = UInt8(ascii: "/") }
      } else if round % 3 == 1 {
        broken.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      } else {
        for _ in 0..<4 {
          broken[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      }
      try Data(broken).write(to: URL(fileURLWithPath: path))
      _ = try? changes()
    }
  }

  @Test func findsChangesAmongManyFiles() throws {
    var files: [String: String?] = [:]
    for folder in 0..<100 { for file in 0..<20 { files["d\(folder)/s\(file % 3)/f\(file)"] = "\(folder) \(file)" } }
    try git.commit(files)
    for folder in stride(from: 0, to: 100, by: 7) {
      try git.write("x", to: "d\(folder)/s0/f3")
      try git.write("x", to: "d\(folder)/s9/new")
      try FileManager.default.removeItem(atPath: git.path("work/d\(folder)/s2/f2"))
    }
    #expect(try changes() == viaGit())
    #expect(try changes().count == 45)
  }
}
