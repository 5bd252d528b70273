import Foundation
import Testing

/// `kpi explain` on a ledger with one goal and two KPIs, 80 and 60 of 100 in January: 70.
@Suite struct ExplainTests {
  private let work: Workplace
  /// The first version.
  private let start: String

  init() throws {
    work = try Workplace()
    try SalesLedger.setUp(work, people: ["office", "anna", "dora"])
    for (kpi, value) in [("calls", 80), ("visits", 60)] {
      try work.write(
        """
        name: \(kpi)
        class: kpi
        goal: grow
        owner: head-of-sales
        decision: Shift capacity
        unit: count
        direction: higher
        period: month
        targets: {2026: 1200, 2026-01: 100}
        review: {cadence: month}
        status: active

        """, to: "anna/departments/sales/kpis/\(kpi).yaml")
      try work.write("period,value\n2026-01,\(value)\n", to: "anna/departments/sales/actuals/\(kpi).csv")
    }
    try work.sync("anna", "dora")
    start = try work.git("log", "-1", "--format=%h", in: "anna").trimmingCharacters(in: .newlines)
  }

  private func explain(_ arguments: String..., in place: String = "anna") throws -> String {
    try work.kpi(["explain"] + arguments + ["--period", "2026-01"], in: place).output
  }

  private func rows(_ arguments: String...) throws -> [[String: Any]] {
    let text = try work.kpi(["explain"] + arguments + ["--format", "json"], in: "anna").output
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  @Test("What moved, by whom and why, and that it adds up")
  func goals() throws {
    try work.kpi("record", "sales/calls", "2026-01", "value=90", in: "dora")
    try work.sync("dora", "anna")
    try work.kpi("define", "sales/visits", "--set", "targets.2026-01=120", "-m", "More visits", in: "anna")
    let text = try explain("\(start)..")
    #expect(text.contains("Grow, 2026-01: 70.0 → 70.0 (0.0)") == false)
    // (90 + 60) / 2 = 75, and (90 + 50) / 2 = 70 again: the goal stands where it stood.
    #expect(text.contains("No score moved."))
    let one = try explain("\(start)..", "--goal", "grow")
    #expect(one.contains("Grow, 2026-01: 70.0 → 70.0 (0.0)"))
    #expect(one.contains("0.0: actuals +5.0, targets −5.0"))
    let own = try explain("\(start)..", "sales/calls")
    #expect(own.contains("calls, 2026-01: 80.0 → 90.0 (+10.0)"))
    #expect(own.contains("Dora"))
    #expect(own.contains("Record 2026-01"))
    #expect(try explain("sales/calls", "\(start)..") == own)
    #expect(
      try rows("\(start)..", "--period", "2026-01", "--goal", "grow").map { $0["kind"] as? String } == [
        "actual", "target",
      ])
    let csv = try work.kpi("explain", "\(start)..", "--goal", "grow", "--format", "csv", in: "anna").output
    #expect(csv.hasPrefix("of,name,period,score_from,score_to,kind,kpi,file,key,from,to,before,after,size,at,by,"))
  }

  @Test("What was held and accepted is laid to whoever proposed it, and who settled that is said")
  func proposal() throws {
    try work.kpi("define", "sales/visits", "--set", "targets.2026-01=75", "-m", "Too hard", in: "dora")
    try work.sync("dora", "anna")
    #expect(try explain("\(start)..").contains("No score moved."))
    let id = try work.heldID("targets.2026-01", in: "anna")
    let before = try work.kpi("settle", id, in: "anna").output
    // 60 of 75 are 80.
    #expect(before.contains("What accepting it would do to the scores:\n  Grow, 2026-01: 70.0 → 80.0"))
    let settled = try work.kpi("settle", id, "--accept", "-m", "Agreed", in: "anna").output
    #expect(settled.contains("What that does to the scores:\n  Grow, 2026-01: 70.0 → 80.0"))
    #expect(settled.contains("sales/visits, 2026-01: 60.0 → 80.0"))
    try work.sync("anna")
    let text = try explain("\(start)..")
    #expect(text.contains("+10.0: targets +10.0"))
    #expect(text.contains("Dora, settled"))
    let row = try #require(try rows("\(start)..", "--period", "2026-01").first)
    #expect(row["proposed_by"] as? String == "Dora <dora@example.org>")
    #expect(row["by"] as? String == "Anna <anna@example.org>")
  }

  @Test("Two months of one version")
  func periods() throws {
    try work.kpi("record", "sales/calls", "2026-02", "value=91", in: "dora")
    try work.sync("dora", "anna")
    let text = try work.kpi("explain", "2026-01..2026-02", "--as-of", "2026-03-10", in: "anna").output
    #expect(text.contains("Grow, 2026-01..2026-02: 70.0 → "))
    #expect(text.contains("coverage"))
    #expect(text.contains("sales/visits"))
    let calls = try work.kpi("explain", "2026-01..2026-02", "sales/calls", "--as-of", "2026-03-10", in: "anna").output
    #expect(calls.contains("80 → 91"))
    #expect(calls.contains("Dora"))
  }

  @Test("What cannot be compared is said, with what to do")
  func errors() throws {
    try work.kpi("record", "sales/calls", "2026-01", "value=90", in: "dora")
    let side = try work.git("log", "-1", "--format=%h", in: "dora").trimmingCharacters(in: .newlines)
    try work.sync("dora", "anna")
    let tip = try work.git("log", "-1", "--format=%h", in: "anna").trimmingCharacters(in: .newlines)
    func error(_ arguments: String...) throws -> String {
      let failing: Set<Int32> = [1, 2, 3, 4, 64, 65, 66, 70]
      return try work.kpi(["explain"] + arguments, in: "anna", expecting: failing).errors
    }
    #expect(try error("2026-01").contains("is no range"))
    #expect(try error("2026-01..2026-01-31").contains("a period at one end and not at the other"))
    #expect(try error("2026-01..2026-Q1").contains("2026-01 is a month and 2026-Q1 a quarter"))
    #expect(try error("2026-02..2026-01").contains("Say it the other way round: 2026-01..2026-02"))
    #expect(try error("\(tip)..\(start)").contains("Say it the other way round: "))
    let brought = try error("\(side)..\(tip)")
    #expect(brought.contains("came to the main line with a sync"))
    #expect(brought.contains("Take the sync that brought it: \(tip)"))
    #expect(try error("\(start)..", "--goal", "grwo").contains("Did you mean \"grow\"?"))
    #expect(try error("\(start)..", "sales/cals").contains("Did you mean \"sales/calls\"?"))
    #expect(try error("\(start)..", "--department", "salse").contains("Did you mean \"sales\"?"))
    #expect(try error("\(start)..", "sales/calls", "--goal", "grow").contains("Say a KPI, or --goal"))
    #expect(try error("\(start)..", "--at", "2026-01-31").contains("--at is for two periods"))
    #expect(try error("2026-01..2026-02", "--period", "2026-01").contains("--period is for two versions"))
  }
}

/// What waits, and what it would do to the scores.
@Suite struct ImpactOfWaitingTests {
  @Test("Status and dry run tell what comes into force, and leave out what would be held")
  func waiting() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("record", "sales/win-rate", "2026-01", "value=1000", in: "anna")
    try work.sync("anna", "dora")
    #expect(try !work.kpi("status", in: "dora").output.contains("scores"))
    // Of 25,000 in the year, January has 31/365: 2,123.29, of which 2,000 are 94.2 %.
    try work.kpi("record", "sales/win-rate", "2026-01", "value=2000", in: "dora")
    try work.kpi("define", "sales/win-rate", "--set", "targets.2026=12", in: "dora")
    for command in [["status"], ["sync", "--dry-run"]] {
      let text = try work.kpi(command, in: "dora").output
      #expect(text.contains("What that would do to the scores:"), "\(command)")
      #expect(text.contains("Grow, 2026-01: 47.1 → 94.2"), "\(command)")
      #expect(text.contains("2 statuses flip: grow off target → close, sales/win-rate off target → close"))
    }
    try work.sync("dora")
    #expect(try !work.kpi("status", in: "dora").output.contains("scores"))
  }

  @Test("A change of what no score rests on says nothing of scores")
  func still() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    try work.kpi("define", "sales/win-rate", "--set", "name=Orders", in: "anna")
    let text = try work.kpi("status", in: "anna").output
    #expect(text.contains("would be sent"))
    #expect(!text.contains("scores"))
  }
}
