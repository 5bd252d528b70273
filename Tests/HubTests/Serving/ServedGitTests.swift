import Foundation
import Git
import Testing

@testable import Hub

/// Plain git over http, against the real `git http-backend` and the real hooks.
@Suite struct ServedGitTests {
  @Test func gitClonesPullsAndPushes() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try await hub.git("clone", "-q", hub.open, "copy", in: "")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,25,,\n"], in: "bo")
    try await hub.git("push", "-q", "origin", "main", in: "bo")
    try await hub.git("pull", "-q", in: "copy")
    #expect(try stage.tip(in: "copy") == stage.tip("main"))
    let push = try await hub.line(with: "\"event\": \"push\"")
    #expect(push.contains("\"person\": \"bo\"") && push.contains("\"outcome\": \"taken\""))
    #expect(push.contains("\"new\": \"\(try stage.tip("main"))\""))
    #expect(hub.lines.allSatisfy { !$0.contains(hub.token) && !$0.contains("went away") })
  }

  @Test func theGatesRefusalIsReadable() async throws {
    let hub = try await ServedHub()
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try hub.stage.commit([SampleFiles.winRate: "name: [\n"], in: "bo")
    let before = try hub.stage.tip("main")
    let pushed = try await hub.run("git", ["push", "origin", "main"], in: "bo")
    #expect(pushed.status != 0)
    #expect(pushed.errors.contains("remote:   \(SampleFiles.winRate)"), "\(pushed.errors)")
    #expect(pushed.errors.contains("pre-receive hook declined"))
    #expect(try hub.stage.tip("main") == before)
    let push = try await hub.line(with: "\"event\": \"push\"")
    #expect(push.contains("refused: pre-receive hook declined"))
  }

  @Test func aTokenPushesNothingInAnothersName() async throws {
    let hub = try await ServedHub()
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    let ana = ["GIT_COMMITTER_NAME": "Ana Ruiz", "GIT_COMMITTER_EMAIL": "ana@example.com"]
    try hub.stage.commit(
      [SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo", adding: ana)
    let before = try hub.stage.tip("main")
    let pushed = try await hub.run("git", ["push", "origin", "main"], in: "bo", adding: ["KPI_PUSHER": "ana"])
    #expect(pushed.status != 0 && pushed.errors.contains("remote:"), "\(pushed.errors)")
    #expect(try hub.stage.tip("main") == before)
  }

  @Test func hooksSeeWhoPushesAndNothingThatAClientSets() async throws {
    let stage = try HubStage()
    let seen = stage.folder + "/seen"
    try Data("#!/bin/sh\nenv >\(seen)\n".utf8).write(to: URL(fileURLWithPath: stage.hubPath + "/hooks/pre-receive"))
    let hub = try await ServedHub(stage)
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try stage.commit(["notes/a.md": "x"], in: "bo")
    let more = [
      "Kpi-Pusher: ana", "KPI_PUSHER: ana", "X-Forwarded-For: 9.9.9.9", "Git-Protocol: evil=1", "GIT_DIR: /tmp",
      "Content-Disposition: zzz",
    ]
    let headers = more.flatMap { ["-c", "http.extraHeader=\($0)"] }
    #expect(try await hub.run("git", headers + ["push", "-q", "origin", "main"], in: "bo").status == 0)
    let environment = try String(contentsOfFile: seen, encoding: .utf8)
    #expect(environment.contains("\nKPI_PUSHER=bo\n") || environment.hasPrefix("KPI_PUSHER=bo\n"))
    for word in ["ana", "9.9.9.9", "evil", "zzz", hub.token] { #expect(!environment.contains(word)) }
  }

  @Test func aLostRaceIsToldAtOnce() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    for name in ["bo", "late"] { try await hub.git("clone", "-q", hub.open, name, in: "") }
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "bo")
    try await hub.git("push", "-q", "origin", "main", in: "bo")
    // What git sends that has heard the old state before the other push came in.
    let old = try stage.tip(in: "late")
    let new = try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,32,,\n"], in: "late")
    let told = try await hub.run(
      "sh", ["-c", "echo \(old) \(new) refs/heads/main | \(HubStage.program) hub check --push ."],
      in: "hub.git", adding: ["GIT_ALTERNATE_OBJECT_DIRECTORIES": stage.folder + "/late/.git/objects"])
    #expect(told.status == 1 && told.errors.contains("[moved-on]"), "\(told.errors)")
    #expect(!told.errors.contains("takes-back"))
  }

  /// The server's memory does not grow with what goes through it.
  @Test func aBigPushGoesThroughInPieces() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try stage.git("config", "core.compression", "0", in: "bo")
    let bytes = 96 << 20
    let shell = "head -c \(bytes) /dev/urandom >big.bin"
    #expect(try await hub.run("sh", ["-c", shell], in: "bo").status == 0)
    try stage.git("add", "-A", in: "bo")
    try stage.git("commit", "-qm", "big", in: "bo")
    let before = try Self.memory()
    let pushed = try await hub.run("git", ["push", "origin", "main"], in: "bo")
    // The gate takes no such file; all of it has come as far as there.
    #expect(pushed.status != 0 && pushed.errors.contains("big.bin"), "\(pushed.errors)")
    #expect(try Self.memory() - before < bytes / 2)
  }

  /// Of this process, at its highest.
  private static func memory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(separator: " ").compactMap { Int($0) }.first) << 10
  }

  @Test func aPushBeyondTheHubsLimitIsRefused() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    try stage.git("config", "receive.maxInputSize", "64k", in: "hub.git")
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    try stage.git("config", "http.postBuffer", "8m", in: "bo")
    #expect(try await hub.run("sh", ["-c", "head -c 3000000 /dev/urandom >big.bin"], in: "bo").status == 0)
    try stage.git("add", "-A", in: "bo")
    try stage.git("commit", "-qm", "big", in: "bo")
    let whole = try await hub.run("git", ["push", "origin", "main"], in: "bo")
    #expect(whole.status != 0 && whole.errors.contains("413"), "\(whole.errors)")
    try stage.git("config", "http.postBuffer", "128k", in: "bo")
    let pieces = try await hub.run("git", ["push", "origin", "main"], in: "bo")
    #expect(pieces.status != 0, "\(pieces.errors)")
    #expect(try stage.tip("main") != stage.tip(in: "bo"))
  }

  @Test func newAndOldProtocolAndShallowClonesWork() async throws {
    let hub = try await ServedHub()
    for version in ["0", "1", "2"] {
      let result = try await hub.run(
        "git", ["-c", "protocol.version=\(version)", "ls-remote", hub.open, "main"], in: "",
        adding: ["GIT_TRACE_PACKET": "1"])
      #expect(result.output.contains("refs/heads/main"))
      #expect(result.errors.contains("version 2") == (version == "2"), "\(result.errors)")
    }
    try await hub.git("clone", "-q", "--depth", "1", hub.open, "shallow", in: "")
    #expect(try hub.stage.tip(in: "shallow") == hub.stage.tip("main"))
  }

  @Test func nothingButTheThreeAddressesIsThere() async throws {
    let hub = try await ServedHub()
    let there = try await hub.get("/hub.git/info/refs?service=git-upload-pack")
    #expect(there.status == 200)
    #expect(there.field("Content-Type") == "application/x-git-upload-pack-advertisement")
    for path in [
      "/hub.git/info/refs", "/hub.git/HEAD", "/hub.git/objects/info/packs", "/hub.git/config", "/hub.git/kpi/tokens",
      "/hub.git/info/refs?service=git-upload-archive", "/hub.git", "/hub.git/",
      "/other.git/info/refs?service=git-upload-pack",
      "/hub.git/../hub.git/HEAD", "/hub.git/%2e%2e/hub.git/HEAD", "/hub.git/info/refs?service=git-upload-pack&x=1",
      "/../../etc/passwd", "/departments/../company.html", "/departments/..%2f..%2fx.html",
    ] {
      #expect(try await hub.get(path).status == 404, "\(path)")
    }
    for method in ["PUT", "DELETE", "PROPFIND", "OPTIONS"] {
      #expect(try await hub.get("/hub.git/git-upload-pack", method: method).status == 404, "\(method)")
    }
    let wrong = try await RawHTTP.ask(
      hub.port, "POST /hub.git/git-receive-pack HTTP/1.1",
      ["Authorization: Bearer \(hub.token)", "Content-Type: text/plain", "Content-Length: 4"], body: "0000")
    #expect(wrong.status == 415)
  }

  @Test func packedRequestsArePassedOn() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    try await hub.git("clone", "-q", hub.open, "bo", in: "")
    // git packs a request of more than 1,024 bytes: one that names many commits it has.
    for number in 0..<40 {
      try stage.git("commit", "-q", "--allow-empty", "-m", "\(number)", in: "bo")
    }
    _ = try stage.clone("other")
    try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"], in: "other")
    try await hub.git("push", "-q", "origin", "main", in: "other")
    let fetched = try await hub.run("git", ["fetch", "origin"], in: "bo", adding: ["GIT_CURL_VERBOSE": "1"])
    #expect(fetched.status == 0 && fetched.errors.lowercased().contains("content-encoding: gzip"), "\(fetched.errors)")
    #expect(try stage.tip("origin/main", in: "bo") == stage.tip("main"))
  }

  @Test func aHubWithoutItsGateIsNotServed() async throws {
    let stage = try HubStage()
    try FileManager.default.removeItem(atPath: stage.hubPath + "/hooks/pre-receive")
    await #expect(throws: HubServer.Obstacle.noGate(stage.hubPath)) { _ = try await ServedHub(stage) }
  }
}
