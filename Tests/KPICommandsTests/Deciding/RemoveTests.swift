import Testing

@Suite("Taking KPIs and departments out of the ledger")
struct RemoveTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"

  @Test("A KPI that others name is not removed, and they are named")
  func named() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.kpi("define", "sales/calls", "--set", "leads_to=[sales/win-rate]", in: "anna")
    let refused = try work.kpi("remove", "sales/win-rate", "--yes", in: "anna", expecting: [1]).errors
    #expect(refused.contains("sales/calls") && refused.contains("--status retired"), "\(refused)")
    #expect(work.exists("anna/" + Self.rate))
    try work.kpi("remove", "sales/calls", "--yes", in: "anna")
    try work.kpi("remove", "sales/win-rate", "--yes", "-m", "Nobody looks at it", in: "anna")
    #expect(try work.git("log", "-1", "--format=%s", in: "anna") == "Nobody looks at it\n")
  }

  @Test("A department goes with everything in it, once it is said that this is meant")
  func department() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let asked = try work.kpi("remove", "sales", in: "anna", expecting: [64])
    #expect(asked.output.contains("sales/win-rate") && asked.errors.contains("--yes"))
    let rehearsed = try work.kpi("remove", "sales", "--dry-run", in: "anna").output
    #expect(rehearsed.contains("sales/win-rate") && work.exists("anna/" + Self.rate))
    try work.kpi("remove", "sales", "--yes", in: "anna")
    try work.sync("anna")
    #expect(!(try work.git("ls-tree", "-r", "--name-only", "main", in: "hub.git").contains("departments/sales")))
  }

  @Test("What is not there is said, with the nearest name")
  func unknown() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let kpi = try work.kpi("remove", "sales/winrate", "--yes", in: "anna", expecting: [64]).errors
    #expect(kpi.contains("sales/win-rate"), "\(kpi)")
    #expect(try work.kpi("remove", "sale", "--yes", in: "anna", expecting: [64]).errors.contains("sales"))
  }
}
