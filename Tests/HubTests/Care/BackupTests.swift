import Calculation
import Foundation
import Git
import Testing

@testable import Hub

@Suite struct BackupTests {
  let stage: HubStage

  init() throws {
    stage = try HubStage()
    let hub = try LedgerHub(at: stage.hubPath)
    _ = try Publisher(hub: hub, version: "1", now: HubStage.now) { _ in Day("2026-03-10") ?? Day(daysSince1970: 0) }
      .publish()
  }

  private func scratch() throws -> String {
    let folder = stage.folder + "/scratch-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  private func backUp(to file: String) async throws -> HubBackup.Report {
    try await HubBackup(hub: stage.hubPath, environment: stage.environment).write(to: file, scratch: scratch())
  }

  @Test func aHubComesBackWithItsHistoryItsScorecardsAndItsGate() async throws {
    let file = stage.folder + "/ledger.bundle"
    let report = try await backUp(to: file)
    #expect(
      report.tips == ["refs/heads/main": try stage.tip("main"), "refs/heads/scorecard": try stage.tip("scorecard")])
    let restored = stage.folder + "/restored.git"
    let tips = try await HubRestore(file: file, path: restored, program: HubStage.program).run(
      environment: stage.environment)
    #expect(tips == report.tips)
    #expect(try stage.tip("main", in: "restored.git") == stage.tip("main"))
    #expect(try stage.git("config", "receive.denyNonFastForwards", in: "restored.git") == "true")
    // What its gate refuses, and what it takes.
    _ = try stage.clone("bo")
    try stage.git("remote", "set-url", "origin", restored, in: "bo")
    try stage.git("config", "kpi.program", HubStage.program, in: "restored.git")
    #expect(try stage.run("git", ["push", "-q", "origin", "main:refs/heads/other"], in: "bo").status != 0)
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    #expect(try stage.run("git", ["push", "-q", "origin", "main"], in: "bo").status == 0)
    #expect(!FileManager.default.fileExists(atPath: restored + "/kpi/tokens"))
  }

  @Test func aHubIsNeverRestoredOverSomething() async throws {
    let file = stage.folder + "/ledger.bundle"
    _ = try await backUp(to: file)
    await #expect(throws: HubFault.occupied(stage.hubPath)) {
      try await HubRestore(file: file, path: stage.hubPath, program: nil).run(environment: stage.environment)
    }
  }

  @Test func aDamagedBackupMakesNoHub() async throws {
    let file = stage.folder + "/ledger.bundle"
    _ = try await backUp(to: file)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[bytes.count / 2] ^= 0xFF
    let damaged = stage.folder + "/damaged.bundle"
    try bytes.write(to: URL(fileURLWithPath: damaged))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: stage.folder + "/cut.bundle"))
    for name in ["damaged", "cut", "missing"] {
      let (path, place) = (stage.folder + "/\(name).bundle", stage.folder + "/none.git")
      await #expect(throws: HubFault.self) {
        try await HubRestore(file: path, path: place, program: nil).run(environment: stage.environment)
      }
      #expect(!FileManager.default.fileExists(atPath: place))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: stage.folder).filter { $0.contains("restoring") } == [])
  }

  @Test func aFolderKeepsTheNewestBackups() async throws {
    let folder = stage.folder + "/backups"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let backup = HubBackup(hub: stage.hubPath, environment: stage.environment)
    for day in 0..<4 {
      _ = try await backup.write(
        intoFolder: folder, keeping: 2, at: 1_773_000_000 + Int64(day) * 86_400, scratch: scratch())
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["ledger-2026-03-10T200000Z.bundle", "ledger-2026-03-11T200000Z.bundle"])
  }

  @Test func pushesMayComeInMeanwhile() async throws {
    _ = try stage.clone("bo")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    let push = Process()
    push.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    push.arguments = ["git", "push", "-q", "origin", "main"]
    push.currentDirectoryURL = URL(fileURLWithPath: stage.folder + "/bo")
    push.environment = stage.environment
    try push.run()
    let report = try await backUp(to: stage.folder + "/ledger.bundle")
    push.waitUntilExit()
    #expect(push.terminationStatus == 0)
    let saved = try #require(report.tips["refs/heads/main"])
    #expect(try [stage.tip("main"), stage.tip("main~1")].contains(saved))
  }
}
