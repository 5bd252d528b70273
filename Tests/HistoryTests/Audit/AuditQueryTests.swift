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
