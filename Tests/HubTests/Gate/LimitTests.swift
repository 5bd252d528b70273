import Foundation
import Git
import Hub
import LedgerModel
import Testing

/// Files outside the limits, pushed with plain git.
@Suite struct LimitTests {
  let stage: HubStage

  init() throws {
    stage = try HubStage()
    _ = try stage.clone("bo")
  }

  @Test func aProgramIsNoFileOfALedger() throws {
    try stage.write("#!/bin/sh\n", to: "run.sh", in: "bo")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stage.folder + "/bo/run.sh")
    try stage.commit([:], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["bad-mode"])
  }

  @Test func aLinkIsNoFileOfALedger() throws {
    try FileManager.default.createSymbolicLink(
      atPath: stage.folder + "/bo/departments/sales/kpis/x.yaml", withDestinationPath: "/etc/passwd")
    try stage.commit([:], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["bad-mode"])
  }

  @Test func anotherRepositoryIsNoFileOfALedger() throws {
    let tip = try stage.tip(in: "bo")
    try stage.git("update-index", "--add", "--cacheinfo", "160000,\(tip),inner", in: "bo")
    try stage.git("commit", "-q", "-m", "x", in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["bad-mode"])
  }

  @Test func aHugeFileIsRefusedWithoutReadingIt() throws {
    try stage.write(String(repeating: "#", count: 2 << 20), to: "departments/sales/kpis/big.yaml", in: "bo")
    try stage.commit([:], in: "bo")
    let told = try stage.pushIsRefused("main", from: "bo", by: ["file-too-large"])
    #expect(told.contains("departments/sales/kpis/big.yaml"))
  }

  @Test(arguments: [
    ("a/b/c/d/e/f/g/h/i/j/k/l.txt", "path-too-deep"), ("nul.txt", "bad-file-name"), ("a:b", "bad-file-name"),
    ("departments/.~lock.rows.csv#", "lock-file"), ("~$rows.csv", "lock-file"),
  ])
  func aNameThatNotEveryMachineCanStoreIsRefused(path: String, rule: String) throws {
    try stage.commit([path: "x"], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: [rule])
  }

  @Test func itDoesNotHelpToTakeTheFileAwayAgain() throws {
    try stage.commit(["nul.txt": "x"], in: "bo")
    try stage.commit(["nul.txt": nil], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["bad-file-name"])
  }

  @Test func namesThatDifferInCapitalsAloneAreRefused() throws {
    try stage.commit(["Goals.yaml": "goals: {}\n"], in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["case-collision"])
  }

  @Test func controlCharactersOfANameDoNotReachTheTerminal() throws {
    try stage.commit(["a\u{1B}[31mred": "x"], in: "bo")
    let told = try stage.pushIsRefused("main", from: "bo", by: ["bad-file-name"])
    #expect(!told.contains("\u{1B}[31mred"))
  }

  /// Ten names for the same folder, ten levels deep: 10^9 files in a few hundred bytes.
  @Test func aTreeThatWasMadeToBeEndlessIsNotWalkedToItsEnd() throws {
    let repository = try Repository.open(stage.folder + "/bo")
    let objects = repository.objects
    var entry = TreeEntry(id: try objects.writeBlob([120]))
    for _ in 0..<9 {
      let items = Dictionary(uniqueKeysWithValues: (0..<10).map { ("n\($0)", entry) })
      entry = TreeEntry(id: try TreeWriter.write(entries: items, to: objects), mode: .tree)
    }
    let tip = try stage.tip(in: "bo")
    let commit = try stage.git("commit-tree", "\(entry.id)", "-p", "\(tip)", "-m", "x", in: "bo")
    var limits = GateLimits.standard
    limits.changes = 10_000
    let verdict = try Gate(objects, now: HubStage.now.seconds, limits: limits)
      .verdict(from: tip, to: try #require(ObjectID(commit)))
    #expect(verdict.refusals.map(\.rule) == ["too-many-changes"])
  }

  @Test func moreStepsThanAHubTakesAreRefused() throws {
    let tip = try stage.tip(in: "bo")
    for number in 0..<5 { try stage.commit(["note.txt": "\(number)"], in: "bo") }
    var limits = GateLimits.standard
    limits.commits = 4
    let objects = try Repository.open(stage.folder + "/bo").objects
    let verdict = try Gate(objects, now: HubStage.now.seconds, limits: limits).verdict(
      from: tip, to: stage.tip(in: "bo"))
    #expect(verdict.refusals.map(\.rule) == ["too-many-changes"])
  }

  @Test func aLongMessageIsRefused() throws {
    try stage.write(String(repeating: "m", count: 2 << 20), to: "../message", in: "bo")
    try stage.git("commit", "-q", "--allow-empty", "-F", "../message", in: "bo")
    try stage.pushIsRefused("main", from: "bo", by: ["message-too-large"])
  }
}
