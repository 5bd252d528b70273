import Foundation
import Testing

/// `kpi audit` through the built program: Dora may not set targets, Anna decides about hers.
@Suite("Audits of what was held")
struct AuditSettlementTests {
  @Test("A held change says how it ended and by whom, and an accepted value who had proposed it")
  func settlements() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    for target in ["2026=1", "2021=2", "2020=3"] {
      try work.kpi("define", "sales/win-rate", "--target", target, in: "dora")
    }
    try work.sync("dora", "anna")
    try work.kpi("settle", try work.heldID("targets.2026", in: "anna"), "--accept", in: "anna")
    try work.kpi("settle", try work.heldID("targets.2021", in: "anna"), "--reject", in: "anna")
    func lines(_ options: String...) throws -> [[String: Any]] {
      let text = try work.kpi(["audit", "sales/win-rate", "--format", "json"] + options, in: "anna").output
      return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }
    let held = try lines("--by", "dora").filter { $0["held"] as? Bool == true }
    let outcomes = held.map { "\($0["key"] ?? ""): \($0["outcome"] ?? "") \($0["settled_by"] as? String ?? "-")" }
    #expect(
      Set(outcomes) == [
        "proposal targets.2026: accepted Anna <anna@example.org>",
        "proposal targets.2021: rejected Anna <anna@example.org>", "proposal targets.2020: waiting -",
      ])
    let inForce = try lines("--by", "anna", "--key", "targets").filter { $0["key"] as? String == "targets.2026" }
    #expect(inForce.map { $0["proposed_by"] as? String } == ["Dora <dora@example.org>"])
    #expect(inForce.first?["held"] as? Bool == false && inForce.first?["to"] as? Int == 1)
    work.environment["COLUMNS"] = "250"
    let table = try work.kpi("audit", "sales/win-rate", in: "anna").output
    for words in [
      "held; Anna accepted it on ", "held; Anna rejected it on ", "waits for a decision", "proposed by Dora",
    ] {
      #expect(table.contains(words), "\(table)")
    }
    let never = try work.kpi("audit", "sales/win-rate", "--key", "owner", in: "anna").output
    #expect(!never.contains("held"), "\(never)")
  }
}
