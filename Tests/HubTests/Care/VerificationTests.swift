import Calculation
import Foundation
import Git
import Hub
import Testing

/// What the auditor's proof finds, in a hub and in a clone that somebody has tampered with.
@Suite struct HubVerificationTests {
  let stage: HubStage
  let row = { (value: Int) in [SampleFiles.actuals: "period,value,status,note\n2026-01,\(value),,\n2026-02,24,,\n"] }

  init() throws {
    stage = try HubStage()
    let bo = try stage.clone("bo")
    try stage.commit(row(31), in: "bo", message: "one")
    try stage.push("main", from: "bo")
    // A merge, as 'kpi sync' makes them.
    let hub = try stage.tip("main")
    try stage.git("checkout", "-q", "-b", "own", "HEAD~1", in: "bo")
    try stage.commit(
      [SampleFiles.orders: SampleFiles.definition(name: "New orders", unit: "EUR", target: "30")], in: "bo")
    let merge = try stage.merge(hub: hub, local: stage.tip(in: "bo"), in: bo)
    try stage.git("push", "-q", "origin", "\(merge):refs/heads/main", in: "bo")
    try publish("2026-03-10")
    try stage.git("fetch", "-q", in: "bo")
    try stage.git("checkout", "-q", "-B", "main", "origin/main", in: "bo")
    try stage.commit(row(33), in: "bo", message: "three")
    try stage.push("main", from: "bo")
    try publish("2026-03-11")
    try stage.git("clone", "-q", stage.hubPath, "clone", in: "")
  }

  private func publish(_ day: String) throws {
    let date = try #require(Day(day))
    _ = try Publisher(hub: LedgerHub(at: stage.hubPath), version: "1", now: HubStage.now) { _ in date }.publish()
  }

  private func verify(_ name: String, since: ObjectID? = nil) async throws -> HubVerification.Report {
    let scratch = stage.folder + "/scratch-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    return try await HubVerification(
      path: stage.folder + "/" + name, version: "1", scratch: scratch, environment: stage.environment,
      progress: { _ in }
    ).run(since: since, at: HubStage.now.seconds)
  }

  private func rules(_ name: String) async throws -> Set<String> {
    Set(try await verify(name).findings.filter { $0.severity == .forged }.map(\.rule))
  }

  /// Lets the branches of a clone, the hub's as it saw them too, be rewritten by `git fast-export`, sed and `fast-import`.
  private func rewrite(_ script: String) throws {
    let lines = """
      set -e
      rm -rf forged && git init -q --bare -b main forged
      git -C hub.git fast-export --signed-tags=strip --show-original-ids main | \(script) > stream
      git -C forged fast-import --quiet --force < stream
      git -C forged fetch -q ../hub.git scorecard:scorecard
      """
    let result = try stage.run("sh", ["-c", lines], in: "")
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test func aHubThatIsAsItShouldBeIsProven() async throws {
    for name in ["hub.git", "clone"] {
      let report = try await verify(name)
      #expect(report.findings == [], "\(name)")
      #expect(report.syncs == 4 && report.editions == 2)
    }
    let later = try await verify("hub.git", since: try stage.tip("main~1"))
    #expect(later.syncs == 1 && later.editions == 1)
  }

  @Test func aRewrittenAuthorIsNamed() async throws {
    try rewrite("sed 's/^author Bo Lind <bo@/author Cy Ott <cy@/'")
    #expect(try await rules("forged").contains("source-not-in-history"))
  }

  @Test func aDroppedCommitIsNamed() async throws {
    try stage.git("update-ref", "refs/remotes/origin/main", "refs/remotes/origin/main~1", in: "clone")
    #expect(try await rules("clone").contains("source-not-in-history"))
    try stage.git("update-ref", "refs/heads/main", "main~1", in: "hub.git")
    #expect(try await rules("hub.git") == ["source-not-in-history", "taken-back"])
  }

  @Test func anEditedObjectIsNamed() async throws {
    let blob = try stage.git("rev-parse", "main:\(SampleFiles.actuals)", in: "hub.git")
    let file = stage.hubPath + "/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    let other = try LedgerHub(at: stage.hubPath).repository.objects.writeBlob(Array("period,value\n2026-01,99\n".utf8))
      .description
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.copyItem(
      atPath: stage.hubPath + "/objects/\(other.prefix(2))/\(other.dropFirst(2))", toPath: file)
    let report = try await verify("hub.git")
    #expect(
      report.findings.contains { $0.rule == "damaged" && $0.message.contains(blob.dropFirst(2)) }, "\(report.findings)")
  }

  @Test func aForgedMergeIsNamed() async throws {
    let bo = try Repository.open(stage.folder + "/bo")
    let hub = try stage.tip("main")
    try stage.git("checkout", "-q", "-b", "forging", "HEAD~1", in: "bo")
    try stage.commit(row(35), in: "bo")
    let merge = try stage.merge(
      hub: hub, local: stage.tip(in: "bo"), in: bo, adding: ["people.yaml": "people: {}\n"])
    // Put into the hub past its gate.
    try stage.git("fetch", "-q", stage.folder + "/bo", "\(merge):refs/heads/main", in: "hub.git")
    let report = try await verify("hub.git")
    #expect(
      report.findings.contains { $0.rule == "merge-does-not-recompute" && $0.commit == merge }, "\(report.findings)")
  }

  /// What an auditor gets from somebody who has tampered with their own copy, and covers it as well as git lets them.
  @Test func allFourAreNamedInACloneToo() async throws {
    func copy(_ name: String, _ tamper: String) async throws -> HubVerification.Report {
      try stage.git("clone", "-q", stage.hubPath, name, in: "")
      let done = try stage.run("sh", ["-c", "set -e\ncd \(name)\n\(tamper)"], in: "")
      try #require(done.status == 0, "\(done.errors)")
      return try await verify(name)
    }
    func has(_ report: HubVerification.Report, _ rule: String, _ text: String? = nil) -> Bool {
      report.findings.contains { finding in
        finding.severity == .forged && finding.rule == rule && text.map { finding.message.contains($0) } ?? true
      }
    }
    let author = try await copy(
      "author",
      """
      git fast-export --signed-tags=strip main | sed 's/^author Bo Lind <bo@/author Cy Ott <cy@/' |
        sed -E 's#^(reset|commit) refs/heads/main$#\\1 refs/heads/other#' | git fast-import --quiet --force
      git update-ref refs/remotes/origin/main other; git update-ref refs/heads/main other
      """)
    #expect(has(author, "source-not-in-history"), "\(author.findings)")
    let edited = try await copy(
      "edited",
      """
      git repack -q -a -d; mv .git/objects/pack/*.pack pack; git unpack-objects -q < pack; rm -f .git/objects/pack/*
      blob=$(git rev-parse main:\(SampleFiles.actuals))
      other=$(printf 'period,value\\n2026-01,99\\n' | git hash-object -w --stdin)
      place() { echo .git/objects/$(echo $1 | cut -c1-2)/$(echo $1 | cut -c3-); }
      cp -f $(place $other) $(place $blob)
      """)
    let blob = try stage.git("rev-parse", "main:\(SampleFiles.actuals)", in: "hub.git")
    #expect(has(edited, "damaged", String(blob.dropFirst(2))), "\(edited.findings)")
    let dropped = try await copy("dropped", "git reset -q --hard HEAD~1; git update-ref refs/remotes/origin/main main")
    #expect(has(dropped, "source-not-in-history"), "\(dropped.findings)")
    let forged = try await copy(
      "forgery",
      """
      git config user.name 'Bo Lind'; git config user.email bo@example.com
      printf 'people: {}\\n' > people.yaml; git add people.yaml
      tree=$(git write-tree); side=$(git commit-tree -p HEAD~1 -m side HEAD~1^{tree})
      merge=$(printf 'Sync\\n\\nMerge-Rules: 1\\n' | git commit-tree -p HEAD -p $side $tree)
      git update-ref refs/remotes/origin/main $merge
      """)
    #expect(has(forged, "merge-does-not-recompute"), "\(forged.findings)")
  }

  @Test func aMergeByRulesThatThisBuildLacksIsNotCalledForged() async throws {
    let bo = try Repository.open(stage.folder + "/bo")
    let hub = try stage.tip("main")
    try stage.git("checkout", "-q", "-b", "newer", "HEAD~1", in: "bo")
    try stage.commit([SampleFiles.orders: SampleFiles.definition(name: "Orders", unit: "EUR")], in: "bo")
    let merge = try stage.merge(hub: hub, local: stage.tip(in: "bo"), in: bo, trailer: "Merge-Rules: 7")
    try stage.git("fetch", "-q", stage.folder + "/bo", "\(merge):refs/heads/main", in: "hub.git")
    let report = try await verify("hub.git")
    #expect(!report.isForged, "\(report.findings)")
    #expect(report.findings.contains { $0.severity == .unproven && $0.commit == merge })
  }

  @Test func aForgedScorecardIsNamed() async throws {
    try stage.git("clone", "-q", "-b", "scorecard", stage.hubPath, "forger", in: "")
    let message = try stage.git("log", "-1", "--format=%B", "scorecard", in: "hub.git")
    let text = try stage.git("show", "scorecard:company.md", in: "hub.git")
    let forged = try stage.commit(["company.md": text + "\nAll is well.\n"], in: "forger", message: message)
    try stage.git("fetch", "-q", stage.folder + "/forger", "\(forged):refs/heads/scorecard", in: "hub.git")
    let report = try await verify("hub.git")
    #expect(
      report.findings.contains {
        $0.rule == "scorecard-does-not-recompute" && $0.commit == forged && $0.file == "company.md"
      })
  }

  @Test func aSignatureThatWasCopiedIsNamed() async throws {
    let lines = """
      set -e
      ssh-keygen -q -t ed25519 -N '' -f key
      git config gpg.format ssh; git config user.signingKey "$PWD/key.pub"
      printf 'period,value,status,note\\n2026-01,37,,\\n2026-02,24,,\\n' > \(SampleFiles.actuals)
      git commit -q -S -m signed -- \(SampleFiles.actuals)
      good=$(git rev-parse HEAD)
      git cat-file commit HEAD | sed 's/^author Bo Lind/author Bob Lind/' > forged
      git hash-object -t commit -w --stdin < forged > id
      """
    let made = try stage.run("sh", ["-c", lines], in: "bo")
    try #require(made.status == 0, "\(made.errors)")
    let good = try stage.tip(in: "bo")
    try stage.git("fetch", "-q", stage.folder + "/bo", "\(good):refs/heads/main", in: "hub.git")
    let proven = try await verify("hub.git", since: try stage.tip("main~1"))
    #expect(proven.signatures == 1 && !proven.isForged, "\(proven.findings)")
    let id = try String(contentsOfFile: stage.folder + "/bo/id", encoding: .utf8).trimmingCharacters(in: .newlines)
    try stage.git("fetch", "-q", stage.folder + "/bo", in: "hub.git")
    try stage.git("branch", "-q", "forged", id, in: "bo")
    try stage.git("fetch", "-q", stage.folder + "/bo", "+forged:refs/heads/main", in: "hub.git")
    let report = try await verify("hub.git", since: try stage.tip("main~1"))
    #expect(
      report.findings.contains { $0.rule == "signature-does-not-verify" && $0.commit?.description == id },
      "\(report.findings)")
  }

  @Test func aSyncThatOnlyACopyHasIsNamed() async throws {
    let bo = try Repository.open(stage.folder + "/bo")
    let hub = try stage.tip("origin/main~1", in: "bo")
    try stage.git("checkout", "-q", "-b", "mine", "origin/main~2", in: "bo")
    try stage.commit(row(36), in: "bo")
    let merge = try stage.merge(hub: hub, local: stage.tip(in: "bo"), in: bo)
    try stage.git("checkout", "-q", "-B", "main", merge.description, in: "bo")
    let report = try await verify("bo")
    #expect(report.findings.contains { $0.rule == "sync-unknown-to-hub" && $0.commit == merge }, "\(report.findings)")
  }

  @Test func aCloneWithoutHistoryIsNoProof() async throws {
    try stage.git("clone", "-q", "--depth", "1", "file://" + stage.hubPath, "shallow", in: "")
    await #expect(throws: HubFault.shallow) { try await verify("shallow") }
  }
}
