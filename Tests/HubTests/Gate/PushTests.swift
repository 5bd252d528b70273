import Foundation
import Git
import Hub
import LedgerModel
import Testing

/// Real pushes with plain git, through the real hook and the built program.
@Suite struct PushTests {
  typealias Files = SampleFiles
  let stage: HubStage
  let clone: Repository

  init() throws {
    stage = try HubStage()
    clone = try stage.clone("bo")
  }

  // MARK: Taken

  @Test func aChangeWithoutFaultComesIn() throws {
    try stage.commit([Files.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,25,,\n2026-03,28,,\n"], in: "bo")
    try stage.push("main", from: "bo")
    try stage.git("fsck", "--strict", in: "hub.git")
  }

  @Test func aMergeByTheRulesComesIn() throws {
    let merge = try twoSides()
    try stage.push("\(merge):main", from: "bo")
    #expect(try stage.git("show", "main:" + Files.winRate, in: "hub.git").contains("Move people"))
  }

  @Test func whatIsHeldComesInAsAProposal() throws {
    let merge = try twoSides(theirs: Files.definition(target: "26"), mine: Files.definition(target: "27"))
    try stage.push("\(merge):main", from: "bo")
    #expect(try stage.git("show", "main:" + Files.winRate, in: "hub.git").contains("2026: 26"))
    #expect(try !stage.git("ls-tree", "-r", "main", "proposals/", in: "hub.git").isEmpty)
  }

  @Test func anErrorThatWasThereBeforeIsNobodysFaultNow() throws {
    try putAtHub([Files.winRate: Files.definition(unit: "furlongs")])
    try stage.git("pull", "-q", "--ff-only", in: "bo")
    try stage.commit([Files.winRate: "# looked at\n" + Files.definition(unit: "furlongs")], in: "bo")
    try stage.push("main", from: "bo")
  }

  @Test func manyMergesInARowComeIn() throws {
    var tip = try stage.tip("main")
    for target in 30..<34 {
      try stage.git("checkout", "-q", "--detach", "\(tip)", in: "bo")
      let local = try stage.commit([Files.winRate: Files.definition(target: "\(target)")], in: "bo")
      tip = try stage.merge(hub: tip, local: local, in: clone)
    }
    try stage.push("\(tip):main", from: "bo")
  }

  // MARK: Refused

  @Test func allErrorsInChangedFilesAreNamedAtOnce() throws {
    try stage.commit(
      [Files.winRate: Files.definition(unit: "furlongs"), Files.actuals: "period,value,status,note\n2026-13,1,,\n"],
      in: "bo")
    let told = try stage.pushIsRefused("main", from: "bo", by: ["unknown-unit", "bad-period"])
    #expect(told.contains(Files.winRate + ", line 6"))
    #expect(told.contains(Files.actuals + ", line 2"))
  }

  @Test func whatOthersHaveIsNotTakenBack() throws {
    try stage.git("commit", "-q", "--amend", "-m", "another beginning", in: "bo")
    try stage.git("config", "receive.denyNonFastForwards", "false", in: "hub.git")
    try stage.pushIsRefused("+main", from: "bo", by: ["takes-back-history"])
  }

  @Test func theHubsStateIsNotMergedIntoOnesOwn() throws {
    _ = try twoSides()
    let merge = try stage.merge(hub: stage.tip("mine", in: "bo"), local: stage.tip("main"), in: clone)
    try stage.pushIsRefused("\(merge):main", from: "bo", by: ["merged-other-way-round"])
  }

  @Test func aMergeWithSomethingElseInItIsRefused() throws {
    _ = try twoSides()
    let merge = try stage.merge(
      hub: stage.tip("main"), local: stage.tip("mine", in: "bo"), in: clone,
      adding: [Files.orders: Files.definition(name: "New orders", unit: "EUR", target: "99")])
    let told = try stage.pushIsRefused("\(merge):main", from: "bo", by: ["merge-does-not-recompute"])
    #expect(told.contains(Files.orders + ", targets.2026"))
  }

  @Test func aMergeByGitIsRefused() throws {
    _ = try twoSides()
    try stage.git("checkout", "-q", "-B", "by-git", "origin/main", in: "bo")
    try stage.git("pull", "-q", in: "bo", adding: [:])
    try stage.git("merge", "-q", "--no-ff", "-m", "by git", "mine", in: "bo")
    try stage.pushIsRefused("by-git:main", from: "bo", by: ["merged-by-hand"])
  }

  @Test func aMergeByRulesOfTheFutureIsRefused() throws {
    _ = try twoSides()
    let merge = try stage.merge(
      hub: stage.tip("main"), local: stage.tip("mine", in: "bo"), in: clone, trailer: "Merge-Rules: 2")
    try stage.pushIsRefused("\(merge):main", from: "bo", by: ["unknown-merge-rules"])
  }

  @Test func moreThanTwoStatesAtOnceAreRefused() throws {
    _ = try twoSides()
    let tip = try stage.tip("main")
    let other = try stage.git("commit-tree", "\(tip)^{tree}", "-p", "\(tip)", "-m", "x", in: "bo")
    let mine = try stage.tip("mine", in: "bo")
    let octopus = try stage.git(
      "commit-tree", "\(tip)^{tree}", "-p", "\(tip)", "-p", "\(mine)", "-p", other, "-m", "x", in: "bo")
    try stage.pushIsRefused("\(octopus):main", from: "bo", by: ["too-many-parents"])
  }

  @Test func aLedgerBegunSeparatelyIsNotMergedIn() throws {
    let tip = try stage.tip("main")
    let root = try stage.git("commit-tree", "\(tip)^{tree}", "-m", "begun elsewhere", in: "bo")
    let merge = try stage.git(
      "commit-tree", "\(tip)^{tree}", "-p", "\(tip)", "-p", root, "-m", "Sync\n\nMerge-Rules: 1", in: "bo")
    try stage.pushIsRefused("\(merge):main", from: "bo", by: ["unrelated-ledgers"])
  }

  @Test func onlyTheLedgerItselfMoves() throws {
    try stage.pushIsRefused("main:refs/heads/mine", from: "bo", by: ["only-main"])
    try stage.git("tag", "v1", in: "bo")
    try stage.pushIsRefused("v1", from: "bo", by: ["only-main"])
    try stage.pushIsRefused("main:refs/heads/scorecard", from: "bo", by: ["only-main"])
    try stage.git("config", "receive.denyDeletes", "false", in: "hub.git")
    try stage.git("config", "receive.denyDeleteCurrent", "ignore", in: "hub.git")
    try stage.pushIsRefused(":main", from: "bo", by: ["only-main"])
  }

  @Test func aPushIsTakenAsAWholeOrNotAtAll() throws {
    try stage.commit([Files.winRate: Files.definition(target: "28")], in: "bo")
    try stage.pushIsRefused("main", "main:refs/heads/mine", from: "bo", by: ["only-main"])
  }

  @Test func clocksRunForwards() throws {
    let past = ["GIT_COMMITTER_DATE": "1700000000 +0000"]
    try stage.commit([Files.winRate: Files.definition(target: "28")], in: "bo", adding: past)
    try stage.pushIsRefused("main", from: "bo", by: ["clock-behind"])
    try stage.git("reset", "-q", "--hard", "origin/main", in: "bo")
    let future = ["GIT_COMMITTER_DATE": "\(HubStage.now.seconds + 3600) +0000"]
    try stage.commit([Files.winRate: Files.definition(target: "28")], in: "bo", adding: future)
    try stage.pushIsRefused("main", from: "bo", by: ["clock-ahead"])
  }

  @Test func aClockThatIsALittleAheadIsTaken() throws {
    let future = ["GIT_COMMITTER_DATE": "\(HubStage.now.seconds + 300) +0000"]
    try stage.commit([Files.winRate: Files.definition(target: "28")], in: "bo", adding: future)
    try stage.push("main", from: "bo")
  }

  // MARK: Helpers

  /// Somebody else changes the win rate at the hub, and Bo changes it too, on the branch `mine`.
  /// - Returns: the merge that `kpi sync` would make
  private func twoSides(
    theirs: String = Files.definition(target: "26"), mine: String = Files.definition(decision: "Move people")
  ) throws -> ObjectID {
    try stage.git("checkout", "-q", "-b", "mine", in: "bo")
    let local = try stage.commit([Files.winRate: mine], in: "bo")
    try putAtHub([Files.winRate: theirs], checked: true)
    try stage.git("fetch", "-q", in: "bo")
    return try stage.merge(hub: stage.tip("main"), local: local, in: clone)
  }

  /// Puts a change into the hub, past its gate where it would not be taken.
  private func putAtHub(_ files: [String: String], checked: Bool = false) throws {
    _ = try stage.clone("other")
    try stage.commit(files, in: "other")
    guard !checked else { return try stage.push("main", from: "other") }
    let hook = stage.hubPath + "/hooks/pre-receive"
    try FileManager.default.moveItem(atPath: hook, toPath: hook + ".off")
    try stage.push("main", from: "other")
    try FileManager.default.moveItem(atPath: hook + ".off", toPath: hook)
  }
}
