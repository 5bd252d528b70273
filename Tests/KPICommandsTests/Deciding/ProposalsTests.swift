import Foundation
import Testing

/// Anna heads sales, Ben is her deputy, Dora is a member, the office is controller.
@Suite("What is held, as the people concerned see it")
struct ProposalsTests {
  @Test("Each sees first what is theirs to settle, then what they entered, then what is for others")
  func turns() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.kpi("define", "sales/win-rate", "--weight", "3", "-m", "It counts more", in: "anna")
    try work.sync("dora", "anna", "dora")

    let anna = try work.kpi("proposals", in: "anna").output
    let parts = anna.components(separatedBy: "Entered by you")
    #expect(parts.count == 2, "\(anna)")
    #expect(parts[0].hasPrefix("Yours to settle:") && parts[0].contains("targets.2026"), "\(anna)")
    #expect(parts[0].contains("25000") && parts[0].contains("Less to do"), "\(anna)")
    #expect(parts[1].contains("weight") && parts[1].contains("Settle one: kpi settle"), "\(anna)")
    let dora = try work.kpi("proposals", in: "dora").output
    #expect(dora.hasPrefix("Entered by you, for others to settle:"), "\(dora)")
    #expect(dora.contains("For others to settle:") && dora.contains("--withdraw"), "\(dora)")
    #expect(try work.kpi("proposals", "--mine", in: "dora").output == "Nothing that is held is yours to settle.\n")
    let mine = try work.kpi("proposals", "--mine", "--format", "csv", in: "anna").output
    #expect(mine.split(separator: "\n").count == 2 && mine.contains("head-of-sales (Anna, Ben)"), "\(mine)")
  }

  @Test("A value that changed again after it was proposed is shown as it is now, beside what its author saw")
  func inForceNow() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.sync("dora", "anna")
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", "-m", "Spring plan", in: "anna")
    let one = try #require(try work.held(in: "anna").first)
    #expect(one["in_force"] as? Int == 26000 && one["instead_of"] as? Int == 25000 && one["proposed"] as? Int == 1)

    let id = try work.heldID("targets.2026", in: "anna")
    let shown = try work.kpi("settle", id, in: "anna").output
    #expect(shown.contains("in force   26000") && shown.contains("they saw   25000"), "\(shown)")
    #expect(try work.held(in: "anna").count == 1, "looking decides nothing")
    let rejected = try work.kpi("settle", id, "--reject", "-m", "The plan stands", in: "anna").output
    #expect(rejected.contains("stays 26000 (it was 25000 when it was proposed)"), "\(rejected)")
  }

  @Test("What is held of a KPI that was moved is found under its new id, and settled there")
  func moved() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("define", "sales/win-rate", "--target", "2026=1", "-m", "Less to do", in: "dora")
    try work.sync("dora", "anna")
    try work.kpi("move", "sales/win-rate", "sales/hit-rate", "--yes", in: "anna")
    try work.sync("anna")
    #expect(try work.kpi("proposals", in: "anna").output.contains("sales/hit-rate"))
    try work.kpi("settle", "sales/hit-rate", "--accept", "-m", "Agreed", in: "anna")
    try work.sync("anna", "dora")
    #expect(try work.read("dora/departments/sales/kpis/hit-rate.yaml").contains("2026: 1"))
    #expect(try work.held(in: "dora").isEmpty)
  }
}
