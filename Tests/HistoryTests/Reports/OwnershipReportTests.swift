import Calculation
import Git
import LedgerModel
import Testing

@testable import History

@Suite("A report of what changed hands") struct OwnershipReportTests {
  private static func people(_ roles: String) -> String {
    """
    people:
      anna: {name: Anna Berg}
      ben: {name: Ben Ode}
      dora: {name: Dora Lim}
    roles:
      administrator: {holder: anna}
    \(roles)
    """
  }

  private static let roles = "  head-of-sales: {holder: anna}\n  sales-lead: {holder: ben}\n"

  private func report(
    _ past: Past, _ tip: ObjectID, _ change: (inout AuditQuery) -> Void = { _ in }
  ) throws -> [OwnershipChange] {
    var query = AuditQuery()
    change(&query)
    let entries = try Audit(past.objects).entries(endingAt: tip, hub: nil, query.gathering(for: .ownership))
    return try OwnershipReport(past.objects).changes(in: entries, asked: query)
  }

  private func begin(_ past: Past) throws -> ObjectID {
    try past.wait(for: "2026-03-02")
    let other = KPIID("service/calls")!
    return try past.commit(
      [
        "people.yaml": Self.people(Self.roles), "goals.yaml": "goals:\n  grow: {name: Grow, owner: head-of-sales}\n",
        "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [dora]\n",
        "departments/service/department.yaml": "name: Service\nhead: sales-lead\n",
        Orders.definition: Orders.definition(), other.definitionPath: Orders.definition(owner: "sales-lead"),
      ], on: [], by: Past.ana, "Begin")
  }

  @Test("A role that somebody else holds hands over its KPIs, which are counted; a beginning hands over nothing")
  func roles() throws {
    let past = try Past()
    let first = try begin(past)
    #expect(try report(past, first).isEmpty)
    let second = try past.commit(
      ["people.yaml": Self.people("  head-of-sales: {holder: dora, deputy: ben}\n  sales-lead: {holder: ben}\n")],
      on: [first], by: Past.bo, "Anna leaves")
    let tip = try past.commit(
      [Orders.definition: Orders.definition(more: "data_owner: sales-lead\n")], on: [second], by: Past.bo)
    let found = try report(past, tip)
    #expect(
      found.map(\.short) == [
        "data-owner sales/orders: - → sales-lead Ben Ode",
        "holder head-of-sales: anna Anna Berg → dora Dora Lim, 1 KPI",
        "deputy head-of-sales: - → ben Ben Ode, 1 KPI",
      ])
    #expect(found.map(\.change.message).last == "Anna leaves" && found.last?.change.by == Past.bo)
    #expect(try report(past, tip) { $0.kpis = [KPIID("service/calls")!] }.isEmpty)
    #expect(try report(past, tip) { $0.kpis = [Orders.id] }.count == 3)
    #expect(try report(past, tip) { $0.departments = ["service"] }.isEmpty)
    #expect(try report(past, tip) { $0.by = "ana@" }.isEmpty)
  }

  @Test("Who takes a role over, and from which day; when that is tidied up later, nothing changes hands again")
  func next() throws {
    let past = try Past()
    let first = try begin(past)
    let planned = try past.commit(
      [
        "people.yaml": Self.people(
          "  head-of-sales: {holder: anna, next: {holder: ben, from: 2026-04-01}}\n  sales-lead: {holder: ben}\n")
      ],
      on: [first], by: Past.bo)
    let handed = ["next head-of-sales: anna Anna Berg → ben Ben Ode from 2026-04-01, 1 KPI"]
    #expect(try report(past, planned).map(\.short) == handed)
    let cancelled = try past.commit(["people.yaml": Self.people(Self.roles)], on: [planned], by: Past.bo)
    #expect(
      try report(past, cancelled).map(\.short)
        == ["next head-of-sales: ben Ben Ode → anna Anna Berg, 1 KPI"] + handed)
    try past.wait(for: "2026-04-02")
    let tidied = try past.commit(
      ["people.yaml": Self.people("  head-of-sales: {holder: ben}\n  sales-lead: {holder: ben}\n")], on: [planned],
      by: Past.bo)
    #expect(try report(past, tidied).map(\.short) == handed)
  }

  @Test("Owners, heads, members, goals, and administrators")
  func others() throws {
    let past = try Past()
    let first = try begin(past)
    let tip = try past.commit(
      [
        "people.yaml": Self.people(Self.roles).replacing(
          "administrator: {holder: anna}", with: "administrator: {holder: dora}"),
        "goals.yaml": "goals:\n  grow: {name: Grow, owner: sales-lead}\n",
        "departments/sales/department.yaml": "name: Sales\nhead: sales-lead\nmembers: [ben]\n",
        Orders.definition: Orders.definition(owner: "sales-lead"),
      ], on: [first], by: Past.bo)
    #expect(
      Set(try report(past, tip).map(\.short)) == [
        "head sales: head-of-sales Anna Berg → sales-lead Ben Ode",
        "member sales: - → ben Ben Ode", "member sales: dora Dora Lim → -",
        "owner sales/orders: head-of-sales Anna Berg → sales-lead Ben Ode",
        "goal-owner grow: head-of-sales Anna Berg → sales-lead Ben Ode",
        "holder administrator: anna Anna Berg → dora Dora Lim, 0 KPIs",
      ])
  }

  @Test("A KPI that goes to another department goes from its head to the other's, with its owner where that changes")
  func moves() throws {
    let past = try Past()
    let first = try begin(past)
    let moved = KPIID("service/orders")!
    let tip = try past.commit(
      [
        Orders.definition: nil,
        moved.definitionPath: Orders.definition(owner: "sales-lead", more: "was: [sales/orders]\n"),
      ], on: [first], by: Past.bo)
    #expect(
      try report(past, tip).map(\.short) == [
        "moved service/orders: sales Anna Berg → service Ben Ode",
        "owner service/orders: head-of-sales Anna Berg → sales-lead Ben Ode",
      ])
    let renamed = KPIID("sales/bookings")!
    let inside = try past.commit(
      [Orders.definition: nil, renamed.definitionPath: Orders.definition(more: "was: [sales/orders]\n")], on: [first],
      by: Past.bo)
    #expect(try report(past, inside).isEmpty)
  }
}

extension OwnershipChange {
  /// `kind subject: from → to, KPIs`, for short expectations.
  fileprivate var short: String {
    func text(_ party: Party?) -> String { party.map { $0.id + ($0.person.map { " " + $0 } ?? "") } ?? "-" }
    return "\(kind.rawValue) \(subject): \(text(from)) → \(text(to))" + (day.map { " from \($0)" } ?? "")
      + (kpis.map { ", \($0) \($0 == 1 ? "KPI" : "KPIs")" } ?? "")
  }
}
