import Calculation
import Foundation
import Testing

@testable import Hub

extension HubStage {
  static var today: Day { Day(daysSince1970: Int(Date().timeIntervalSince1970) / 86_400) }
}

/// Who is let in.
@Suite struct AdmissionTests {
  private static let refs = "/hub.git/info/refs?service=git-upload-pack"

  @Test func onlyATokenThatCountsLetsSomebodyIn() async throws {
    let hub = try await ServedHub()
    let old = try hub.tokens.add(
      person: "bo", on: HubStage.today.advanced(by: -9), until: HubStage.today.advanced(by: -1), note: "")
    let stranger = try hub.tokens.add(person: "nobody", on: HubStage.today, until: nil, note: "")
    let last = try hub.tokens.add(person: "cy", on: HubStage.today, until: HubStage.today, note: "")
    func status(_ fields: String...) async throws -> Int {
      try await RawHTTP.ask(hub.port, "GET \(Self.refs) HTTP/1.1", fields).status
    }
    let basic = { (pair: String) in "Authorization: Basic " + Data(pair.utf8).base64EncodedString() }
    #expect(try await status() == 401)
    #expect(try await status(basic("bo:" + hub.token)) == 200)
    #expect(try await status(basic("whoever:" + hub.token)) == 200)
    #expect(try await status(basic(hub.token + ":")) == 200)
    #expect(try await status("Authorization: Bearer " + last.text) == 200)
    for wrong in [
      basic("bo:"), basic("bo:" + Token().text), basic("bo:" + old.text), basic("nobody:" + stranger.text),
      "Authorization: Basic %%%", "Authorization: Digest x", "Authorization: Bearer " + hub.token.dropLast() + "g",
    ] {
      #expect(try await status(wrong) == 401, "\(wrong)")
    }
    let told = try await RawHTTP.ask(hub.port, "GET \(Self.refs) HTTP/1.1", [basic("bo:" + old.text)])
    #expect(told.body.contains("ran out on") && told.field("WWW-Authenticate").hasPrefix("Basic realm="))
    _ = try hub.tokens.revoke("bo")
    #expect(try await hub.get(Self.refs).status == 401)
  }

  @Test func whoeverLeavesThePeopleIsOut() async throws {
    let hub = try await ServedHub()
    let stage = hub.stage
    let cy = try hub.tokens.add(person: "cy", on: HubStage.today, until: nil, note: "")
    let ask = { try await RawHTTP.ask(hub.port, "GET \(Self.refs) HTTP/1.1", ["Authorization: Bearer \(cy.text)"]) }
    #expect(try await ask().status == 200)
    _ = try stage.clone("bo")
    let people = try #require(SampleFiles.all["people.yaml"]).split(separator: "\n").filter { !$0.contains("cy:") }
    let members = "name: Sales\nhead: head-of-sales\nmembers: [ana]\n"
    try stage.commit(
      ["people.yaml": people.joined(separator: "\n") + "\n", "departments/sales/department.yaml": members], in: "bo")
    try await hub.git("push", "-q", "origin", "main", in: "bo")
    let out = try await ask()
    #expect(out.status == 401 && out.body.contains("not in people.yaml any more"))
  }

  @Test func theDayOfTheLastUseIsNoted() async throws {
    let hub = try await ServedHub()
    #expect(try hub.tokens.entries().first?.used == nil)
    _ = try await hub.get(Self.refs)
    #expect(try hub.tokens.entries().first?.used == HubStage.today)
  }

  @Test func wrongTokensAreDelayedAndThenRefusedAndARightOneIsNot() async throws {
    let hub = try await ServedHub(nil) { options in
      options.limits.failuresBeforeDelay = 2
      options.limits.failuresBeforeRefusal = 4
      options.limits.failureDelay = .milliseconds(300)
    }
    var (statuses, slowest) = ([Int](), Duration.zero)
    // A new minute may begin in between and count anew.
    for _ in 0..<12 where statuses.last != 429 {
      let began = ContinuousClock.now
      statuses.append(
        try await RawHTTP.ask(hub.port, "GET / HTTP/1.1", ["Authorization: Bearer \(Token().text)"]).status)
      slowest = max(slowest, .now - began)
    }
    #expect(statuses.last == 429 && statuses.filter { $0 == 401 }.count >= 4)
    #expect(slowest >= .milliseconds(300))
    #expect(try await hub.get(Self.refs).status == 200)
  }

  @Test func aPersonWhoAsksTooOftenWaits() async throws {
    let hub = try await ServedHub(nil) { $0.limits.requestsOfPerson = 3 }
    var statuses: [Int] = []
    for _ in 0..<9 where statuses.last != 429 { statuses.append(try await hub.get("/").status) }
    #expect(statuses.last == 429 && statuses.count >= 4)
    #expect(try await hub.get("/health").status == 200)
  }

  @Test func theAddressIsTheProxysWordOnlyBehindAProxy() async throws {
    for isBehind in [false, true] {
      let hub = try await ServedHub(nil) { $0.isBehindProxy = isBehind }
      let answer = try await hub.get("/", ["X-Forwarded-For: 1.1.1.1, 203.0.113.7"])
      #expect(hub.lines.contains { $0.contains("\"address\": \"\(isBehind ? "203.0.113.7" : "127.0.0.1")\"") })
      #expect(answer.field("Strict-Transport-Security").isEmpty == !isBehind)
      _ = try await hub.get("/", ["X-Forwarded-For: \"><script>"])
      #expect(!hub.lines.contains { $0.contains("script") })
    }
  }
}
