import Foundation
import Testing

@testable import Git

/// Signatures that git made through ssh-keygen, and what is done to them.
@Suite struct SigningTests {
  let git: RealGit
  let repository: Repository

  init() throws {
    git = try RealGit()
    repository = try git.repository()
  }

  /// A new key; its public line without the comment.
  @discardableResult
  private func key(_ name: String, _ kind: String...) throws -> String {
    try shell("ssh-keygen", ["-q", "-N", "", "-C", "", "-f", git.path(name), "-t"] + kind)
    return try String(contentsOfFile: git.path(name) + ".pub", encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  private func shell(_ program: String, _ arguments: [String]) throws {
    let ended = try ChildProgram(places: [program], environment: ["PATH=/usr/bin:/bin"], seconds: 30)
      .run(arguments, input: [])
    try #require(ended.status == 0, "\(ended.errors)")
  }

  private func signedCommit(by key: String) throws -> ObjectID {
    for (name, value) in [("gpg.format", "ssh"), ("user.signingkey", git.path(key)), ("commit.gpgsign", "true")] {
      try git("config", name, value)
    }
    return try git.commit(["a": UUID().uuidString])
  }

  /// The commit with something else in its bytes.
  private func forged(_ id: ObjectID, _ change: (String) -> String) throws -> ObjectID {
    let text = try git("cat-file", "commit", "\(id)") + "\n"
    return try #require(ObjectID(try git("hash-object", "-t", "commit", "-w", "--stdin", input: change(text))))
  }

  @Test(arguments: [
    ["ed25519"], ["ecdsa", "-b", "256"], ["ecdsa", "-b", "384"], ["ecdsa", "-b", "521"], ["rsa", "-b", "2048"],
  ])
  func everyKindOfKeyVerifies(kind: [String]) throws {
    try shell("ssh-keygen", ["-q", "-N", "", "-C", "", "-f", git.path("key"), "-t"] + kind)
    let line = try String(contentsOfFile: git.path("key.pub"), encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
    let objects = repository.objects
    let commit = try signedCommit(by: "key")
    #expect(try objects.signingKey(ofCommit: commit)?.description == line)
    let other = try forged(commit) { $0.replacingOccurrences(of: "change", with: "chance") }
    #expect(try objects.signingKey(ofCommit: other) == nil)
  }

  @Test func whatIsNotSignedHasNoKey() throws {
    let commit = try git.commit(["a": "1"])
    #expect(try repository.objects.signingKey(ofCommit: commit) == nil)
  }

  @Test func aSignatureOfAnotherCommitDoesNotVerify() throws {
    try key("key", "ed25519")
    let (one, other) = (try signedCommit(by: "key"), try signedCommit(by: "key"))
    let signature = try #require(try repository.objects.commit(one).signature)
    let stolen = try forged(other) { text in
      let own = text.components(separatedBy: "gpgsig ")[1].components(separatedBy: "\n\n")[0]
      return text.replacingOccurrences(of: own, with: signature.replacingOccurrences(of: "\n", with: "\n "))
    }
    #expect(stolen != other)
    #expect(try repository.objects.signingKey(ofCommit: stolen) == nil)
  }

  @Test func aSignatureForSomethingElseThanGitIsNone() throws {
    try key("key", "ed25519")
    let commit = try signedCommit(by: "key")
    let bytes = try #require(try repository.objects.signedBytes(ofCommit: commit))
    try Data(bytes).write(to: URL(fileURLWithPath: git.path("bytes")))
    try shell("ssh-keygen", ["-q", "-Y", "sign", "-n", "file", "-f", git.path("key"), git.path("bytes")])
    let text = try String(contentsOfFile: git.path("bytes.sig"), encoding: .utf8)
    let signature = try #require(SSHSignature(text))
    #expect(try signature.verifies(bytes) && signature.namespace == "file")
    let own = try #require(try repository.objects.commit(commit).signature)
    let other = try forged(commit) {
      $0.replacingOccurrences(
        of: own.replacingOccurrences(of: "\n", with: "\n "),
        with: text.trimmingCharacters(in: .newlines).replacingOccurrences(of: "\n", with: "\n "))
    }
    #expect(try repository.objects.signingKey(ofCommit: other) == nil)
  }

  @Test func twoSignaturesAreNone() throws {
    try key("key", "ed25519")
    let commit = try signedCommit(by: "key")
    let twice = try forged(commit) { $0.replacingOccurrences(of: "\n\nchange", with: "\ngpgsig x\n\nchange") }
    #expect(try repository.objects.signingKey(ofCommit: twice) == nil)
  }

  @Test(arguments: [
    "", "x", "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH!!!!\n-----END SSH SIGNATURE-----",
  ]) func whatIsNoSignatureIsNone(text: String) { #expect(SSHSignature(text) == nil) }

  @Test func eachBitOfASignatureCounts() throws {
    try key("key", "ed25519")
    let commit = try signedCommit(by: "key")
    let bytes = try #require(try repository.objects.signedBytes(ofCommit: commit))
    let text = try #require(try repository.objects.commit(commit).signature)
    let lines = text.split(separator: "\n").map(String.init)
    let packed = try #require(Base64.decode(lines[1..<(lines.count - 1)].joined().utf8))
    for place in packed.indices {
      var changed = packed
      changed[place] ^= 1
      let armour = [lines[0], Base64.encode(changed), lines[lines.count - 1]].joined(separator: "\n")
      #expect(try SSHSignature(armour)?.verifies(bytes) != true, "byte \(place)")
      for cut in [packed.prefix(place), packed + [0]] as [ArraySlice<UInt8>] {
        let armour = [lines[0], Base64.encode(Array(cut)), lines[lines.count - 1]].joined(separator: "\n")
        #expect(SSHSignature(armour) == nil)
      }
    }
  }

  @Test func withoutSSHKeygenThereIsNoAnswerForRSA() throws {
    try key("key", "rsa", "-b", "2048")
    let commit = try signedCommit(by: "key")
    let missing = SSHKeygen(places: ["/nowhere/ssh-keygen"])
    #expect(throws: GitError(.program, "the program ssh-keygen is not installed")) {
      try repository.objects.signingKey(ofCommit: commit, keygen: missing)
    }
    try key("other", "ed25519")
    #expect(try repository.objects.signingKey(ofCommit: signedCommit(by: "other"), keygen: missing) != nil)
  }

  @Test func anSSHKeygenThatHangsIsEnded() throws {
    try key("key", "rsa", "-b", "2048")
    let commit = try signedCommit(by: "key")
    try Data("#!/bin/sh\nexec sleep 60\n".utf8).write(to: URL(fileURLWithPath: git.path("slow")))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path("slow"))
    #expect(throws: GitError.self) {
      try repository.objects.signingKey(ofCommit: commit, keygen: SSHKeygen(places: [git.path("slow")], seconds: 0.2))
    }
  }

  @Test func shortRSAKeysAreNoKeys() throws {
    #expect(SSHPublicKey(try key("short", "rsa", "-b", "1024")) == nil)
  }

  @Test func base64IsReadAsItIsWritten() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decode(text.utf8) == bytes)
    }
    for text in ["A", "AA", "AB==", "AAB=", "A=AA", "AA=A", "====", "AA===", "AA-_"] {
      #expect(Base64.decode(text.utf8) == nil)
    }
  }
}
