import Foundation
import Git
import Hub
import Testing

/// Entries that are no plain files, and folders that are written as git would not write them.
@Suite struct FolderAttacks {
  @Test(arguments: [true, false]) func modesThatAreNoPlainFiles(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let file = try target.blob("/etc/passwd")
    for (mode, words) in [
      ("120000", "is a link"), ("100755", "is marked as a program"), ("160000", "is another repository"),
      ("100664", "is not a plain file"), ("100600", "is not a plain file"), ("100000", "is not a plain file"),
    ] {
      let id = mode == "160000" ? target.first : file
      let commit = try target.commit(target.adding((mode, Array("departments.txt".utf8), id)))
      try target.refuses(commit, by: ["bad-mode"], saying: words, maybeByGit: checkedByGit)
    }
  }

  @Test func aFileOfTheLedgerThatBecomesALink() throws {
    let target = try Target()
    let link = try target.blob("../../../../etc/passwd")
    let commit = try target.commit(target.adding(("120000", Array("people.yaml".utf8), link)))
    try target.refuses(commit, by: ["bad-mode"], saying: "people.yaml: The file is a link")
  }

  @Test(arguments: [true, false]) func aFileMarkedAsAProgramInAMerge(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let local = try target.change([
      Target.Files.orders: Target.Files.definition(name: "New orders", unit: "EUR", target: "9")
    ])
    let merge = try target.merge(target.first, local)
    let id = try #require(try target.objects.entry(at: "goals.yaml", in: target.objects.commit(merge).tree)).id
    let tree = try TreeWriter.write(
      base: target.objects.commit(merge).tree, changes: ["goals.yaml": TreeEntry(id: id, mode: .executable)],
      to: target.objects)
    let commit = try target.commit(tree, on: [target.first, local], message: "Sync\n\nMerge-Rules: 1\n")
    try target.refuses(commit, by: ["bad-mode"], saying: "goals.yaml")
  }

  @Test(arguments: [true, false]) func foldersThatGitWouldWriteOtherwise(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let (one, two) = (try target.blob("1"), try target.blob("2"))
    let folder = try target.tree([("100644", Array("x".utf8), one)])
    func name(_ text: String) -> [UInt8] { Array(text.utf8) }
    let malformed: [(String, [Target.Entry])] = [
      ("a name twice", [("100644", name("a"), one), ("100644", name("a"), two)]),
      ("a file and a folder of one name", [("100644", name("a"), one), ("40000", name("a"), folder)]),
      (
        "a file and a folder of one name, with others between",
        [
          ("100644", name("a"), one), ("100644", name("a-b"), one), ("100644", name("a.c"), one),
          ("40000", name("a"), folder),
        ]
      ),
      ("out of order", [("100644", name("b"), one), ("100644", name("a"), two)]),
      ("a folder ordered as a file", [("40000", name("a"), folder), ("100644", name("a.b"), one)]),
      ("a mode with a zero before it", [("0100644", name("a"), one)]),
      ("no name", [("100644", [], one)]),
      ("a file that is a folder", [("100644", name("a"), folder)]),
      ("a folder that is a file", [("40000", name("a"), one)]),
    ]
    for (what, entries) in malformed {
      let inner = try target.tree(entries)
      let commit = try target.commit(target.adding(("40000", name("notes"), inner)))
      let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: commit)
      #expect(verdict.refusals.map(\.rule) == ["malformed-folder"], "\(what): \(verdict.lines())")
    }
    for place in [0, 2, 3] {
      let inner = try target.tree(malformed[place].1)
      let commit = try target.commit(target.adding(("40000", name("notes"), inner)))
      try target.refuses(
        commit, by: ["malformed-folder"], saying: "notes: The folder is not written", maybeByGit: checkedByGit)
    }
  }

  /// git's own check says nothing of an empty folder, and no file differs by it.
  @Test func emptyFoldersInACommitAndInAMerge() throws {
    let target = try Target()
    let empty = try target.tree([])
    let plain = try target.commit(target.adding(("40000", Array("notes".utf8), empty)))
    try target.refuses(plain, by: ["malformed-folder"], saying: "notes: The folder has nothing in it")
    let local = try target.change([
      Target.Files.orders: Target.Files.definition(name: "New orders", unit: "EUR", target: "9")
    ])
    let right = try target.objects.commit(target.merge(target.first, local)).tree
    let tree = try TreeWriter.write(
      base: right, changes: ["notes/x": TreeEntry(id: empty, mode: .tree)], to: target.objects)
    let merge = try target.commit(tree, on: [target.first, local], message: "Sync\n\nMerge-Rules: 1\n")
    try target.refuses(merge, by: ["malformed-folder"], saying: "notes/x")
  }

  @Test func aFolderWhoseFilesWereNotSent() throws {
    let target = try Target()
    let missing = try #require(ObjectID("1234567890123456789012345678901234567890"))
    let commit = try target.commit(target.adding(("100644", Array("x".utf8), missing)))
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.status != 0)
    let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: commit)
    #expect(verdict.refusals.map(\.rule) == ["damaged"])
  }
}
