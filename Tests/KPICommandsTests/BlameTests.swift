import Foundation
import Testing

/// `kpi blame` through the built program: Anna heads sales, Dora is a member.
@Suite("Where each value comes from")
struct BlameTests {
  private func lines(_ work: Workplace, _ arguments: String...) throws -> [String: [String: Any]] {
    let text = try work.kpi(["blame"] + arguments + ["--format", "json"], in: "anna").output
    let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    return Dictionary(read.map { ($0["key"] as? String ?? "", $0) }) { one, _ in one }
  }

  @Test("Through a settlement, a move and a row under the old id, each value is laid to whoever entered it")
  func throughAll() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.sync("dora", "anna")
    try work.kpi("settle", "sales/win-rate", "--accept", "-m", "Agreed", in: "anna")
    try work.sync("anna", "dora")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=-5", "-m", "=Counted", in: "dora")
    try work.kpi("move", "sales/win-rate", "sales/orders-won", "--yes", "-m", "As all say", in: "anna")
    try work.sync("anna", "dora", "anna")

    let now = try lines(work, "sales/orders-won")
    let target = try #require(now["targets.2026"])
    #expect(target["by"] as? String == "Dora <dora@example.org>" && target["message"] as? String == "Less to do")
    #expect(target["settled_by"] as? String == "Anna <anna@example.org>" && target["value"] as? Int == 1)
    #expect(target["kpi"] as? String == "sales/orders-won" && target["verified"] as? Bool == true)
    let row = try #require(now["row 2020-01"])
    #expect(row["by"] as? String == "Dora <dora@example.org>" && row["message"] as? String == "=Counted")
    #expect(row["settled_by"] is NSNull && row["sync"] is String)
    #expect(now["name"]?["by"] as? String == "Office <office@example.org>")
    #expect(now["was has sales/win-rate"]?["message"] as? String == "As all say")
    #expect(now.values.allSatisfy { $0["commit"] is String })

    let settled = try #require(target["sync"] as? String)
    let before = try work.git("rev-parse", settled + "^", in: "anna").trimmingCharacters(in: .newlines)
    let then = try lines(work, "sales/win-rate", "--at", before)
    #expect(then["targets.2026"]?["value"] as? Int == 25000 && then["row 2020-01"] == nil)
    #expect(then["targets.2026"]?["by"] as? String == "Office <office@example.org>")

    work.environment["COLUMNS"] = "200"
    let table = try work.kpi("blame", "sales/orders-won", in: "anna").output
    #expect(table.contains("Dora, settled by Anna") && !table.contains("column "), "\(table)")
    let csv = try work.kpi("blame", "sales/orders-won", "--format", "csv", in: "anna").output
    #expect(csv.contains(",'=Counted,") && csv.contains("value: -5"), "\(csv)")
    #expect(csv.hasPrefix("kpi,file,key,value,at,by,verified,commit,sync,message,settled_by\n"), "\(csv)")
  }

  @Test("A KPI that is not there is said, with what may be meant")
  func missing() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let errors = try work.kpi("blame", "sales/winrate", in: "anna", expecting: [64]).errors
    #expect(errors.contains("Did you mean \"sales/win-rate\"?"), "\(errors)")
  }
}
