import Calculation
import Foundation
import Git
import Hub
import Testing

/// A publishing process that is killed leaves the branch a whole edition, and nothing in the way of the next one.
@Suite struct KilledPublishTests {
  @Test func killedAtAnyMomentItLeavesAWholeEdition() throws {
    let stage = try HubStage()
    let hub = try LedgerHub(at: stage.hubPath)
    var (kills, dice) = (0, SystemRandomNumberGenerator())
    for day in 10..<26 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: HubStage.program)
      process.arguments = ["hub", "publish", "hub.git", "--as-of", "2026-03-\(day)"]
      process.currentDirectoryURL = URL(fileURLWithPath: stage.folder)
      process.environment = stage.environment
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 3_000...90_000, using: &dice))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { kills += 1 }
      if let tip = try hub.published() {
        #expect(try Verification(of: tip, in: hub.repository.objects).differing == [], "day \(day)")
      }
    }
    #expect(kills > 0, "none was killed in time")
    _ = try Publisher(hub: hub, version: "0.1.0", now: HubStage.now) { _ in Day("2026-03-30") ?? Day(daysSince1970: 0) }
      .publish()
    let tip = try #require(try hub.published())
    #expect(try Verification(of: tip, in: hub.repository.objects).differing == [])
    try stage.git("fsck", "--strict", "--no-dangling", in: "hub.git")
  }

  @Test func aLockThatAKilledProcessLeftIsNobodys() throws {
    let stage = try HubStage()
    let hub = try LedgerHub(at: stage.hubPath)
    let lock = stage.hubPath + "/refs/heads/scorecard.lock"
    #expect(FileManager.default.createFile(atPath: lock, contents: nil))
    _ = try Publisher(hub: hub, version: "1", now: HubStage.now) { _ in Day("2026-03-30") ?? Day(daysSince1970: 0) }
      .publish()
    #expect(try hub.published() != nil)
    #expect(!FileManager.default.fileExists(atPath: lock))
  }
}
