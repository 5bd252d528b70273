import Foundation
import Git
import Testing

/// Pushes to a hub whose ledger says `require_signatures`; bo signs with a key that people.yaml may have.
@Suite struct SignatureTests {
  typealias Files = SampleFiles
  let stage: HubStage
  private let bos: String

  init() throws {
    stage = try HubStage()
    _ = try stage.clone("bo")
    bos = try Self.key("bo", on: stage)
    let anas = try Self.key("ana", on: stage)
    let people = try #require(Files.all["people.yaml"])
      .replacingOccurrences(of: "emails: [ana@example.com]", with: "emails: [ana@example.com], keys: [\(anas)]")
      .replacingOccurrences(of: "emails: [bo@example.com]", with: "emails: [bo@example.com], keys: [\(bos)]")
    try stage.commit(["people.yaml": people], in: "bo")
    try stage.commit(
      ["ledger.yaml": (Files.all["ledger.yaml"] ?? "") + "require_signatures: true\n"], in: "bo")
    try stage.push("main", from: "bo")
  }

  private static func key(_ name: String, on stage: HubStage) throws -> String {
    try stage.run(
      "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", stage.folder + "/" + name + "-key"], in: "")
    return try String(contentsOfFile: stage.folder + "/" + name + "-key.pub", encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  private func sign(_ name: String) throws {
    for (key, value) in [
      ("gpg.format", "ssh"), ("user.signingkey", stage.folder + "/" + name + "-key"), ("commit.gpgsign", "true"),
    ] { try stage.git("config", key, value, in: "bo") }
  }

  private func change(_ value: Int) throws {
    try stage.commit([Files.actuals: "period,value,status,note\n2026-01,\(value),,\n"], in: "bo")
  }

  @Test func aSignedCommitComesIn() throws {
    try sign("bo")
    try change(1)
    try stage.push("main", from: "bo")
  }

  @Test func anUnsignedOneIsToldHowToSign() throws {
    try change(1)
    let told = try stage.pushIsRefused("main", from: "bo", by: ["signature-missing"])
    #expect(told.contains("ssh-keygen -t ed25519") && told.contains("user.signingkey"))
  }

  @Test func anothersKeyIsRefused() throws {
    try sign("ana")
    try change(1)
    let told = try stage.pushIsRefused("main", from: "bo", by: ["signature-not-the-committers"])
    #expect(told.contains("bo@example.com"))
  }

  @Test func aKeyThatThePushItselfTookAwaySignsNothingAfterThat() throws {
    try sign("bo")
    let people = try stage.git("show", "main:people.yaml", in: "bo")
    try stage.commit(["people.yaml": people.replacingOccurrences(of: ", keys: [\(bos)]", with: "") + "\n"], in: "bo")
    try change(1)
    try stage.pushIsRefused("main", from: "bo", by: ["signature-not-the-committers"])
    try stage.git("reset", "-q", "--hard", "HEAD~1", in: "bo")
    try stage.push("main", from: "bo")
  }

  @Test func theLastAdministratorsKeyIsNotTakenAway() throws {
    try sign("bo")
    let people = try stage.git("show", "main:people.yaml", in: "bo")
    let without = people.replacingOccurrences(of: #", keys: \[[^]]*\]"#, with: "", options: .regularExpression)
    try stage.commit(["people.yaml": without + "\n"], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["no-signing-administrator"])
  }

  @Test func anUnsignedSyncIsRefusedAndASignedOneMayBringUnsignedCommits() throws {
    let tip = try stage.tip("main")
    try change(1)
    let local = try stage.tip(in: "bo")
    let merge = try stage.merge(hub: tip, local: local, in: Repository.open(stage.folder + "/bo"))
    try stage.pushIsRefused("\(merge):main", from: "bo", by: ["signature-missing"])
    try sign("bo")
    try stage.git("checkout", "-q", "--detach", "\(merge)", in: "bo")
    try stage.git("commit", "-q", "--amend", "--no-edit", in: "bo")
    let signed = try stage.tip(in: "bo")
    try stage.push("\(signed):main", from: "bo")
  }
}
