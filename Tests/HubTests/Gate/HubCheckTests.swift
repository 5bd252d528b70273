import Foundation
import Git
import Hub
import Testing

/// `kpi hub check` by hand.
@Suite struct HubCheckTests {
  @Test func aHubThatIsAsItShouldBe() throws {
    let stage = try HubStage()
    _ = try stage.clone("bo")
    try stage.commit([SampleFiles.winRate: SampleFiles.definition(target: "28")], in: "bo")
    try stage.push("main", from: "bo")
    let result = try stage.run(HubStage.program, ["hub", "check", stage.hubPath], in: "")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "Everything in the hub is as it should be.\n")
  }

  @Test func whatCameInPastTheGateIsFound() throws {
    let stage = try HubStage()
    let first = try stage.tip("main")
    _ = try stage.clone("bo")
    try FileManager.default.removeItem(atPath: stage.hubPath + "/hooks/pre-receive")
    try stage.commit([SampleFiles.winRate: SampleFiles.definition(unit: "furlongs")], in: "bo")
    try stage.push("main", from: "bo")
    let all = try stage.run(HubStage.program, ["hub", "check", "hub.git"], in: "")
    #expect(all.status == 1)
    #expect(all.output.contains("[unknown-unit]"))
    #expect(try stage.run(HubStage.program, ["hub", "check", "hub.git", "--since", "\(first)"], in: "").status == 1)
    let since = try stage.run(HubStage.program, ["hub", "check", "hub.git", "--since", "\(stage.tip("main"))"], in: "")
    #expect(since.status == 0)
  }

  @Test func withoutTheProgramNothingComesIn() throws {
    let stage = try HubStage()
    _ = try stage.clone("bo")
    try stage.git("config", "kpi.program", "/nowhere/kpi", in: "hub.git")
    try stage.commit([SampleFiles.winRate: SampleFiles.definition(target: "28")], in: "bo")
    let result = try stage.run("git", ["push", "origin", "main"], in: "bo")
    #expect(result.status != 0)
    #expect(result.errors.contains("the program kpi is missing there"))
  }

  @Test func aFolderThatIsNoHub() throws {
    let stage = try HubStage()
    let result = try stage.run(HubStage.program, ["hub", "check", "home"], in: "")
    #expect(result.status == 64)
    #expect(result.errors.contains("There is no hub at home"))
  }

  @Test func aCommitThatIsNoSync() throws {
    let stage = try HubStage()
    let result = try stage.run(HubStage.program, ["hub", "check", "hub.git", "--since", "12345678"], in: "")
    #expect(result.status == 64)
    #expect(result.errors.contains("'12345678' is none of the hub's syncs."))
  }

  /// git puts the name of a folder in quotes where it has a colon in it.
  @Test func aHubWithAnAwkwardName() throws {
    let stage = try HubStage()
    let awkward = stage.folder + "/a:b \"c\".git"
    try FileManager.default.moveItem(atPath: stage.hubPath, toPath: awkward)
    try stage.git("clone", "-q", "file://" + awkward, "bo", in: "")
    try stage.commit([SampleFiles.winRate: SampleFiles.definition(target: "28")], in: "bo")
    let result = try stage.run("git", ["push", "-q", "origin", "main"], in: "bo")
    #expect(result.status == 0, "\(result.errors)")
  }
}
