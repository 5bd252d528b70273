import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// A month that ends below 90 of 100 is red.
@Suite("A report of goalposts") struct GoalpostReportTests {
  private func report(
    _ past: Past, _ tip: ObjectID, _ change: (inout AuditQuery) -> Void = { _ in }
  ) throws -> [Goalpost] {
    var query = AuditQuery()
    change(&query)
    let entries = try Audit(past.objects).entries(endingAt: tip, hub: nil, query.gathering(for: .goalposts))
    return try GoalpostReport(past.objects, calendar: FiscalCalendar()).findings(in: entries, asked: query)
  }

  private func begin(
    _ past: Past, _ rows: String..., definition: String = Orders.definition(), on day: String = "2026-02-02"
  ) throws -> ObjectID {
    try past.wait(for: day)
    let actuals = "period,value,status\n" + rows.map { $0 + "\n" }.joined()
    return try past.commit([Orders.definition: definition, Orders.actuals: actuals], on: [], by: Past.ana, "Begin")
  }

  private func retarget(_ past: Past, _ targets: String, on parent: ObjectID, more: String = "") throws -> ObjectID {
    try past.commit([Orders.definition: Orders.definition(targets: targets, more: more)], on: [parent], by: Past.bo)
  }

  /// 40 in 20 of 28 days are 56 in all.
  @Test("A target that is eased while its month heads for red, or after it ended red")
  func eased() throws {
    let past = try Past()
    let first = try begin(past, "2026-01,71,", "2026-02,40,provisional")
    try past.wait(for: "2026-02-20")
    let tip = try retarget(past, "2026-01: 90, 2026-02: 90, 2026-03: 50", on: first)
    let found = try report(past, tip)
    #expect(
      found.map(\.sentence) == [
        "target 2026-01 eased from 100 to 90 on 2026-02-20, when it stood at 71 (red)",
        "target 2026-02 eased from 100 to 90 on 2026-02-20, when it stood at 40 (red, heading for 56)",
      ])
    #expect(found.map(\.kind) == [.targetEased, .targetEased] && found.map(\.change.by) == [Past.bo, Past.bo])
    #expect(found.first?.from == .number(100) && found.first?.to == .number(90))
    #expect(try report(past, tip) { $0.period = Period("2026-02") }.map(\.period) == [Period("2026-02")])
    #expect(try report(past, tip) { $0.by = "ana" }.isEmpty)
  }

  @Test("A target that is raised, or eased where it was not red, is none")
  func fair() throws {
    let past = try Past()
    let first = try begin(past, "2026-01,71,", "2026-02,95,", on: "2026-03-02")
    let tip = try retarget(past, "2026-01: 110, 2026-02: 90, 2026-03: 50", on: first)
    #expect(try report(past, tip).isEmpty)
  }

  @Test("A target taken away, one of its own under a year's, and one that is to be lower")
  func otherwise() throws {
    let past = try Past()
    let yearly = Orders.definition(targets: "2026: 100, 2026-02: 100", direction: "lower", more: "profile: snapshot\n")
    let first = try begin(past, "2026-01,150,", "2026-02,150,", definition: yearly, on: "2026-03-02")
    let tip = try past.commit(
      [
        Orders.definition: Orders.definition(
          targets: "2026: 100, 2026-01: 140", direction: "lower", more: "profile: snapshot\n")
      ], on: [first], by: Past.bo)
    // February falls back to the year's 100, which is the same.
    #expect(
      try report(past, tip).map(\.sentence) == [
        "target 2026-01 eased from 100 to 140 on 2026-03-02, when it stood at 150 (red)"
      ])
    let none = try past.commit(
      [Orders.definition: Orders.definition(targets: "2025: 1", direction: "lower", more: "profile: snapshot\n")],
      on: [first], by: Past.bo)
    #expect(
      try report(past, none).map(\.sentence).sorted() == [
        "target 2026 of 100 taken away on 2026-03-02, when it stood at 150 (red)",
        "target 2026-02 of 100 taken away on 2026-03-02, when it stood at 150 (red)",
      ])
  }

  /// 70 is 10 below the band and its tolerance 20: half is achieved.
  @Test("A band that is moved towards the figure, or tolerates more")
  func bands() throws {
    let past = try Past()
    func band(_ low: Int, _ high: Int, _ tolerance: Int) -> String {
      Orders.definition(targets: "2026-01: {low: \(low), high: \(high), tolerance: \(tolerance)}", direction: "band")
    }
    let first = try begin(past, "2026-01,70,", definition: band(80, 90, 20))
    let moved = try past.commit([Orders.definition: band(75, 85, 20)], on: [first], by: Past.bo)
    let wider = try past.commit([Orders.definition: band(80, 90, 40)], on: [first], by: Past.bo)
    let away = try past.commit([Orders.definition: band(85, 90, 20)], on: [first], by: Past.bo)
    #expect(
      try report(past, moved).map(\.sentence) == [
        "target 2026-01 eased from 80–90 to 75–85 on 2026-02-02, when it stood at 70 (red)"
      ])
    #expect(
      try report(past, wider).map(\.sentence) == [
        "target 2026-01 eased from 80–90 to 80–90, tolerance from 20 to 40 on 2026-02-02, when it stood at 70 (red)"
      ])
    #expect(try report(past, away).isEmpty)
  }

  @Test("A threshold lowered where the month that runs, or the one before, was red; also the ledger's")
  func thresholds() throws {
    let past = try Past()
    let first = try begin(past, "2026-01,71,", "2026-02,40,provisional", on: "2026-02-20")
    let tip = try retarget(past, Orders.monthly, on: first, more: "thresholds: {green: 80, amber: 70}\n")
    #expect(
      try report(past, tip).map(\.sentence) == [
        "green moved from 100 to 80 and amber moved from 90 to 70 on 2026-02-20, "
          + "when 2026-02 stood at 40 (red, heading for 56)"
      ])
    #expect(try report(past, tip).map(\.kind) == [.thresholdLowered])
    let raised = try retarget(past, Orders.monthly, on: first, more: "thresholds: {green: 100, amber: 95}\n")
    #expect(try report(past, raised).isEmpty)
    let settings = try past.commit(
      ["ledger.yaml": "company: Acme\ncurrency: EUR\nthresholds: {green: 100, amber: 50}\n"], on: [first], by: Past.bo)
    let found = try report(past, settings)
    #expect(
      found.map(\.sentence) == [
        "amber moved from 90 to 50 for every KPI without thresholds of its own on 2026-02-20, when 1 of them was red"
      ])
    #expect(found.first?.kpi == nil)
    let own = try past.commit(
      ["ledger.yaml": "company: Acme\ncurrency: EUR\nthresholds: {green: 100, amber: 50}\n"], on: [raised], by: Past.bo)
    #expect(try report(past, own).isEmpty)
  }

  @Test("A final figure revised three days before the close that covers it, and none before that or for others")
  func closes() throws {
    let past = try Past()
    let first = try begin(past, "2026-01,95,", "2026-02,95,", on: "2026-03-02")
    try past.wait(for: "2026-04-01")
    let early = try past.commit(
      [Orders.actuals: Orders.actuals("2026-01,96,", "2026-02,95,")], on: [first], by: Past.bo)
    try past.wait(for: "2026-04-02")
    let late = try past.commit(
      [Orders.actuals: Orders.actuals("2026-01,96,", "2026-02,100,")], on: [early], by: Past.bo)
    try past.wait(for: "2026-04-05")
    let other = try past.commit(["closes/service/2026-Q1.yaml": ""], on: [late], by: Past.ana)
    #expect(try report(past, other).isEmpty)
    let tip = try past.commit(["closes/company/2026-Q1.yaml": "note: Done\n"], on: [other], by: Past.ana)
    let found = try report(past, tip)
    #expect(
      found.map(\.sentence) == [
        "2026-02 revised from 95 to 100 on 2026-04-02, 3 days before the close of 2026-Q1 for the company"
      ])
    #expect(found.first?.look?.file == "closes/company/2026-Q1.yaml" && found.first?.look?.seconds == past.now)
    #expect(try report(past, tip) { $0.kpis = [Orders.id] } == found)
    #expect(try report(past, tip) { $0.departments = ["sales"] } == found)
  }

  @Test("A final figure revised before a review of its time, by that department; a new figure is none")
  func reviews() throws {
    let past = try Past()
    let first = try begin(past, "2026-01,95,", "2026-02,95,", on: "2026-03-02")
    let revised = try past.commit(
      [Orders.actuals: Orders.actuals("2026-01,95,", "2026-02,97,", "2026-03,30,")], on: [first], by: Past.bo)
    func reviewed(_ path: String) throws -> [String] {
      try past.wait(for: "2026-03-03")
      return try report(past, try past.commit([path: "meaning: Fine\n"], on: [revised], by: Past.ana)).map(\.sentence)
    }
    let sentence = "2026-02 revised from 95 to 97 on 2026-03-02, 1 day before the review of "
    #expect(try reviewed("departments/sales/reviews/2026-02.yaml") == [sentence + "2026-02 in sales"])
    #expect(try reviewed("departments/sales/reviews/2026-W09.yaml") == [sentence + "2026-W09 in sales"])
    #expect(try reviewed("departments/sales/reviews/2026-01.yaml").isEmpty)
    #expect(try reviewed("departments/service/reviews/2026-02.yaml").isEmpty)
  }
}
