import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

@Suite struct AuditQueryTests {
  @Test(arguments: [
    ("targets", "targets.2026-Q3", true), ("targets", "targets_other", false), ("owner", "owner", true),
    ("row", "row 2026-03", true), ("row 2026-03", "row 2026-03", true), ("row 2026-03", "row 2026-04", false),
    ("formula", "calculation", true), ("owner", "calculation", false), ("targets", "proposal targets.2026", true),
    ("leads_to", "leads_to has sales/new-orders", true),
  ])
  func keys(asked: String, key: String, isTaken: Bool) {
    var query = AuditQuery()
    query.key = asked
    #expect(query.takes(Key(key)) == isTaken)
  }

  @Test(arguments: ["ana", "RUIZ", "ana@example.com", "example"])
  func people(asked: String) {
    var query = AuditQuery()
    query.by = asked
    #expect(query.takes(Past.ana))
    query.by = "ana.ruiz"
    #expect(!query.takes(Past.ana))
  }

  @Test(arguments: [
    (AuditKind.target, "departments/sales/kpis/a.yaml", "targets.2026", true),
    (.target, "departments/sales/kpis/a.yaml", "targets", true),
    (.target, "departments/sales/kpis/a.yaml", "comment of targets.2026", true),
    (.target, "departments/sales/kpis/a.yaml", "owner", false),
    (.target, "proposals/departments/sales/kpis/a.yaml/0123456789abcdef.yaml", "proposal targets.2026", true),
    (.target, "goals.yaml", "targets.2026", false),
    (.calculation, "departments/sales/kpis/a.yaml", "calculation", true),
    (.calculation, "departments/sales/kpis/a.yaml", "name", false),
    (.owner, "departments/sales/kpis/a.yaml", "owner", true),
    (.owner, "departments/sales/department.yaml", "head", true),
    (.owner, "departments/sales/department.yaml", "name", false),
    (.actual, "departments/sales/actuals/a.csv", "row 2026-01", true),
    (.actual, "departments/sales/actuals/a.csv", "file", true),
    (.actual, "departments/sales/kpis/a.yaml", "file", false),
    (.close, "closes/sales/2026-01.yaml", "close", true), (.close, "closes/all/2026-01.yaml", "file", true),
    (.people, "people.yaml", "roles.coo.holder", true),
    (.people, "departments/sales/department.yaml", "members has ana", true),
    (.people, "departments/sales/department.yaml", "head", false),
  ])
  func kinds(asked: AuditKind, path: String, key: String, isTaken: Bool) {
    var query = AuditQuery()
    query.kind = asked
    #expect(query.takes(Key(key), in: path) == isTaken)
  }

  @Test(arguments: [
    ("row 2026-03", true), ("row 2026-03,emea", true), ("note 2026-03", true), ("targets.2026-03", true),
    ("proposal row 2026-03", true), ("comment of targets.2026-03", true), ("row 2026-04", false),
    ("targets.2026-Q1", false), ("targets", false), ("owner", false), ("file", false),
  ])
  func periods(key: String, isTaken: Bool) {
    var query = AuditQuery()
    query.period = Period("2026-03")
    #expect(query.takes(Key(key), in: WinRate.actuals) == isTaken)
    #expect(query.takes(Key("close"), in: "closes/sales/2026-03.yaml"))
    #expect(!query.takes(Key("close"), in: "closes/sales/2026-04.yaml"))
  }

  /// From the walk and from the index.
  @Test func aDepartmentIsAllThatIsInItAndItsKPIsWhateverTheyWereCalled() throws {
    let past = try Past()
    let (moved, other) = (KPIID("emea/win-rate")!, KPIID("emeas/orders")!)
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), other.definitionPath: WinRate.definition()], on: [], by: Past.ana)
    let second = try past.commit(
      [
        WinRate.definition: nil, moved.definitionPath: WinRate.definition(),
        "departments/emea/department.yaml": "name: EMEA\n", "closes/emea/2026-01.yaml": "by: office\n",
        "closes/emeas/2026-01.yaml": "by: office\n",
      ], on: [first], by: Past.bo)
    var query = AuditQuery()
    query.departments = ["emea"]
    query.kpis = [moved, WinRate.id]
    let index = try HistoryIndex(of: past.objects, cache: past.folder + "/cache", proof: { { _, _ in false } })
    try index.catchUp(through: second)
    for entries in [
      try Audit(past.objects).entries(endingAt: second, hub: nil, query),
      try index.entries(endingAt: second, hub: nil, query),
    ] {
      #expect(
        Set(entries.map(\.file)) == [
          WinRate.definition, moved.definitionPath, "departments/emea/department.yaml", "closes/emea/2026-01.yaml",
        ])
    }
    query.kpis = nil
    let walked = try past.audit(second) { $0 = query }
    #expect(!walked.isEmpty && walked.allSatisfy { $0.file.contains("/emea/") })
    #expect(try Set(index.entries(endingAt: second, hub: nil, query)) == Set(walked))
  }

  @Test func onlyTheAskedKPISinceTheAskedMoment() throws {
    let past = try Past()
    let other = KPIID("sales/orders")!
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), other.definitionPath: WinRate.definition()], on: [], by: Past.ana)
    let second = try past.commit([other.definitionPath: WinRate.definition(target: "1")], on: [first], by: Past.bo)
    let third = try past.commit([WinRate.definition: WinRate.definition(target: "2")], on: [second], by: Past.bo)
    let ofOne = try past.audit(third) { $0.kpis = [WinRate.id] }
    #expect(ofOne.allSatisfy { $0.kpi == WinRate.id })
    #expect(ofOne.first?.commit == third)
    #expect(try past.audit(third) { $0.since = past.now }.map(\.commit) == [third])
    #expect(try past.audit(third) { $0.by = "ana" }.allSatisfy { $0.commit == first })
  }

  @Test func theMainLineAsItStood() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: Past.ana)
    let moment = past.now
    let second = try past.commit([WinRate.definition: WinRate.definition(target: "2")], on: [first], by: Past.ana)
    #expect(try MainLine.commit(upTo: moment, from: second, in: past.objects) == first)
    #expect(try MainLine.commit(upTo: moment + 60, from: second, in: past.objects) == second)
    #expect(try MainLine.commit(upTo: moment - 1, from: second, in: past.objects) == nil)
  }
}
