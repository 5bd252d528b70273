import Foundation
import Testing

/// Who may change what, through the built program: Anna heads sales, Ben is her deputy, Dora a member, the office is
/// controller.
@Suite("Authority, from what status foretells to what the hub has")
struct AuthorityTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"

  @Test("Status and check foretell offline what sync then does, in its words, committed or not")
  func foretold() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.git("remote", "set-url", "origin", "/nowhere/hub.git", in: "dora")
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    let text = try work.read("dora/" + Self.rate).replacingOccurrences(of: "goal: grow", with: "goal: grow\nweight: 3")
    try work.write(text, to: "dora/" + Self.rate)
    try work.write(
      "period,value,status,note\n2019-12,7,,\n2020-01,8,,\n", to: "dora/departments/sales/actuals/win-rate.csv")
    let target = "sales/win-rate (definition), targets.2026: Dora wants 1"
    let (head, office) = ("needs head-of-sales (Anna, Ben)", "needs controller (Office)")
    let status = try work.kpi("status", in: "dora").output
    #expect(status.contains("Your changes would be sent: sales/win-rate (actuals)\n"), "\(status)")
    #expect(status.contains("2 changes would be held"), "\(status)")
    #expect(status.contains(target) && status.contains(head) && status.contains(office), "\(status)")
    let check = try work.kpi("check", "--format", "json", in: "dora").output
    #expect(check.contains(target) && check.contains(head) && check.contains("would-be-held"), "\(check)")
    #expect(try work.kpi("check", in: "dora").output.contains("Your changes would be sent: sales/win-rate (actuals)"))
    #expect(!(try work.kpi("check", "departments/sales/actuals", in: "dora").output.contains("would-be-held")))

    try work.git("remote", "set-url", "origin", work.folder + "/hub.git", in: "dora")
    let sync = try work.kpi("sync", in: "dora").output
    #expect(sync.contains("Your changes sent: sales/win-rate (actuals)\n"), "\(sync)")
    #expect(sync.contains(target) && sync.contains(head) && sync.contains(office), "\(sync)")
    #expect(try work.read("dora/" + Self.rate).contains("2026: 25000"))
    try work.kpi("sync", in: "anna")
    let listed = try work.kpi("proposals", "--format", "json", in: "anna").output
    let proposals = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
    #expect(Set(proposals.compactMap { $0["key"] as? String }) == ["targets.2026", "weight"])
  }

  @Test("What a member may not change is in force once the head has accepted it")
  func settled() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.kpi("sync", in: "dora")
    try work.kpi("sync", in: "anna")
    let listed = try work.kpi("proposals", "--format", "json", in: "anna").output
    let proposals = try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
    let id = try #require(proposals.first?["id"] as? String)
    try work.kpi("settle", id, "--accept", "-m", "Agreed", in: "anna")
    try work.kpi("sync", in: "anna")
    try work.kpi("sync", in: "dora")
    #expect(try work.read("dora/" + Self.rate).contains("2026: 1"))
    #expect(try work.kpi("proposals", in: "dora").output == "Nothing is held.\n")
  }

  @Test("The first administrator begins a department and its KPI; its head goes on from there")
  func beginning() throws {
    let work = try Workplace()
    try work.kpi(
      "hub", "init", "hub.git", "--admin", "Office", "office@example.org", "--company", "Acme", "--currency", "EUR")
    try work.kpi("clone", "hub.git", "office", "--name", "Office", "--email", "office@example.org")
    try work.write(
      try work.read("office/people.yaml").replacingOccurrences(
        of: "roles:\n", with: "  zoe: {name: Zoe, emails: [zoe@example.org]}\nroles:\n  head-of-supply: {holder: zoe}\n"
      ),
      to: "office/people.yaml")
    try work.write("name: Supply\nhead: head-of-supply\n", to: "office/departments/supply/department.yaml")
    try work.write("goals: {grow: {name: Grow}}\n", to: "office/goals.yaml")
    let kpi = "departments/supply/kpis/stock.yaml"
    let text = """
      name: Stock
      goal: grow
      owner: head-of-supply
      decision: Order more
      unit: count
      direction: higher
      period: month
      targets: {2026: 10}
      review: {cadence: month}

      """
    try work.write(text, to: "office/" + kpi)
    let begun = try work.kpi("sync", in: "office").output
    #expect(!begun.contains("held"), "\(begun)")
    try work.kpi("clone", "hub.git", "zoe", "--name", "Zoe", "--email", "zoe@example.org")
    try work.write(text.replacingOccurrences(of: "Order more", with: "Order less"), to: "zoe/" + kpi)
    let changed = try work.kpi("sync", in: "zoe").output
    #expect(!changed.contains("held") && changed.contains("supply/stock"), "\(changed)")
    try work.write(text.replacingOccurrences(of: "Order more", with: "Order none"), to: "office/" + kpi)
    #expect(try work.kpi("sync", in: "office").output.contains("needs head-of-supply (Zoe)"))
  }
}
