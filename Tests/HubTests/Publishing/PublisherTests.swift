import Calculation
import Foundation
import Git
import Hub
import LedgerModel
import Testing

@Suite struct PublisherTests {
  let stage: HubStage
  let hub: LedgerHub

  init() throws {
    stage = try HubStage()
    hub = try LedgerHub(at: stage.hubPath)
  }

  func publish(on day: String = "2026-03-10", version: String = "1") throws -> Publisher.Outcome {
    let day = try #require(Day(day))
    return try Publisher(hub: hub, version: version, now: GitTime(seconds: 1_773_000_000)) { _ in day }.publish()
  }

  @Test func writesTheCompanyAndEachDepartmentInFourFormats() throws {
    let source = try stage.tip("main")
    let outcome = try publish()
    let edition = Edition(
      source: source, asOf: try #require(Day("2026-03-10")), period: try #require(Period("2026-02")), version: "1")
    #expect(outcome == .published(try stage.tip("scorecard"), edition))
    let names = try stage.git("ls-tree", "-r", "--name-only", "scorecard", in: "hub.git").split(separator: "\n")
    #expect(
      names == [
        "company.csv", "company.html", "company.json", "company.md", "departments/sales.csv",
        "departments/sales.html", "departments/sales.json", "departments/sales.md",
      ])
    let message = try stage.git("log", "-1", "--format=%B", "scorecard", in: "hub.git")
    #expect(message.contains("Source: \(source)\nAs-Of: 2026-03-10\nPeriod: 2026-02\nVersion: 1"))
    #expect(Edition(message: message) == edition)
    #expect(try stage.git("show", "scorecard:company.json", in: "hub.git").contains("\(source)"))
    #expect(try stage.git("show", "scorecard:company.html", in: "hub.git").contains("departments/sales.html"))
    try stage.git("fsck", "--strict", in: "hub.git")
  }

  @Test func writesNothingThatIsPublishedAlready() throws {
    _ = try publish()
    let tip = try stage.tip("scorecard")
    guard case .upToDate = try publish() else {
      Issue.record("published again")
      return
    }
    #expect(try stage.tip("scorecard") == tip)
  }

  @Test func anotherDayOrVersionIsAnotherEdition() throws {
    _ = try publish()
    _ = try publish(on: "2026-03-11")
    _ = try publish(on: "2026-03-11", version: "2")
    #expect(try stage.git("rev-list", "--count", "scorecard", in: "hub.git") == "3")
  }

  @Test func theSameStateGivesTheSameBytes() throws {
    _ = try publish()
    let first = try stage.tip("scorecard^{tree}")
    _ = try publish(on: "2026-03-11")
    _ = try publish()
    #expect(try stage.tip("scorecard^{tree}") == first)
  }

  @Test func aPushIsPublishedByItselfAfterTheReply() async throws {
    let stage = try HubStage(publishing: true)
    _ = try stage.clone("bo")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    try stage.push("main", from: "bo")
    let tip = try stage.tip("main")
    for _ in 0..<200 {
      if let published = try LedgerHub(at: stage.hubPath).published() {
        let message = try LedgerHub(at: stage.hubPath).repository.objects.commit(published).message
        #expect(Edition(message: message)?.source == tip)
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    let log = FileManager.default.contents(atPath: stage.hubPath + "/kpi/publish.log")
    Issue.record("never published: \(String(decoding: log ?? Data(), as: UTF8.self))")
  }

  @Test func severalAtATimeComeDownToOne() async throws {
    let stage = self.stage
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<6 {
        let (path, folder, environment) = (HubStage.program, stage.folder, stage.environment)
        group.addTask {
          let process = Process()
          process.executableURL = URL(fileURLWithPath: path)
          process.arguments = ["hub", "publish", "hub.git"]
          process.currentDirectoryURL = URL(fileURLWithPath: folder)
          process.environment = environment
          process.standardOutput = FileHandle.nullDevice
          try process.run()
          process.waitUntilExit()
          return process.terminationStatus
        }
      }
      for try await status in group { #expect(status == 0) }
    }
    #expect(try stage.git("rev-list", "--count", "scorecard", in: "hub.git") == "1")
  }
}
