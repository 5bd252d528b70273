import Foundation
import Testing

/// The trail of a KPI and of a person, whatever they were called meanwhile, through the built program.
@Suite("The trail goes through")
struct TrailTests {
  private func json(_ work: Workplace, _ arguments: String..., in place: String) throws -> [[String: Any]] {
    let text = try work.kpi(arguments + ["--format", "json"], in: place).output
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  private func texts(_ name: String, _ rows: [[String: Any]]) -> [String] { rows.map { $0[name] as? String ?? "" } }

  @Test("A person who is called otherwise now, and writes from another address, is found by either name")
  func renamedPerson() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    try work.kpi("record", "sales/win-rate", "2020-01", "value=5", in: "anna")
    try work.kpi(
      "people", "change", "anna", "--name", "Anna Berg", "--add-email", "anna.berg@example.org", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.git("config", "user.name", "Anna Berg", in: "anna")
    try work.git("config", "user.email", "anna.berg@example.org", in: "anna")
    try work.kpi("record", "sales/win-rate", "2020-02", "value=6", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.kpi("sync", in: "ben")
    try work.kpi("record", "sales/win-rate", "2020-03", "value=7", in: "ben")
    for who in ["anna", "Anna Berg", "anna@example.org", "anna.berg@example.org"] {
      let rows = try json(work, "audit", "sales/win-rate", "--kind", "actual", "--by", who, in: "ben")
      #expect(texts("key", rows) == ["row 2020-02", "row 2020-01"], "\(who)")
      #expect(texts("by", rows) == ["Anna Berg <anna.berg@example.org>", "Anna <anna@example.org>"])
      #expect(rows.allSatisfy { $0["verified"] as? Bool == true })
    }
  }

  @Test("A department that was split: its KPIs' audit, blame and figures go on where they are now")
  func splitDepartment() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.kpi("record", "sales/win-rate", "2020-01", "value=5", "--note", "counted twice", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.kpi("department", "add", "emea", "--name", "Sales EMEA", "--head", "head-of-sales", in: "anna")
    try work.kpi("move", "sales/win-rate", "emea/win-rate", "--yes", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.kpi("move", "emea/win-rate", "emea/orders-won", "--yes", in: "anna")
    try work.kpi("record", "emea/orders-won", "2020-01", "value=6", in: "anna")
    try work.kpi("sync", in: "anna")
    // What was done before and after, under three names.
    let rows = try json(work, "audit", "emea/orders-won", "--key", "row 2020-01", in: "anna")
    #expect(Set(texts("kpi", rows)) == ["sales/win-rate", "emea/win-rate", "emea/orders-won"])
    let entered = rows.filter { $0["kpi"] as? String == "sales/win-rate" && $0["from"] is NSNull }
    #expect(entered.count == 1 && texts("by", entered) == ["Anna <anna@example.org>"])
    let department = try json(work, "audit", "--department", "emea", "--kind", "actual", in: "anna")
    #expect(Set(texts("kpi", department)) == ["sales/win-rate", "emea/win-rate", "emea/orders-won"])
    let old = try json(work, "audit", "--department", "sales", "--kind", "actual", in: "anna")
    #expect(Set(texts("kpi", old)) == ["sales/win-rate"])
    // Blame names who entered a value, not who moved it.
    let blame = try json(work, "blame", "emea/orders-won", in: "anna")
    let first = try #require(blame.first { $0["key"] as? String == "row 2019-12" })
    #expect(first["by"] as? String == "Office <office@example.org>")
    let note = try #require(blame.first { $0["key"] as? String == "note 2020-01" })
    #expect(note["value"] as? String == "counted twice" && note["commit"] as? String == entered[0]["commit"] as? String)
    // The triangle knows both values of January, 5 and then 6.
    let known = try json(work, "history", "emea/orders-won", in: "anna")
    let january = known.filter { $0["period"] as? String == "2020-01" }.compactMap { $0["value"] as? Int }
    #expect(Set(january) == [5, 6])
    let hands = try json(work, "audit", "--ownership", in: "anna")
    #expect(hands.contains { "\($0)".contains("emea/win-rate") }, "\(hands)")
  }
}
