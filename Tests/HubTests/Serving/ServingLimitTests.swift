import Foundation
import Git
import Testing

@testable import Hub

/// What a server takes on, and how it ends.
@Suite struct ServingLimitTests {
  private static let refs = "/hub.git/info/refs?service=git-upload-pack"

  /// A gate that waits until the test lets it go, or for so many seconds.
  private func slow(_ seconds: Int = 60) throws -> HubStage {
    let stage = try HubStage()
    let script = """
      #!/bin/sh
      touch \(stage.folder)/begun
      n=0; while [ ! -e \(stage.folder)/go ] && [ $n -lt \(seconds * 20) ]; do sleep 0.05; n=$((n+1)); done
      touch \(stage.folder)/ended

      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: stage.hubPath + "/hooks/pre-receive"))
    return stage
  }

  private func letGo(_ stage: HubStage) throws { try Data().write(to: URL(fileURLWithPath: stage.folder + "/go")) }

  private func wait(for file: String) async throws {
    for _ in 0..<400 where !FileManager.default.fileExists(atPath: file) {
      try await Task.sleep(for: .milliseconds(25))
    }
    try #require(FileManager.default.fileExists(atPath: file))
  }

  /// Begins a push.
  private func push(_ hub: ServedHub) async throws -> Task<HubStage.Result, any Error> {
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try hub.stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    nonisolated(unsafe) let hub = hub
    return Task.detached { try await hub.run("git", ["push", "-q", "origin", "main"], in: "bo") }
  }

  @Test func whoSaysNothingIsHungUpOn() async throws {
    let hub = try await ServedHub(nil) { $0.limits.silence = .milliseconds(500) }
    let half = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
    let post =
      "POST /hub.git/git-upload-pack HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(hub.token)\r\n"
      + "Content-Type: application/x-git-upload-pack-request\r\nContent-Length: 100\r\n\r\n0014"
    for text in ["", half, post] {
      let began = ContinuousClock.now
      let answer = try await RawHTTP.send(hub.port, text)
      // git may have begun to answer; it has not said anything.
      #expect([0, 408].contains(answer.status) || answer.body.isEmpty, "\(answer)")
      #expect(ContinuousClock.now - began < ServingLimits().silence)
    }
    // The program that waited for the rest has been ended, and everything goes on.
    #expect(try await hub.get(Self.refs).status == 200)
  }

  @Test func tooLongHeadersAreRefused() async throws {
    let hub = try await ServedHub()
    let answer = try await RawHTTP.ask(
      hub.port, "GET / HTTP/1.1", ["X-Long: " + String(repeating: "x", count: 200_000)])
    #expect([0, 400, 431].contains(answer.status))
    #expect(try await hub.get("/health").status == 200)
  }

  @Test func whoFindsNoFreeProcessIsSentHome() async throws {
    let hub = try await ServedHub(slow()) { options in
      options.limits.processes = 1
      options.limits.waiting = 1
      options.limits.patience = .milliseconds(300)
    }
    let push = try await push(hub)
    try await wait(for: hub.stage.folder + "/begun")
    let busy = try await hub.get(Self.refs)
    #expect(busy.status == 503 && busy.field("Retry-After") == "5" && busy.body.contains("busy"))
    try letGo(hub.stage)
    #expect(try await push.value.status == 0)
    #expect(try await hub.get(Self.refs).status == 200)
  }

  @Test func aStopLetsWhatIsRunningEnd() async throws {
    let hub = try await ServedHub(slow())
    let push = try await push(hub)
    try await wait(for: hub.stage.folder + "/begun")
    hub.sayStop()
    try await Task.sleep(for: .milliseconds(200))
    try letGo(hub.stage)
    try await hub.end()
    #expect(try await push.value.status == 0)
    #expect(try hub.stage.tip("main") == hub.stage.tip(in: "bo"))
    #expect(RawHTTP.connect(hub.port) == -1)
    #expect(hub.lines.last?.contains("\"stopped\"") == true)
  }

  @Test func aSecondWordEndsWhatIsRunning() async throws {
    let hub = try await ServedHub(slow())
    let push = try await push(hub)
    try await wait(for: hub.stage.folder + "/begun")
    let before = try hub.stage.tip("main")
    let began = ContinuousClock.now
    hub.sayStop()
    hub.sayStop()
    try await hub.end()
    #expect(ContinuousClock.now - began < .seconds(30))
    #expect(try await push.value.status != 0)
    #expect(try hub.stage.tip("main") == before)
    #expect(!FileManager.default.fileExists(atPath: hub.stage.folder + "/ended"))
  }

  @Test func aClientThatGoesAwayEndsWhatItStarted() async throws {
    let hub = try await ServedHub(slow())
    let stage = hub.stage
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    let before = try stage.tip("main")
    let script = "setsid git push -q origin main & while [ ! -e ../begun ]; do sleep 0.05; done; kill -9 -- -$!"
    _ = try await hub.run("bash", ["-c", script], in: "bo")
    for _ in 0..<200 where !hub.lines.contains(where: { $0.contains("went away") }) {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(hub.lines.contains { $0.contains("went away") })
    #expect(try stage.tip("main") == before)
    #expect(!FileManager.default.fileExists(atPath: stage.hubPath + "/refs/heads/main.lock"))
  }

  @Test func aProgramThatAnswersNothingIsOurFault() async throws {
    let stage = try HubStage()
    let hub = try await ServedHub(stage)
    // Nothing that git could open any more.
    try FileManager.default.removeItem(atPath: stage.hubPath + "/objects")
    let answer = try await hub.get(Self.refs)
    #expect(answer.status >= 400 && answer.status != 401, "\(answer)")
  }
}
