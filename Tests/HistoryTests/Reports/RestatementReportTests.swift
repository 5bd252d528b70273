import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// 95 of 100 is amber, 85 of 100 red, 80 of 80 green.
@Suite("A report of restatements") struct RestatementReportTests {
  private func report(
    _ past: Past, _ tip: ObjectID, _ change: (inout AuditQuery) -> Void = { _ in }
  ) throws -> [PastChange] {
    var query = AuditQuery()
    change(&query)
    let entries = try Audit(past.objects).entries(endingAt: tip, hub: nil, query.gathering(for: .restatements))
    return try RestatementReport(past.objects, calendar: FiscalCalendar()).changes(in: entries, asked: query)
  }

  private func begin(_ past: Past, _ actuals: String, on day: String = "2026-02-02") throws -> ObjectID {
    try past.wait(for: day)
    return try past.commit(
      [Orders.definition: Orders.definition(), Orders.actuals: actuals], on: [], by: Past.ana, "Begin")
  }

  @Test("A final figure of a month that is over: from what to what, and from 95 % and amber to 85 % and red")
  func figure() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,95,"))
    try past.wait(for: "2026-03-05")
    let tip = try past.commit([Orders.actuals: Orders.actuals("2026-01,85,")], on: [first], by: Past.bo, "Ten returned")
    let found = try report(past, tip)
    #expect(found.map(\.short) == ["restated 2026-01 value 95 → 85 ended, 95 amber → 85 red"])
    #expect(found.first?.effect.isFlip == true && found.first?.change.by == Past.bo)
    #expect(found.first?.change.message == "Ten returned" && found.first?.seconds == past.now)
    #expect(found.first?.kpi == Orders.id)
  }

  @Test("A target of a month that is over or runs; one of a month to come is a plan put right")
  func targets() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,80,", "2026-02,80,"), on: "2026-03-02")
    try past.wait(for: "2026-03-10")
    let second = try past.commit(
      [Orders.definition: Orders.definition(targets: "2026-01: 80, 2026-02: 100, 2026-03: 70, 2026-04: 60")],
      on: [first], by: Past.bo)
    let tip = try past.commit(
      [Orders.definition: Orders.definition(targets: "2026-01: 80, 2026-03: 70, 2026-04: 60")], on: [second],
      by: Past.bo)
    #expect(
      try report(past, tip).map(\.short) == [
        "restated target 2026-02 100 → - ended, 80 red → - grey",
        "restated target 2026-01 100 → 80 ended, 80 red → 100 green",
        "restated target 2026-03 100 → 70 running, - grey → - grey",
      ])
  }

  @Test("What was provisional promised nothing; a final figure that is gone, or said to be missing, was taken away")
  func finals() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2025-11,7,", "2025-12,95,", "2026-01,90,provisional"))
    let tip = try past.commit(
      [Orders.actuals: Orders.actuals("2025-12,,missing", "2026-01,91,")], on: [first], by: Past.bo)
    #expect(
      try report(past, tip).map(\.short) == [
        "restated 2025-12 value 95 → - ended, - grey → - grey", "restated 2025-11 value 7 → - ended, - grey → - grey",
      ])
  }

  @Test("A figure is filled in late from the end of the month after its own on, or where its row was left blank")
  func filled() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,95,"), on: "2026-02-10")
    try past.wait(for: "2026-03-31")
    let inTime = try past.commit(
      [Orders.actuals: Orders.actuals("2026-01,95,", "2026-02,96,")], on: [first], by: Past.bo)
    #expect(try report(past, inTime).isEmpty)
    try past.wait(for: "2026-04-01")
    let late = try past.commit(
      [Orders.actuals: Orders.actuals("2025-12,94,", "2026-01,95,", "2026-02,96,", "2026-03,,")], on: [inTime],
      by: Past.bo)
    #expect(try report(past, late).map(\.short) == ["filled 2025-12 value - → 94 ended, - grey → - grey"])
    let blank = try past.commit(
      [Orders.actuals: Orders.actuals("2025-12,94,", "2026-01,95,", "2026-02,96,", "2026-03,97,")], on: [late],
      by: Past.bo)
    #expect(try report(past, blank).map(\.short).first == "filled 2026-03 value - → 97 ended, - grey → 97 amber")
    let target = try past.commit(
      [Orders.definition: Orders.definition(targets: Orders.monthly + ", 2025-12: 94, 2026-05: 1")], on: [blank],
      by: Past.bo)
    #expect(try report(past, target).map(\.short).first == "filled target 2025-12 - → 94 ended, - grey → 100 green")
  }

  @Test("Of a sync only what came into force counts, and is laid to whoever entered that")
  func syncs() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,95,"), on: "2026-03-02")
    let one = try past.commit([Orders.actuals: Orders.actuals("2026-01,90,")], on: [first], by: Past.ana, "One")
    let two = try past.commit([Orders.actuals: Orders.actuals("2026-01,85,")], on: [one], by: Past.bo, "Two")
    let other = try past.commit(["README.md": "x"], on: [first], by: Past.ana)
    try past.wait(for: "2026-03-20")
    let sync = try past.commit([Orders.actuals: Orders.actuals("2026-01,85,")], on: [other, two], by: Past.ana)
    let found = try report(past, sync)
    #expect(found.map(\.short) == ["restated 2026-01 value 95 → 85 ended, 95 amber → 85 red"])
    #expect(found.first?.change.message == "Two" && found.first?.change.sync == sync)
    #expect(found.first?.change.isVerified == false && found.first?.seconds == past.now)
    #expect(try report(past, sync) { $0.by = "bo@" }.count == 1)
    #expect(try report(past, sync) { $0.by = "ana@" }.isEmpty)
    #expect(try report(past, sync) { $0.period = Period("2026-01") }.count == 1)
    #expect(try report(past, sync) { $0.period = Period("2026-02") }.isEmpty)
    #expect(try report(past, sync) { $0.since = past.now + 1 }.isEmpty)
  }

  @Test("A figure that changes as its KPI moves is restated; the move, a removal and a beginning restate nothing")
  func moves() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,95,", "2026-02,96,"), on: "2026-03-02")
    let moved = KPIID("service/orders")!
    let tip = try past.commit(
      [
        Orders.definition: nil, Orders.actuals: nil,
        moved.definitionPath: Orders.definition(more: "was: [sales/orders]\n"),
        moved.actualsPath: Orders.actuals("2026-01,85,", "2026-02,96,"),
      ], on: [first], by: Past.bo)
    let found = try report(past, tip)
    #expect(found.map(\.short) == ["restated 2026-01 value 95 → 85 ended, 95 amber → 85 red"])
    #expect(found.first?.kpi == moved)
    #expect(try report(past, tip) { $0.kpis = [moved, Orders.id] } == found)
    let gone = try past.commit([moved.definitionPath: nil, moved.actualsPath: nil], on: [tip], by: Past.bo)
    #expect(try report(past, gone) == found)
    let emptied = try past.commit([moved.actualsPath: nil], on: [tip], by: Past.bo)
    #expect(try report(past, emptied).count == 3, "the KPI is there still, and its two figures are not")
  }

  @Test("What was held is none, until it is accepted: then it says who had proposed it")
  func settled() throws {
    let past = try Past()
    let held = try past.held()
    #expect(try report(past, held.sync).isEmpty)
    let tip = try past.decide(WinRate.definition(target: "27"), on: held.sync, by: Past.bo)
    let found = try report(past, tip)
    #expect(found.map(\.short) == ["restated target 2026 24 → 27 running, - grey → - grey"])
    #expect(found.first?.change.by == Past.bo && found.first?.change.settlement?.proposedBy == Past.ana)
  }

  @Test("An effect is not calculated where the KPI has no figures of just that period")
  func notCalculated() throws {
    let past = try Past()
    let first = try begin(past, Orders.actuals("2026-01,95,"), on: "2026-03-02")
    let draft = try past.commit(
      [Orders.definition: Orders.definition(more: "status: draft\n")], on: [first], by: Past.ana)
    let tip = try past.commit([Orders.actuals: Orders.actuals("2026-01,85,")], on: [draft], by: Past.bo)
    let found = try report(past, tip)
    #expect(found.map(\.effect) == [PastChange.Effect()] && found.first?.effect.isFlip == false)
  }
}

extension PastChange {
  /// `kind row input from → to phase, score status → score status`, for short expectations.
  var short: String {
    func text(_ figures: PeriodFigures?) -> String {
      "\(figures?.score?.description ?? "-") \(figures?.status.map(\.rawValue) ?? "-")"
    }
    func plain(_ value: YAMLValue?) -> String {
      if case .number(let number)? = value { number.description } else { value.map { "\($0)" } ?? "-" }
    }
    let name = row.map { "\($0) \(input ?? "")" } ?? "target \(period)"
    return "\(kind.rawValue) \(name) \(plain(from)) → \(plain(to)) \(phase.rawValue), "
      + "\(text(effect.before)) → \(text(effect.after))"
  }
}
