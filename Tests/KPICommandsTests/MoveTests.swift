import Foundation
import Testing

/// `kpi move` through the built program: Anna heads sales and is an administrator's deputy, Dora is a member.
@Suite("Moving, from the command to the others' clones")
struct MoveTests {
  @Test("A moved KPI arrives at the others, whose row under the old id arrives under the new one")
  func kpi() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("record", "sales/win-rate", "2020-01", "value=5", in: "dora")
    let rehearsed = try work.kpi("move", "sales/win-rate", "sales/orders-won", "--dry-run", in: "anna").output
    #expect(rehearsed.contains("sales/win-rate -> sales/orders-won"), "\(rehearsed)")
    #expect(work.exists("anna/departments/sales/kpis/win-rate.yaml"))
    let before = try work.git("rev-list", "--count", "HEAD", in: "anna")
    try work.kpi("move", "sales/win-rate", "sales/orders-won", "--yes", "-m", "As all say", in: "anna")
    let after = try work.git("rev-list", "--count", "HEAD", in: "anna")
    #expect(Int(after.dropLast()) == Int(before.dropLast()).map { $0 + 1 })
    #expect(!work.exists("anna/departments/sales/kpis/win-rate.yaml"))
    #expect(try work.read("anna/departments/sales/kpis/orders-won.yaml").contains("was: [sales/win-rate]"))
    try work.kpi("sync", in: "anna")
    let sync = try work.kpi("sync", in: "dora").output
    #expect(!sync.contains("held"), "\(sync)")
    #expect(try work.read("dora/departments/sales/actuals/orders-won.csv").contains("2020-01,5"))
    #expect(!work.exists("dora/departments/sales/actuals/win-rate.csv"))
  }

  @Test("A department moves with its closes, and what is held of it can still be settled")
  func department() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["dora", "office"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.kpi("sync", in: "dora")
    try work.kpi("close", "2019-12", "--department", "sales", "--yes", in: "office")
    let people = try work.read("office/people.yaml")
    try work.write(
      people.replacingOccurrences(of: "holder: anna, deputy: ben", with: "holder: office, deputy: ben"),
      to: "office/people.yaml")
    try work.kpi("sync", in: "office")
    let move = try work.kpi("move", "sales", "emea-sales", "--yes", in: "office").output
    #expect(move.contains("sales/win-rate -> emea-sales/win-rate"), "\(move)")
    #expect(move.contains("with it: close of 2019-12 for sales, department sales"), "\(move)")
    let sync = try work.kpi("sync", in: "office").output
    #expect(!sync.contains("held"), "\(sync)")
    try work.kpi("sync", in: "dora")
    #expect(!work.exists("dora/departments/sales") && !work.exists("dora/closes/sales"))
    #expect(work.exists("dora/closes/emea-sales/2019-12.yaml"))
    let listed = try work.kpi("proposals", "--format", "json", in: "office").output
    let proposals = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
    let id = try #require(proposals.first?["id"] as? String)
    try work.kpi("settle", id, "--accept", "-m", "Agreed", in: "office")
    try work.kpi("sync", in: "office")
    let hub = try work.git("show", "main:departments/emea-sales/kpis/win-rate.yaml", in: "hub.git")
    #expect(hub.contains("2026: 1"), "\(hub)")
    #expect(try work.kpi("proposals", in: "office").output == "Nothing is held.\n")
  }

  @Test("Ids that are none, are taken or are not there are refused, with what was meant")
  func refused() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    func errors(_ from: String, _ to: String) throws -> String {
      try work.kpi("move", from, to, "--yes", in: "anna", expecting: [64]).errors
    }
    let before = try work.git("rev-parse", "HEAD", in: "anna")
    #expect(
      try errors("sales/win-rate", "Sales/Hit Rate").contains("Did you mean: kpi move sales/win-rate sales/hit-rate"))
    #expect(try errors("sales/win-rate", "emea").contains("not two KPIs' ids, nor two departments'"))
    #expect(try errors("sales/winrate", "sales/x").contains("Did you mean \"sales/win-rate\"?"))
    #expect(try errors("sales/win-rate", "sale/win-rate").contains("Did you mean \"sales\"?"))
    #expect(try errors("sales", "sales").contains("called that already"))
    let unasked = try work.kpi("move", "sales/win-rate", "sales/x", in: "anna", expecting: [64]).errors
    #expect(unasked.contains("--yes"), "\(unasked)")
    #expect(try work.git("rev-parse", "HEAD", in: "anna") == before)
    #expect(try work.git("status", "--porcelain", in: "anna") == "")
  }
}
