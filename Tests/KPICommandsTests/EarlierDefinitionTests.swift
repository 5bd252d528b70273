import Testing

@Suite struct EarlierDefinitionTests {
  @Test("show names a row that was recorded under an earlier definition, until the data owner confirms it")
  func confirmed() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    let rate = "anna/departments/sales/kpis/win-rate.yaml"
    try work.write(try work.read(rate) + "bounds: {min: 0, max: 100000}\ndata_owner: head-of-sales\n", to: rate)
    try work.kpi("sync", in: "anna")
    try work.kpi("record", "sales/win-rate", "2020-01", "value=23", in: "dora")
    let sync = try work.kpi("sync", in: "dora").output
    #expect(sync.contains("1 row was recorded under an earlier definition"))
    #expect(sync.contains("kpi record sales/win-rate 2020-01 --confirm"))
    try work.kpi("sync", in: "anna")
    #expect(try work.kpi("show", "sales/win-rate", in: "anna").output.contains("under an earlier definition"))
    #expect(
      try work.kpi("show", "sales/win-rate", "--format", "json", in: "anna").output.contains("\"row\": \"2020-01\""))

    let refused = try work.kpi("record", "sales/win-rate", "2020-01", "--confirm", in: "dora", expecting: [64])
    #expect(refused.errors.contains("head-of-sales (Anna)"))
    try work.kpi("record", "sales/win-rate", "2020-01", "--confirm", in: "anna")
    #expect(try work.read("anna/departments/sales/actuals/win-rate.csv").contains("2020-01,23,,confirmed "))
    #expect(!(try work.kpi("show", "sales/win-rate", in: "anna").output.contains("under an earlier definition")))
    try work.kpi("sync", in: "anna")
    try work.kpi("sync", in: "dora")
    #expect(!(try work.kpi("show", "sales/win-rate", in: "dora").output.contains("under an earlier definition")))
  }

  @Test("There is nothing to confirm where nothing was recorded")
  func nothingThere() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let ended = try work.kpi("record", "sales/win-rate", "2020-01", "--confirm", in: "anna", expecting: [64])
    #expect(ended.errors.contains("no values for 2020-01 to confirm"))
  }
}
