import Crypto
import Foundation
import Git
import Testing

@testable import Hub

/// The published scorecard over http.
@Suite struct ServedPagesTests {
  private func published(_ change: (inout ServingOptions) -> Void = { _ in }) async throws -> ServedHub {
    let hub = try await ServedHub(nil, change)
    _ = try Publisher(hub: LedgerHub(at: hub.stage.hubPath), version: "test", now: HubStage.now) { _ in HubStage.today }
      .publish()
    return hub
  }

  @Test func beforeTheFirstPublicationAFriendlyLine() async throws {
    let hub = try await ServedHub()
    let answer = try await hub.get("/")
    #expect(answer.status == 503 && answer.body.contains("No scorecard is published yet"))
    #expect(try await hub.get("/departments/sales.html").status == 404)
  }

  @Test func everyPublishedFileIsThereAsItIs() async throws {
    let hub = try await published()
    for (path, type) in [
      ("company.html", "text/html; charset=utf-8"), ("company.json", "application/json"),
      ("company.csv", "text/csv; charset=utf-8"), ("departments/sales.md", "text/markdown; charset=utf-8"),
      ("departments/sales.html", "text/html; charset=utf-8"),
    ] {
      let answer = try await hub.get("/" + path)
      #expect(answer.status == 200 && answer.field("Content-Type") == type)
      let stored = try hub.stage.run("git", ["show", "scorecard:" + path], in: "hub.git").output
      #expect(answer.body == stored, "\(path)")
      #expect(answer.field("X-Content-Type-Options") == "nosniff" && answer.field("X-Frame-Options") == "DENY")
      #expect(answer.field("Content-Security-Policy").hasPrefix("default-src 'none'"))
    }
    #expect(try await hub.get("/").body == hub.get("/company.html").body)
    for path in ["/departments/none.html", "/company.xml", "/departments/sales", "/departments/a/b.html", "/x"] {
      #expect(try await hub.get(path).status == 404, "\(path)")
    }
  }

  @Test func aBrowserAsksAgainForNothing() async throws {
    let hub = try await published()
    let first = try await hub.get("/")
    let tag = first.field("ETag")
    #expect(tag == "\"\(try hub.stage.git("rev-parse", "scorecard:company.html", in: "hub.git"))\"")
    for tags in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let again = try await hub.get("/", ["If-None-Match: \(tags)"])
      #expect(again.status == 304 && again.body.isEmpty && again.field("ETag") == tag, "\(tags)")
    }
    #expect(try await hub.get("/", ["If-None-Match: \"x\""]).status == 200)
    #expect(first.field("Cache-Control") == "private, no-cache")
    let head = try await hub.get("/", method: "HEAD")
    #expect(head.status == 200 && head.body.isEmpty && head.field("Content-Length") == "\(first.body.utf8.count)")
    for method in ["POST", "PUT", "DELETE"] { #expect(try await hub.get("/", method: method).status == 404) }
  }

  @Test func thePolicyAllowsThePagesOwnStyleAndNothingElse() async throws {
    let hub = try await published()
    let answer = try await hub.get("/")
    let start = try #require(answer.body.firstRange(of: "<style>")).upperBound
    let end = try #require(answer.body.firstRange(of: "</style>")).lowerBound
    let digest = Data(SHA256.hash(data: Data(answer.body[start..<end].utf8))).base64EncodedString()
    #expect(
      answer.field("Content-Security-Policy")
        == "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    #expect(!answer.body.contains(" style="))
    let page = Array("<style>a</style><style>evil</style>".utf8)
    #expect(
      PagePolicy.policy(for: page, isHTML: true).contains(Data(SHA256.hash(data: Data("a".utf8))).base64EncodedString())
    )
    #expect(!PagePolicy.policy(for: page, isHTML: false).contains("style-src"))
  }

  @Test func pagesNeedATokenUnlessTheyAreOpen() async throws {
    let closed = try await published()
    #expect(try await RawHTTP.ask(closed.port, "GET / HTTP/1.1", []).status == 401)
    let open = try await published { $0.hasOpenPages = true }
    let answer = try await RawHTTP.ask(open.port, "GET / HTTP/1.1", [])
    #expect(answer.status == 200 && answer.field("Cache-Control") == "no-cache")
    #expect(try await RawHTTP.ask(open.port, "GET /nothing HTTP/1.1", []).status == 404)
    let refs = "GET /hub.git/info/refs?service=git-upload-pack HTTP/1.1"
    #expect(try await RawHTTP.ask(open.port, refs, []).status == 401)
  }

  @Test func healthSaysHowOldTheNewestStateIs() async throws {
    let hub = try await ServedHub()
    let answer = try await RawHTTP.ask(hub.port, "GET /health HTTP/1.1", [])
    let health = try #require(JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    #expect(answer.status == 200 && health["ok"] as? Bool == true && health["version"] as? String == "test")
    #expect((0...600).contains(try #require(health["tip_age"] as? Int)))
    #expect(health.count == 3)
    try FileManager.default.moveItem(atPath: hub.stage.hubPath, toPath: hub.stage.hubPath + ".away")
    let ill = try await RawHTTP.ask(hub.port, "GET /health HTTP/1.1", [])
    #expect(ill.status == 503 && ill.body.contains("\"ok\": false"))
  }
}
