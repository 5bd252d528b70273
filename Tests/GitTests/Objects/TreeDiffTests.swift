import Git
import Testing

@Suite struct TreeDiffTests {
  /// Compares with `git diff-tree -r`, line by line.
  private func expectAsGit(
    _ git: RealGit, _ repository: Repository, _ old: ObjectID, _ new: ObjectID, under path: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let objects = repository.objects
    let (oldTree, newTree) = (try objects.commit(old).tree, try objects.commit(new).tree)
    let changes = try TreeDiff.between(oldTree, newTree, under: path, in: objects)
    let lines = changes.map { change in
      let (from, to) = (change.old?.mode.description ?? "000000", change.new?.mode.description ?? "000000")
      return ":\(from) \(to) \(change.old?.id ?? .zero) \(change.new?.id ?? .zero) \(change.path)"
    }
    let expected = try git(
      "diff-tree", "-r", "--no-renames", "--full-index", old.description, new.description, "--",
      path.isEmpty ? "." : path
    )
    .split(separator: "\n").map { line -> String in
      let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      return (parts[..<4] + parts[5...]).joined(separator: " ")
    }
    // Where a file became a folder git prints one path twice, in an order of its own.
    #expect(lines.sorted() == expected.sorted(), sourceLocation: sourceLocation)
    #expect(
      changes.map { Array($0.path.utf8) }
        == changes.map { Array($0.path.utf8) }.sorted { $0.lexicographicallyPrecedes($1) },
      sourceLocation: sourceLocation)
  }

  @Test func reportsWhatGitReports() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["a/b/c": "1", "a/b/d": "2", "a-b": "3", "e": "4", "f/g": "5", "x": "6"])
    try git("rm", "-rq", "f", "e")
    let second = try git.commit(["a/b/c": "1b", "a/new/h": "7", "f": "file now", "e/i/j": "folder now", "x": "6"])
    try expectAsGit(git, repository, first, second)
    try expectAsGit(git, repository, second, first)
    try expectAsGit(git, repository, first, second, under: "a/b")
    try expectAsGit(git, repository, first, second, under: "f")
    try expectAsGit(git, repository, first, second, under: "e")
    #expect(try TreeDiff.between(first, first, in: repository.objects).isEmpty)
  }

  @Test func reportsModesLinksAndSubmodules() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["run": "1", "plain": "2"])
    try git("update-index", "--chmod=+x", "run")
    let link = try git("hash-object", "-w", "--stdin", input: "plain")
    try git("update-index", "--add", "--cacheinfo", "120000,\(link),plain")
    try git("update-index", "--add", "--cacheinfo", "160000,\(first),module")
    try git("commit", "-q", "-m", "modes")
    let second = try git.tip()
    try expectAsGit(git, repository, first, second)
    let objects = repository.objects
    let changes = try TreeDiff.between(objects.commit(first).tree, objects.commit(second).tree, in: objects)
    #expect(changes.map(\.path) == ["module", "plain", "run"])
    #expect(changes.map(\.isModeOnly) == [false, false, true])
    #expect(changes.map { $0.new?.mode } == [.commit, .symbolicLink, .executable])
  }

  @Test func readsOnlyTreesThatDiffer() throws {
    let git = try RealGit()
    let repository = try git.repository()
    try git.commit(["a/x": "1", "b/y": "2"])
    let old = try repository.objects.commit(git.tip()).tree
    let same = try #require(try repository.objects.entry(at: "a", in: old))
    let blob = TreeEntry(id: try repository.objects.writeBlob([9]))
    // A folder whose object does not exist: whoever opens it fails.
    let missing = TreeEntry(id: try #require(ObjectID(String(repeating: "1", count: 40))), mode: .tree)
    let left = try TreeWriter.write(entries: ["a": same, "m": missing, "n": blob], to: repository.objects)
    let right = try TreeWriter.write(entries: ["a": same, "m": missing], to: repository.objects)
    #expect(try TreeDiff.between(left, right, in: repository.objects).map(\.path) == ["n"])
  }

  @Test func refusesABrokenTree() throws {
    let git = try RealGit()
    let repository = try git.repository()
    for bytes in ["100644 a", "100644 \0", "9 a\0aaaaaaaaaaaaaaaaaaaa", "100644 a\0short", " ", "100644"] {
      let id = try Array(bytes.utf8).withUnsafeBytes { try repository.objects.write(.tree, $0) }
      let error = #expect(throws: GitError.self) { try TreeDiff.between(nil, id, in: repository.objects) }
      #expect(error?.code == .corrupt)
    }
  }
}
