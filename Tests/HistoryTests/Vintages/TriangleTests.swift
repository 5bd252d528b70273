import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

@Suite("The restatement triangle")
struct TriangleTests {
  @Test("A value that was provisional, final and then restated is a row with a cell for each time it was known")
  func restated() throws {
    let past = try Past()
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [],
      by: Past.ana)
    let second = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,12,40,,", "2026-02,9,36,provisional,")], on: [first], by: Past.ana)
    let third = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,", "2026-02,9,36,,")], on: [second], by: Past.bo, "booked late")
    // 12 / 40 = 30 %, then 14 / 40 = 35 %; 9 / 36 = 25 %, first provisional.
    let triangle = try past.triangle(third)
    #expect(triangle.lines == ["2026-01: 30 | 30 | 35*", "2026-02: - | 25p | 25"])
    #expect(triangle.told == ["2026-01 30 -> 35 by Bo : booked late"])
    #expect(triangle.vintages.map(\.commit) == [first, second, third])
    #expect(triangle.restatedRows == 1)
    // (35 - 30) / 30 = 16.67 %
    #expect(triangle.largest?.percent?.rounded(toPlaces: 2) == Quantity("16.67"))
    #expect(try past.triangle(third, .input("won")).lines == ["2026-01: 12 | 12 | 14*", "2026-02: - | 9p | 9"])
    #expect(try past.triangle(second).lines == ["2026-01: 30 | 30", "2026-02: - | 25p"])
  }

  @Test("What changes no value is no column")
  func otherChanges() throws {
    let past = try Past()
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [],
      by: Past.ana)
    let noted = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,12,40,,two missing")], on: [first], by: Past.ana)
    let owned = try past.commit([WinRate.definition: WinRate.definition(owner: "coo")], on: [noted], by: Past.ana)
    let same = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,24,80,,two missing")], on: [owned], by: Past.ana)
    #expect(try past.triangle(same).lines == ["2026-01: 30"])
    #expect(try past.triangle(same, .input("won")).lines == ["2026-01: 12 | 24*"])
  }

  @Test("Another calculation gives all its periods other figures, and is laid to whoever entered it")
  func recalculated() throws {
    let past = try Past()
    let rows = WinRate.actuals("2026-01,12,40,,", "2026-02,9,36,,")
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: rows], on: [], by: Past.ana)
    let second = try past.commit(
      [WinRate.definition: WinRate.definition(formula: "won / (won + decided) * 100")], on: [first], by: Past.bo,
      "all bids")
    // 12 / 52 = 23.0769230769 %, 9 / 45 = 20 %
    let triangle = try past.triangle(second)
    #expect(triangle.lines == ["2026-01: 30 | 23.0769230769*", "2026-02: 25 | 20*"])
    #expect(triangle.told.allSatisfy { $0.hasSuffix("by Bo : all bids") } && triangle.restatedRows == 2)
    #expect(try past.triangle(second, .input("won")).lines == ["2026-01: 12", "2026-02: 9"])
  }

  @Test("A row that was taken out is gone; one that comes back is there again")
  func removed() throws {
    let past = try Past()
    let first = try past.commit(
      [
        WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,", "2026-02,9,36,,"),
      ],
      on: [], by: Past.ana)
    let second = try past.commit([WinRate.actuals: WinRate.actuals("2026-02,9,36,,")], on: [first], by: Past.bo)
    let third = try past.commit(
      [WinRate.definition: nil, WinRate.actuals: nil], on: [second], by: Past.bo, "not any more")
    let fourth = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,10,40,,")], on: [third],
      by: Past.ana)
    let triangle = try past.triangle(fourth)
    #expect(triangle.lines == ["2026-01: 30 | -* | - | 25", "2026-02: 25 | 25 | -* | -"])
    #expect(triangle.told == ["2026-01 30 -> - by Bo : change", "2026-02 25 -> - by Bo : not any more"])
  }

  @Test("A KPI keeps its triangle through moves, also onto the place of another that goes away")
  func moved() throws {
    let past = try Past()
    let (new, newest) = (KPIID("emea/orders-won")!, KPIID("emea/hit-rate")!)
    let other = WinRate.definition(formula: "won")
    var tip = try past.commit(
      [
        WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,"),
        newest.definitionPath: other, newest.actualsPath: WinRate.actuals("2026-01,99,40,,"),
      ], on: [], by: Past.ana)
    tip = try past.commit(
      [
        WinRate.definition: nil, WinRate.actuals: nil,
        new.definitionPath: WinRate.definition() + "was: [sales/win-rate]\n",
        new.actualsPath: WinRate.actuals("2026-01,12,40,,"),
      ], on: [tip], by: Past.bo, "by region")
    tip = try past.commit([new.actualsPath: WinRate.actuals("2026-01,14,40,,")], on: [tip], by: Past.ana, "booked late")
    tip = try past.commit(
      [
        new.definitionPath: nil, new.actualsPath: nil,
        newest.definitionPath: WinRate.definition() + "was: [sales/win-rate, emea/orders-won]\n",
        newest.actualsPath: WinRate.actuals("2026-01,14,40,,"),
      ], on: [tip], by: Past.bo, "clearer")
    let triangle = try past.triangle(tip, of: newest)
    #expect(triangle.lines == ["2026-01: 30 | 35*"])
    #expect(triangle.told == ["2026-01 30 -> 35 by Ana: booked late"])
    #expect(triangle.vintages.map(\.kpi) == [WinRate.id, new])
  }

  @Test("What a sync brings is laid to whoever entered it; what waits in the clone is the last column")
  func broughtBySync() throws {
    let past = try Past()
    let base = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [],
      by: Past.ana)
    let mine = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,")], on: [base], by: Past.bo, "booked late")
    let sync = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,")], on: [base, mine], by: Past.ana, "sync")
    let one = try past.commit([WinRate.actuals: WinRate.actuals("2026-01,16,40,,")], on: [sync], by: Past.ana, "again")
    let two = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,16,40,,", "2026-02,9,36,,")], on: [one], by: Past.ana)
    let triangle = try past.triangle(two, hub: sync)
    #expect(triangle.lines == ["2026-01: 30 | 35* | 40*", "2026-02: - | - | 25"])
    #expect(triangle.told == ["2026-01 30 -> 35 by Bo : booked late", "2026-01 35 -> 40 by Ana: again"])
    #expect(triangle.vintages.map(\.isSent) == [true, true, false] && triangle.vintages[1].commit == sync)
  }

  @Test("Targets have a triangle of their own, each limit of a band a row; a plan put right in time is no restatement")
  func targets() throws {
    let past = try Past()
    func plan(_ targets: String) -> [String: String?] {
      [WinRate.definition: WinRate.definition().replacing("targets: {2026: 25}", with: "targets: {\(targets)}")]
    }
    // The clock stands in May 2026.
    let first = try past.commit(plan("2026: 25, 2027: 30"), on: [], by: Past.ana)
    let second = try past.commit(
      plan("2026: 20, 2027: 28, 2027-Q1: {low: 20, high: 30, tolerance: 5}"), on: [first], by: Past.bo, "less to do")
    let triangle = try past.triangle(second, .targets)
    #expect(
      triangle.lines == [
        "2027-Q1 low: - | 20", "2027-Q1 high: - | 30", "2027-Q1 tolerance: - | 5", "2026: 25 | 20*", "2027: 30 | 28*",
      ])
    #expect(triangle.told == ["2026 25 -> 20 by Bo : less to do"])
    let begun = triangle.limited { $0 == Period("2027-Q1") }
    #expect(begun.vintages.map(\.commit) == [second] && begun.rows.count == 3)
  }

  @Test("A value that somebody proposed and another accepted is laid to who proposed it")
  func settled() throws {
    let past = try Past()
    let base = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [],
      by: Past.ana)
    let entered = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,14,40,,")], on: [base], by: Past.bo, "booked late")
    let path = "proposals/\(WinRate.actuals)/1a2b.yaml"
    let proposal = """
      file: \(WinRate.actuals)
      key: row 2026-01
      proposed: {won: 14, decided: 40}
      instead_of: {won: 12, decided: 40}
      by: Bo Lind <bo@example.com>
      at: 2026-05-28T20:30:00Z
      commit: \(entered)
      because: no-authority
      reason: booked late

      """
    let held = try past.commit([path: proposal], on: [base, entered], by: Past.ana, "sync")
    let accepted = try past.commit(
      [path: nil, WinRate.actuals: WinRate.actuals("2026-01,14,40,,")], on: [held], by: Past.ana, "agreed")
    let triangle = try past.triangle(accepted)
    #expect(triangle.lines == ["2026-01: 30 | 35*"])
    #expect(triangle.told == ["2026-01 30 -> 35 by Bo : booked late"])
    #expect(triangle.restatements[0].origin?.settledBy == Past.ana && triangle.vintages[1].commit == accepted)
  }

  @Test("A KPI that is made of others changes with them, and their people are named")
  func composed() throws {
    let past = try Past()
    let (all, us) = (KPIID("company/orders")!, KPIID("us/orders")!)
    let simple = "name: Orders\nclass: metric\nunit: count\ndirection: higher\nperiod: month\n"
    let first = try past.commit(
      [
        "ledger.yaml": "company: Acme\ncurrency: EUR\n", us.definitionPath: simple,
        us.actualsPath: "period,value\n2026-01,10\n", "departments/emea/kpis/orders.yaml": simple,
        "departments/emea/actuals/orders.csv": "period,value\n2026-01,5\n",
        all.definitionPath: simple + "consolidates: {from: [us/orders, emea/orders], by: sum}\n",
      ], on: [], by: Past.ana)
    let second = try past.commit([us.actualsPath: "period,value\n2026-01,11\n"], on: [first], by: Past.bo, "one more")
    let third = try past.commit(
      [all.definitionPath: simple + "consolidates: {from: [us/orders], by: sum}\n"], on: [second], by: Past.ana,
      "us alone")
    // 10 + 5, 11 + 5, 11
    let triangle = try past.triangle(third, of: all)
    #expect(triangle.lines == ["2026-01: 15 | 16* | 11*"])
    #expect(triangle.told == ["2026-01 15 -> 16 by Bo : one more", "2026-01 16 -> 11 by Ana: us alone"])
  }

  @Test("What was still missing of a period and comes in restates nothing; what is changed of it does")
  func stillMissing() throws {
    let past = try Past()
    let month = KPIID("company/sales")!
    let head = "class: metric\nunit: count\ndirection: higher\n"
    func days(_ rows: String...) -> [String: String?] {
      ["departments/shop/actuals/sales.csv": "period,value\n" + rows.map { $0 + "\n" }.joined()]
    }
    let files = [
      "ledger.yaml": "company: Acme\ncurrency: EUR\n",
      "departments/shop/kpis/sales.yaml": "name: Day\n\(head)period: day\n",
      month.definitionPath: "name: Month\n\(head)period: month\nconsolidates: {from: [shop/sales], by: sum}\n",
    ]
    let first = try past.commit(
      files.mapValues { $0 }.merging(days("2026-05-01,10")) { $1 }, on: [], by: Past.ana)
    let second = try past.commit(days("2026-05-01,10", "2026-05-02,5"), on: [first], by: Past.ana)
    let third = try past.commit(
      days("2026-05-01,12", "2026-05-02,5", "2026-05-03,1"), on: [second], by: Past.bo, "counted again")
    // 10, then 10 + 5, then 12 + 5 + 1
    let triangle = try past.triangle(third, of: month)
    #expect(triangle.lines == ["2026-05: 10 | 15* | 18*"])
    #expect(triangle.told == ["2026-05 15 -> 18 by Bo : counted again"])
    #expect(triangle.restatements[0].entry?.key.text == "row 2026-05-01")
  }

  @Test("A definition that cannot be read is passed over, and without any history there is an empty triangle")
  func oddFiles() throws {
    let past = try Past()
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [],
      by: Past.ana)
    let broken = try past.commit([WinRate.definition: "name: [broken\n"], on: [first], by: Past.ana)
    let mended = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,14,40,,", "2026-02,x,,,")],
      on: [broken], by: Past.ana)
    #expect(try past.triangle(mended).lines == ["2026-01: 30 | 35*"])
    #expect(try past.triangle(broken).lines == ["2026-01: 30"])
    // What changed while nobody could read it shows with the next version that can be read, whatever that changed.
    let rows = WinRate.actuals("2026-01,16,40,,", "2026-03,9,36,,")
    let unseen = try past.commit(
      [WinRate.definition: "name: [broken\n", WinRate.actuals: rows], on: [mended], by: Past.ana)
    let later = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,16,40,,", "2026-03,10,40,,", "2026-04,1,4,,")], on: [unseen],
      by: Past.bo)
    let again = try past.commit([WinRate.definition: WinRate.definition()], on: [later], by: Past.ana)
    #expect(
      try past.triangle(again).lines == ["2026-01: 30 | 35* | 40*", "2026-03: - | - | 25", "2026-04: - | - | 25"])
    let none = try past.triangle(mended, of: KPIID("sales/none")!)
    #expect(none.vintages.isEmpty && none.rows.isEmpty && none.largest == nil)
  }
}
