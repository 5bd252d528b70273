import Foundation
import Testing

/// `kpi` against a hub that `kpi hub serve` serves.
@Suite("Syncing over http")
struct ServedSyncTests {
  private func setUp(_ people: [String]) throws -> (Workplace, Served) {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: [])
    let served = try Served(work)
    for person in people { try served.clone(person) }
    return (work, served)
  }

  @Test("Two people disagree: one value stands, one is held, settling it reaches everybody")
  func disagreement() throws {
    let (work, served) = try setUp(["anna", "ben"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", "-m", "Spring plan", in: "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=24000", "-m", "Two people left", in: "ben")
    try work.sync("anna")
    let held = try work.kpi("sync", in: "ben").output
    #expect(held.contains("Ben wants 24000, in force is 26000"), "\(held)")
    try work.sync("anna")
    try work.kpi("settle", try work.heldID("targets.2026", in: "anna"), "--accept", "-m", "Agreed", in: "anna")
    try work.sync("anna", "ben")
    #expect(try work.read("ben/departments/sales/kpis/win-rate.yaml").contains("2026: 24000"))
    #expect(try work.git("rev-parse", "HEAD", in: "ben") == work.git("rev-parse", "main", in: "hub.git"))
    let log = try served.log
    #expect(log.contains("\"outcome\": \"taken\"") && log.contains("\"person\": \"ben\""))
    #expect(!log.contains("kpi_"))
    #expect(served.stop() == 0)
  }

  @Test("A hub that lets nobody in is told from one that is away; what waits is kept, and no token is shown")
  func notLetIn() throws {
    let (work, served) = try setUp(["anna"])
    let nobody = try work.kpi("clone", served.address, "x", expecting: [4])
    #expect(nobody.errors.contains("does not let you in") && nobody.errors.contains("git credential approve"))
    let wrong = "http://x:kpi_\(String(repeating: "ab", count: 32))@127.0.0.1:\(served.port)/hub.git"
    let refused = try work.kpi("clone", wrong, "x", expecting: [4])
    #expect(refused.errors.contains("This token is not known here"), "\(refused.errors)")
    #expect(!refused.errors.contains("kpi_ab") && refused.errors.contains("http://x@127.0.0.1"))

    try work.kpi("record", "sales/win-rate", "2026-01", "value=2100", in: "anna")
    try work.kpi("hub", "token", "revoke", "hub.git", "anna")
    let revoked = try work.kpi("sync", in: "anna", expecting: [4])
    #expect(revoked.output.contains("does not let you in: This token is not known here"), "\(revoked.output)")
    #expect(revoked.output.contains("1 change waits") && revoked.output.contains("Nothing is lost"))
    let asked = try work.kpi("sync", in: "anna", expecting: [4]).output
    #expect(asked.contains("printf") && asked.contains("host=127.0.0.1:\(served.port)"), "\(asked)")
    try work.git("remote", "set-url", "origin", try served.address(of: "anna"), in: "anna")
    try work.kpi("sync", in: "anna")
    let status = try work.kpi("status", in: "anna").output
    #expect(status.contains("http://anna@127.0.0.1") && !status.contains("kpi_"))
    served.stop()
    #expect(try work.kpi("sync", in: "anna", expecting: [3]).output.contains("cannot be reached"))
  }

  @Test("A copy without its history says how to get it, over http too")
  func shallow() throws {
    let (work, served) = try setUp([])
    let address = try served.address(of: "anna")
    try work.git("clone", "-q", "--depth", "1", address, "anna")
    try work.git("config", "user.name", "Anna", in: "anna")
    try work.git("config", "user.email", "anna@example.org", in: "anna")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=2100", in: "anna")
    let told = try work.kpi("sync", in: "anna", expecting: [0, 64])
    if told.status == 64 {
      #expect(told.errors.contains("git fetch --unshallow"))
      try work.git("fetch", "-q", "--unshallow", in: "anna")
      try work.kpi("sync", in: "anna")
    }
    #expect(try work.git("show", "main:departments/sales/actuals/win-rate.csv", in: "hub.git").contains("2026-01,2100"))
  }

  @Test("Some clients and the hub are killed while they sync; every value arrives, and every merge is right")
  func load() throws {
    let work = try Workplace()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Benchmarks/load.py").standardizedFileURL.path
    let ended = try work.shell(
      "exec python3 \(script) --kpi \(Workplace.program) --folder load --clients 6 --syncs 4 --kill 2 2>&1")
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    #expect(ended.output.contains("24 values in the ledger") && ended.output.contains("the hub once"))
    #expect(ended.output.contains("Everything in the hub is as it should be."), "\(ended.output)")
  }
}
