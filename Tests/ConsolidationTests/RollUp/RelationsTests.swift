import Chance
import Calculation
import Consolidation
import LedgerModel
import Testing

/// What KPIs say about one another: warnings of leading ones, conflicts, cycles that differ.
@Suite struct RelationsTests {
  /// KPIs with a target of 100 and an actual each, so that the actual is the score: green from 100, amber from 90.
  private func sample(
    _ kpis: [(id: String, actual: Int?)], _ change: (inout Definition) throws -> Void = { _ in }
  ) throws -> SampleLedger {
    var sample = SampleLedger()
    for kpi in kpis {
      let rows = kpi.actual.map { [("2026-03", ["value": $0])] } ?? []
      let id = try sample.add(kpi.id, rows: rows, targets: ["2026-03": 100])
      if var definition = sample.ledger.definitions[id] {
        try change(&definition)
        sample.ledger.definitions[id] = definition
      }
    }
    return sample
  }

  private func id(_ text: String) throws -> KPIID { try #require(KPIID(text)) }

  @Test("a leading KPI that is off target warns of the lagging one that is still on target")
  func aLeadingKPIWarns() throws {
    let scorecard = try sample([("pipeline/leads", 60), ("web/visits", 95), ("sales/orders", 101)]) {
      if $0.id.department != "sales" { $0.leadsTo = [try id("sales/orders")] }
    }.scorecard("2026-03")
    // leads 60 < 90: red; visits 95: amber, no warning; orders 101: green.
    #expect(try scorecard.kpi("sales/orders").reasons(.leadingWarning) == ["pipeline/leads (off target) leads to it"])
    #expect(try scorecard.kpi("pipeline/leads").reasons(.leadingWarning).isEmpty)
    #expect(try scorecard.kpi("sales/orders").status == .green)
  }

  @Test("a lagging KPI that is off target itself needs no warning")
  func whatIsOffTargetIsNotWarned() throws {
    let scorecard = try sample([("pipeline/leads", 60), ("sales/orders", 50)]) {
      if $0.id.kpi == "leads" { $0.leadsTo = [try id("sales/orders"), try id("sales/nowhere")] }
    }.scorecard("2026-03")
    #expect(try scorecard.kpi("sales/orders").reasons(.leadingWarning).isEmpty)
  }

  @Test("a leading KPI that is heading off target in a running period warns already")
  func aRunningPeriodWarns() throws {
    let sample = try sample([("pipeline/leads", 20), ("sales/orders", 90)]) {
      if $0.id.kpi == "leads" { $0.leadsTo = [try id("sales/orders")] }
    }
    let scorecard = try sample.scorecard("2026-03", asOf: "2026-03-20")
    // leads land at 20 × 31 / 20 = 31 of 100: red; orders at 90 × 31 / 20 = 139.5: green.
    #expect(
      try scorecard.kpi("sales/orders").reasons(.leadingWarning) == ["pipeline/leads (heading off target) leads to it"])
  }

  @Test("of many that warn three are named")
  func threeAreNamed() throws {
    let kpis = (1...5).map { ("d\($0)/leads", 10 as Int?) } + [("sales/orders", 100)]
    let scorecard = try sample(kpis) {
      if $0.id.kpi == "leads" { $0.leadsTo = [try id("sales/orders")] }
    }.scorecard("2026-03")
    #expect(
      try scorecard.kpi("sales/orders").reasons(.leadingWarning)
        == ["d1/leads (off target), d2/leads (off target), d3/leads (off target) and 2 more lead to it"])
  }

  @Test("a KPI on target names the one off target that it affects, and that one names it")
  func aConflictIsNamed() throws {
    let sample = try sample([("sales/orders", 120), ("supply/turnover", 50), ("hr/staff", 95)]) {
      guard $0.id.kpi == "orders" else { return }
      $0.affects = [
        .init(kpi: try id("supply/turnover"), when: "achievement > 115", ask: "Confirm inbound capacity"),
        .init(kpi: try id("hr/staff")),
      ]
    }
    let scorecard = try sample.scorecard("2026-03")
    #expect(
      try scorecard.kpi("sales/orders").reasons(.conflict)
        == ["supply/turnover, which it affects when achievement > 115, is off target: Confirm inbound capacity"])
    #expect(
      try scorecard.kpi("supply/turnover").reasons(.conflict) == ["sales/orders affects it and is on target"])
    #expect(try scorecard.kpi("hr/staff").reasons(.conflict).isEmpty)  // amber is not off target
  }

  @Test("a KPI that is not on target itself is in no conflict")
  func noConflictOfTwoOffTarget() throws {
    let scorecard = try sample([("sales/orders", 80), ("supply/turnover", 50)]) {
      if $0.id.kpi == "orders" { $0.affects = [.init(kpi: try id("supply/turnover"))] }
    }.scorecard("2026-03")
    #expect(scorecard.kpis.allSatisfy { $0.reasons(.conflict).isEmpty })
  }

  @Test("a goal names the departments that report at different cycles")
  func differentCyclesAreNamed() throws {
    var sample = try sample([("emea/orders", 100), ("us/orders", 100)])
    try sample.add("finance/margin", rows: [("2026-Q1", ["value": 100])], targets: ["2026-Q1": 100]) {
      $0.calculation.period = .quarter
    }
    let reason = "recorded at different cycles: emea and us by month, finance by quarter"
    let consolidation = try sample.consolidation("2026-03")
    #expect(try consolidation.company.goal("growth").flags == [Flag(.differentCycles, reason)])
    // On the department's own scorecard there is nothing to compare.
    #expect(try #require(consolidation.department("emea")).goal("growth").flags.isEmpty)
  }

  @Test("departments that all report at the same two cycles are comparable")
  func theSameCyclesAreNotFlagged() throws {
    var sample = SampleLedger()
    for department in ["emea", "us"] {
      try sample.add("\(department)/orders")
      try sample.add("\(department)/survey") { $0.calculation.period = .quarter }
    }
    #expect(try sample.scorecard("2026-03").goal("growth").flags.isEmpty)
  }

  @Test("relations do not depend on the order of the KPIs")
  func anyOrderGivesTheSame() throws {
    let sample = try sample((1...6).map { ("d\($0)/x", $0 % 2 == 0 ? 50 : 120) }) {
      $0.leadsTo = try (1...6).map { try id("d\($0)/x") }
      $0.affects = try (1...6).map { .init(kpi: try id("d\($0)/x")) }
    }
    let scorecard = try sample.scorecard("2026-03")
    let standings = scorecard.kpis.compactMap { kpi in
      sample.ledger.definitions[kpi.id].map { KPIStanding($0, kpi) }
    }
    let expected = Relations(of: standings)
    #expect(expected.byKPI.count == 6)
    var random = Dice(7)
    for _ in 0..<10 {
      let relations = Relations(of: standings.shuffled(using: &random))
      #expect(relations.byKPI == expected.byKPI)
    }
  }
}
