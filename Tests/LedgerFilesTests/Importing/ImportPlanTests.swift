import Calculation
import LedgerFiles
import LedgerModel
import Testing

@Suite struct ImportPlanTests {
  private static let map = """
    columns:
      department: Team
      kpi: Indicator
      name: Indicator
      period: {year: Year, month: Month}
      unit: Unit
      direction: Wanted
      target: Plan
      inputs: {value: Actual}
    departments: {Sales team: sales}
    kpis: {replace: {"%": percent}}
    values: {direction: {U: higher, D: lower, N: {class: context}}, unit: {"%": percent, "-": null}}
    blanks: [n/a]
    set: {goal: grow, owner: head, decision: "Who calls {Team}", review: {cadence: month}, status: active, unit: orders}
    rules:
      - when: {Indicator: "* won"}
        set: {bounds: {min: 0, max: 100}, profile: snapshot}
        blanks: {target: [0]}
      - when: {Team: Nobody}
        skip: true
    """

  @Test func aLongTableDefinesRecordsAndPlans() throws {
    let plan = Imported.plan(
      """
      Team,Indicator,Year,Month,Unit,Wanted,Plan,Actual
      Sales team,% won,2026,1,%,U,25,"24.50"
      Sales team,% won,2026,2,%,U,.00,n/a
      Sales team,Calls,2026,Jan,-,N,,"1,200"
      Nobody,Calls,2026,1,-,N,,1

      """, map: Self.map)
    #expect(plan.findings.isEmpty, "\(plan.findings)")
    #expect(
      plan.text("departments/sales/kpis/percent-won.yaml") == """
        name: "% won"
        goal: grow
        owner: head
        decision: Who calls Sales team
        unit: percent
        direction: higher
        period: month
        profile: snapshot
        bounds: {min: 0, max: 100}
        targets: {2026-01: 25}
        review: {cadence: month}
        status: active

        """)
    #expect(plan.text("departments/sales/actuals/percent-won.csv") == "period,value\n2026-01,24.5\n")
    #expect(plan.text("departments/sales/actuals/calls.csv") == "period,value\n2026-01,1200\n")
    #expect(plan.text("departments/sales/kpis/calls.yaml")?.contains("class: context\n") == true)
    #expect(plan.text("departments/sales/kpis/calls.yaml")?.contains("direction") == false)
    #expect(plan.steps.map(\.line) == [2, 3, 4, 5])
    let value = try #require(Quantity("24.5"))
    #expect(plan.steps[0].effects == [.defines(.active), .adds(input: "value", value: value), .plans(25)])
    #expect(plan.steps[1].idleness == .blank)
    #expect(plan.steps[3].idleness == .skipped)
  }

  @Test func aWideTableIsTurned() throws {
    let map = """
      columns: {kpi: id}
      wide:
        - {columns: "Actual *", holds: value}
        - {columns: "Plan FY*", holds: target}
        - {columns: previous, holds: value, period: 2025-12}
      """
    let plan = Imported.plan(
      "id;Actual Jan-26;Actual 02.2026;Plan FY2026;previous\nsales/calls;1,5;;30;2\n", map: map)
    #expect(plan.text("departments/sales/actuals/calls.csv") == "period,value\n2025-12,2\n2026-01,1.5\n")
    #expect(plan.text("departments/sales/kpis/calls.yaml")?.contains("targets: {2026: 30}\n") == true)
    #expect(plan.steps.map(\.line) == [2, 2, 2, 2])
  }

  @Test func withoutAMapColumnsAreNamedAsInALedger() throws {
    let plan = Imported.plan("kpi,2026-03,2026-04\nsales/orders,100,\n")
    #expect(plan.files.keys.sorted() == ["departments/sales/actuals/orders.csv"])
    let json = Imported.plan(
      #"[{"kpi": "sales/orders", "period": "2026-03", "value": 100, "note": null}]"#, file: "in.json")
    #expect(json.files == plan.files)
    let unknown = Imported.plan("kpi,period,value,Über\nsales/orders,2026-03,1,2\n")
    #expect(unknown.places == ["unknown-column in.csv:1:18"])
  }

  @Test func whatTheLedgerHasIsKept() throws {
    let plan = Imported.plan(
      "kpi,period,value,target\nsales/orders,2026-01,81,\nsales/orders,2026-02,,100\nsales/orders,2026-03,70,110\n")
    #expect(
      plan.text("departments/sales/actuals/orders.csv")
        == "period,value,status,note\n2026-01,81,provisional,late\n2026-02,95,,\n2026-03,70,,\n")
    let definition = try #require(plan.text("departments/sales/kpis/orders.yaml"))
    #expect(definition.contains("name: Orders   # as booked\n"))
    #expect(definition.contains("# agreed in December\ntargets: {2026: 1200, 2026-02: 100, 2026-03: 110}\n"))
    #expect(
      plan.steps.map(\.effects) == [
        [.restates(input: "value", from: 80, to: 81)],
        [.keeps(input: "value", value: 95), .replans(from: .value(90), to: 100)],
        [.adds(input: "value", value: 70), .plans(110)],
      ])
  }

  @Test func importedAgainItChangesNothing() throws {
    let text = """
      Team,Indicator,Year,Month,Unit,Wanted,Plan,Actual
      Sales team,% won,2026,1,%,U,25,24.50
      Sales team,Orders,2026,3,-,U,100,7

      """
    let source = Imported.source()
    let once = Imported.plan(text, map: Self.map, onto: source)
    #expect(once.canBeDone && !once.files.isEmpty)
    let again = Imported.plan(text, map: Self.map, onto: once.applied(to: source))
    #expect(again.findings.isEmpty && again.files.isEmpty)
    #expect(again.steps.allSatisfy { $0.idleness == .known })
  }

  @Test func severalInputsAndDimensions() throws {
    let map = """
      columns:
        kpi: kpi
        period: month
        inputs: {won: w, decided: d}
        dimensions: {territory: where}
        status: state
      values: {status: {early: provisional}}
      set: {formula: won / decided * 100, unit: percent}
      """
    let plan = Imported.plan("kpi,month,where,w,d,state\nsales/win-rate,2026-01,north,1,4,early\n", map: map)
    #expect(plan.findings.isEmpty, "\(plan.findings)")
    #expect(
      plan.text("departments/sales/actuals/win-rate.csv")
        == "period,territory,won,decided,status\n2026-01,north,1,4,provisional\n")
    #expect(plan.text("departments/sales/kpis/win-rate.yaml")?.contains("dimensions: [territory]\n") == true)
  }

  @Test func definitionsAloneCanBeImported() throws {
    let map = "columns: {kpi: id, name: Title, owner: Role, priority: Rank}\nset: {unit: orders}\n"
    let plan = Imported.plan("id,Title,Role,Rank\nsales/calls,Calls made,head,2\n", map: map)
    #expect(
      plan.text("departments/sales/kpis/calls.yaml")
        == "name: Calls made\npriority: 2\nowner: head\nunit: orders\nstatus: draft\n")
  }

  /// The ledger has 80 (provisional) and 95 (final), targets 1200 for the year and 90 for February.
  @Test("Where a blank cell clears, the value and the target go, the row stays as a missing one, until a value comes")
  func blankCellsClear() throws {
    let map = """
      columns: {kpi: kpi, period: period, inputs: {value: value}, target: target}
      blank_cells: clear
      """
    let plan = Imported.plan("kpi,period,value,target\nsales/orders,2026-02,,\n", map: map)
    #expect(plan.findings.isEmpty, "\(plan.findings)")
    #expect(plan.steps.map(\.effects) == [[.clears(input: "value", value: 95), .unplans(.value(90))]])
    #expect(plan.summary.cleared == 2 && plan.summary.restatedFinals == [KPIID("sales/orders")!: 1])
    #expect(
      plan.text("departments/sales/actuals/orders.csv")
        == "period,value,status,note\n2026-01,80,provisional,late\n2026-02,,missing,\n")
    #expect(plan.text("departments/sales/kpis/orders.yaml")?.contains("targets: {2026: 1200}\n") == true)
    let cleared = plan.applied(to: Imported.source())
    let text = "kpi,period,value,target\nsales/orders,2026-02,0,\n"
    #expect(
      Imported.plan(text, map: map, onto: cleared).text("departments/sales/actuals/orders.csv")?
        .contains("\n2026-02,0,,\n") == true)
    #expect(Imported.plan(text, map: map, onto: cleared).summary.restatedFinals.isEmpty)
  }

  @Test("A value in the place of a provisional one restates nothing final")
  func finals() throws {
    let plan = Imported.plan("kpi,period,value\nsales/orders,2026-01,81\nsales/orders,2026-02,96\n")
    #expect(plan.summary.restatedValues == 2 && plan.summary.restatedFinals == [KPIID("sales/orders")!: 1])
  }
}
