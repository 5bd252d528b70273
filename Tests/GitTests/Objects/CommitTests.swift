import Git
import Testing

@Suite struct CommitTests {
  @Test func readsWhatGitWrote() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let first = try git.commit(["a": "1"], message: "Réviser\n\nbody: one\n\nMerge-Rules: 1")
    let commit = try repository.objects.commit(first)
    #expect(commit.parents.isEmpty)
    #expect(try commit.tree.description == git("rev-parse", "HEAD^{tree}"))
    #expect(commit.author.description == "Ana Ruiz <ana@example.com>")
    #expect(commit.author.time.offsetMinutes == 60)
    #expect(commit.committer.name == "Bo Lind")
    #expect(commit.message == "Réviser\n\nbody: one\n\nMerge-Rules: 1\n")
    #expect(commit.subject == "Réviser")
    #expect(commit.signature == nil)
    let second = try git.commit(["a": "2"])
    #expect(try repository.objects.commit(second).parents == [first])
  }

  @Test func writesWhatGitWouldWrite() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let parent = try git.commit(["a": "1"])
    let tree = try repository.objects.commit(parent).tree
    let author = Signature(
      name: " Ana <Ruiz>.\n", email: "ana@example.com", time: GitTime(seconds: 1_700_000_500, offsetMinutes: -90))
    let committer = Signature(name: "Bo Lind", email: "bo@example.com", time: GitTime(seconds: 1_700_000_600))
    let id = try repository.objects.writeCommit(
      tree: tree, parents: [parent], author: author, committer: committer, message: "one\n\ntwo")
    git.environment.merge([
      "GIT_AUTHOR_NAME": " Ana <Ruiz>.\n", "GIT_AUTHOR_DATE": "1700000500 -0130",
      "GIT_COMMITTER_DATE": "1700000600 +0000",
    ]) { $1 }
    let expected = try git("commit-tree", tree.description, "-p", parent.description, "-m", "one\n\ntwo")
    #expect(id.description == expected)
    try git("fsck", "--strict")
  }

  @Test func refusesWhatGitCouldNotRead() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let ana = Signature(name: "Ana", email: "", time: GitTime(seconds: 0))
    let nobody = Signature(name: " ", email: "a@b", time: GitTime(seconds: 0))
    func write(_ tree: ObjectID, _ parents: [ObjectID], _ author: Signature, _ message: String) throws -> ObjectID {
      try repository.objects.writeCommit(tree: tree, parents: parents, author: author, committer: ana, message: message)
    }
    let root = try write(.emptyTree, [], ana, "root")
    try git("fsck", "--strict")
    let blob = try repository.objects.writeBlob([1])
    #expect(throws: GitError.self) { try write(blob, [], ana, "") }
    #expect(throws: GitError.self) { try write(.emptyTree, [blob], ana, "") }
    #expect(throws: GitError.self) { try write(.emptyTree, [root], nobody, "") }
    #expect(throws: GitError.self) { try write(.emptyTree, [root], ana, "\0") }
  }

  @Test func findsTheSignatureAndWhatItCovers() throws {
    let git = try RealGit()
    let repository = try git.repository()
    try git.commit(["a": "1"])
    let plain = try git("cat-file", "commit", "HEAD") + "\n"
    let signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n line one\n \n line three\n -----END SSH SIGNATURE-----\n"
    let signed = plain.replacing("\n\n", with: "\n" + signature + "\n", maxReplacements: 1)
    let id = try Array(signed.utf8).withUnsafeBytes { try repository.objects.write(.commit, $0) }
    let commit = try repository.objects.commit(id)
    #expect(commit.signature == "-----BEGIN SSH SIGNATURE-----\nline one\n\nline three\n-----END SSH SIGNATURE-----")
    #expect(try repository.objects.signedBytes(ofCommit: id) == Array(plain.utf8))
    #expect(try repository.objects.signedBytes(ofCommit: git.tip()) == nil)
  }

  @Test func survivesForeignSignatures() {
    for (line, name, email, seconds) in [
      ("A B <a@b> 12 +0000", "A B", "a@b", 12), ("A <", "A", "", 0), ("<a@b> x y", "", "a@b", 0), ("", "", "", 0),
      ("A > < 1 +0000", "A >", "", 0), ("A <a <b>> 99999999999999999999 +9", "A", "a <b>", 0),
    ] {
      let signature = Signature(parsing: line)
      #expect(signature.name == name)
      #expect(signature.email == email)
      #expect(signature.time.seconds == Int64(seconds))
    }
  }
}
