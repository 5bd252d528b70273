import Git
import Testing

@Suite struct TreeTests {
  @Test func listsAndLooksUp() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let commit = try git.commit(["a/b/c.yaml": "1", "a-b": "2", "a.yaml": "3", "z": "4"])
    let tree = try repository.objects.commit(commit).tree
    #expect(try repository.objects.tree(tree).items.map(\.name) == ["a-b", "a.yaml", "a", "z"])
    let entry = try #require(try repository.objects.entry(at: "a/b/c.yaml", in: tree))
    #expect(entry.mode == .file)
    #expect(try git("rev-parse", "HEAD:a/b/c.yaml") == entry.id.description)
    #expect(try repository.objects.entry(at: "a/b", in: tree)?.mode == .tree)
    for absent in ["a/b/c", "a/x", "z/y", "b"] {
      #expect(try repository.objects.entry(at: absent, in: tree) == nil)
    }
    #expect(try repository.objects.files(in: tree).map(\.path) == ["a-b", "a.yaml", "a/b/c.yaml", "z"])
    #expect(try repository.objects.files(in: tree, under: "a/b").map(\.path) == ["a/b/c.yaml"])
    #expect(try repository.objects.files(in: tree, under: "a.yaml").map(\.path) == ["a.yaml"])
  }
}

@Suite struct TreeWriterTests {
  let git: RealGit
  let repository: Repository
  let base: ObjectID

  init() throws {
    git = try RealGit()
    repository = try git.repository()
    let commit = try git.commit(["a/b/c": "1", "a/b/d": "2", "a/e": "3", "a-b/f": "4", "g": "5"])
    base = try repository.objects.commit(commit).tree
  }

  /// What git makes of the same change through its index.
  private func viaIndex(_ changes: [(String, String?)]) throws -> String {
    try git("read-tree", base.description)
    for (path, text) in changes where text == nil {
      try git("rm", "-rfq", "--cached", "--ignore-unmatch", path)
    }
    for (path, text) in changes {
      guard let text else { continue }
      let id = try git("hash-object", "-w", "--stdin", input: text)
      try git("update-index", "--add", "--replace", "--cacheinfo", "100644,\(id),\(path)")
    }
    return try git("write-tree")
  }

  @Test(arguments: [
    [("a/b/c", "new")], [("a/b/c", nil)], [("a/b/c", nil), ("a/b/d", nil)], [("x/y/z", "new"), ("x/y", nil)],
    [("a", "file now")], [("g/h", "folder now"), ("g", nil)], [("g/h/i", "folder now")],
    [("a/b", nil), ("a-b/f", "x")],
    [("nothing/there", nil)], [("a", nil), ("a/b/c", "again")], [("a/b", nil), ("a/b-c", "x"), ("a/b/c", "y")],
    [("a", nil), ("a-b", nil), ("g", nil)],
  ])
  func writesWhatGitWouldWrite(_ changes: [(String, String?)]) throws {
    var given: [String: TreeEntry?] = [:]
    for (path, text) in changes {
      given[path] = .some(try text.map { TreeEntry(id: try repository.objects.writeBlob(Array($0.utf8))) })
    }
    let written = try TreeWriter.write(base: base, changes: given, to: repository.objects)
    #expect(try written.description == viaIndex(changes))
    try git("fsck", "--strict")
  }

  @Test func writesEntriesAsMktree() throws {
    let blob = try repository.objects.writeBlob([65])
    let entries = [
      "b": TreeEntry(id: blob), "b.": TreeEntry(id: blob, mode: .executable), "b-": TreeEntry(id: base, mode: .tree),
    ]
    let lines = entries.map { "\($1.mode) \($1.mode.isTree ? "tree" : "blob") \($1.id)\t\($0)\n" }.joined()
    #expect(try TreeWriter.write(entries: entries, to: repository.objects).description == git("mktree", input: lines))
  }

  @Test(arguments: ["", "a//b", "/a", "a/", "../x", "a/./b", ".git/config", "a/.GIT/b", "nul\0"])
  func refusesPathsThatGitForbids(_ path: String) throws {
    let error = #expect(throws: GitError.self) {
      try TreeWriter.write(base: base, changes: [path: TreeEntry(id: base)], to: repository.objects)
    }
    #expect(error?.code == .invalid)
  }

  @Test func refusesAFileThatIsAFolderToo() throws {
    let blob = TreeEntry(id: try repository.objects.writeBlob([65]))
    #expect(throws: GitError.self) {
      try TreeWriter.write(base: base, changes: ["x": blob, "x/y": blob], to: repository.objects)
    }
  }
}
