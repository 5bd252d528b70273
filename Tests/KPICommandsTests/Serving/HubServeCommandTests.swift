import Foundation
import Testing

/// The commands that serve a hub, and make tokens for it.
@Suite("kpi hub serve and kpi hub token")
struct HubServeCommandTests {
  private func setUp() throws -> Workplace {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: [])
    return work
  }

  @Test("It listens on this machine alone unless it is told what that means")
  func loopback() throws {
    let work = try setUp()
    for place in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "127.evil.example:1"] {
      let refused = try work.kpi("hub", "serve", "hub.git", "--listen", place, expecting: [64])
      #expect(
        refused.errors.contains("--behind-tls-proxy") && refused.errors.contains("--insecure"), "\(refused.errors)")
    }
    for place in ["8080", "127.0.0.1", "127.0.0.1:99999", ":80"] {
      let refused = try work.kpi("hub", "serve", "hub.git", "--listen", place, expecting: [64])
      #expect(refused.errors.contains("needs an address and a port"))
    }
  }

  @Test("A place that is taken, a folder that is no hub, and a hub without its gate are named")
  func obstacles() throws {
    let work = try setUp()
    let served = try Served(work)
    let taken = try work.kpi("hub", "serve", "hub.git", "--listen", "127.0.0.1:\(served.port)", expecting: [64])
    #expect(taken.errors.contains("Cannot listen at 127.0.0.1:\(served.port)"), "\(taken.errors)")
    #expect(try work.kpi("hub", "serve", "ledger", expecting: [64]).errors.contains("There is no hub at"))
    #expect(served.stop() == 0)
    try FileManager.default.removeItem(atPath: work.folder + "/hub.git/hooks/pre-receive")
    let open = try work.kpi("hub", "serve", "hub.git", expecting: [64])
    #expect(open.errors.contains("would take whatever is pushed"))
  }

  @Test("A token is shown once, listed without itself, and revoked")
  func tokens() throws {
    let work = try setUp()
    let added = try work.kpi("hub", "token", "add", "hub.git", "anna", "--until", "2999-12-31", "--note", "laptop")
    let token = added.output.trimmingCharacters(in: .newlines)
    #expect(token.wholeMatch(of: /kpi_[0-9a-f]{64}/) != nil)
    for format in ["table", "json", "csv"] {
      let listed = try work.kpi("hub", "token", "list", "hub.git", "--format", format).output
      #expect(listed.contains("anna") && listed.contains("laptop") && listed.contains("2999-12-31"))
      #expect(!listed.contains(token.dropFirst(4)))
    }
    let unknown = try work.kpi("hub", "token", "add", "hub.git", "ana", expecting: [64])
    #expect(unknown.errors.contains("has the id 'ana'") && unknown.errors.contains("anna"), "\(unknown.errors)")
    #expect(
      try work.kpi("hub", "token", "add", "hub.git", "anna", "--until", "2020-01-01", expecting: [64])
        .errors.contains("is over"))
    #expect(try work.kpi("hub", "token", "revoke", "hub.git", "nobody", expecting: [64]).errors.contains("no token"))
    #expect(try work.kpi("hub", "token", "revoke", "hub.git", "anna").output.contains("of anna: laptop"))
    #expect(try work.kpi("hub", "token", "list", "hub.git").output == "There are no tokens.\n")
  }
}
