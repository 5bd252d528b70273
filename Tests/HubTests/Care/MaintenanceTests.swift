import Foundation
import Git
import Testing

@testable import Hub

@Suite struct MaintenanceTests {
  let stage: HubStage
  init() throws { stage = try HubStage() }

  private func maintain(always: Bool = true) async throws -> HubMaintenance.Outcome {
    try await HubMaintenance(hub: stage.hubPath, environment: stage.environment)
      .run(always: always, at: HubStage.now.seconds)
  }

  @Test func everythingIsPackedAndReadAsBefore() async throws {
    _ = try stage.clone("bo")
    for value in 1..<6 {
      try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,\(value),,\n"], in: "bo")
      try stage.push("main", from: "bo")
    }
    let tip = try stage.tip("main")
    #expect(try await maintain() == .done)
    #expect(try stage.git("count-objects", in: "hub.git").hasPrefix("0 objects"))
    let info = try FileManager.default.contentsOfDirectory(atPath: stage.hubPath + "/objects/info")
    #expect(info.contains { $0.hasPrefix("commit-graph") })
    // libgit2 reads packs, their common index and the graph as git does.
    let hub = try LedgerHub(at: stage.hubPath)
    #expect(try RevWalk(hub.repository.objects).firstParents(from: tip).count == 6)
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,9,,\n"], in: "bo")
    try stage.push("main", from: "bo")
    try stage.git("fsck", "--strict", in: "hub.git")
  }

  @Test func whatNoBranchNamesAnyMoreStays() async throws {
    _ = try stage.clone("bo")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    try stage.push("main", from: "bo")
    let lost = try stage.tip("main")
    try stage.git("update-ref", "refs/heads/main", "main~1", in: "hub.git")
    for _ in 0..<2 { _ = try await maintain() }
    #expect(try stage.git("cat-file", "-t", lost.description, in: "hub.git") == "commit")
  }

  @Test func littleIsNotDueAndDraftsOfKilledProcessesGo() async throws {
    #expect(try await maintain(always: false) == .notDue)
    let draft = stage.hubPath + "/objects/pack/tmp_pack_abc"
    try Data("half".utf8).write(to: URL(fileURLWithPath: draft))
    _ = try await maintain()
    #expect(FileManager.default.fileExists(atPath: draft), "it may be somebody's at work")
    #expect(try stage.run("touch", ["-d", "2 days ago", draft], in: "").status == 0)
    _ = try await maintain()
    #expect(!FileManager.default.fileExists(atPath: draft))
  }
}
