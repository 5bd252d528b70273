import Calculation
import Consolidation
import Foundation
import Git
import LedgerModel
import Testing

@testable import History

/// What a change would do, against scorecards of both ends.
@Suite("The impact of a change") struct ImpactTests {
  private static let day = Day("2026-02-10")!

  private func trees(_ ledger: TwoKPIs) throws -> (ObjectID, ObjectID) {
    (try ledger.past.objects.commit(ledger.first).tree, try ledger.past.objects.commit(ledger.tip).tree)
  }

  private func impact(_ ledger: TwoKPIs, _ limits: Impact.Limits = .passing) throws -> Impact.Outcome {
    let (old, new) = try trees(ledger)
    return try Impact(ledger.past.objects, asOf: Self.day, limits: limits).between(old, new)
  }

  @Test("A row: the goal, the KPI, and what flips: (100 + 60) / 2 = 80")
  func row() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,100")])
    guard case .scores(let impacts) = try impact(ledger) else { throw Unexpected() }
    #expect(impacts.map(\.period.description) == ["2026-01"])
    #expect(impacts[0].goals.map { [$0.from, $0.to] } == [[70, 80]])
    #expect(impacts[0].kpis.map(\.id) == ["sales/a"])
    #expect(impacts[0].flips.map(\.id) == ["sales/a"])
    #expect(impacts[0].flips.first?.statusAfter == .green)
  }

  @Test("A row of another month is told of beside the newest period")
  func otherMonth() throws {
    var ledger = try TwoKPIs([
      TwoKPIs.path("a"): TwoKPIs.definition().replacing("2026-01:", with: "2025-12: 50, 2026-01:")
    ])
    try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2025-12,50", "2026-01,100")])
    guard case .scores(let impacts) = try impact(ledger) else { throw Unexpected() }
    #expect(impacts.map(\.period.description) == ["2026-01", "2025-12"])
    #expect(impacts[1].goals.map { [$0.from, $0.to] } == [[nil, 100]])
  }

  @Test("What a score does not rest on has none: people, proposals, names, thresholds that nobody crosses")
  func none() throws {
    var ledger = try TwoKPIs()
    try ledger.commit(["people.yaml": "people: {}\n", "proposals/goals.yaml/x.yaml": "file: goals.yaml\n"])
    #expect(try impact(ledger) == .scores([]))
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("thresholds: {green: 95, amber: 85}")])
    #expect(try impact(ledger) == .scores([]))
    // A threshold that is crossed moves no score, and flips a status.
    try ledger.commit([TwoKPIs.path("a"): TwoKPIs.definition("thresholds: {green: 80, amber: 70}")])
    guard case .scores(let impacts) = try impact(ledger) else { throw Unexpected() }
    #expect(impacts[0].flips.map(\.id) == ["sales/a"])
    #expect(impacts[0].kpis.allSatisfy { $0.from == $0.to })
  }

  @Test("In a ledger that is too large, of the KPIs alone; of a change that is too large, nothing")
  func limits() throws {
    var ledger = try TwoKPIs()
    try ledger.commit([TwoKPIs.rows("a"): TwoKPIs.table("2026-01,100"), TwoKPIs.rows("b"): TwoKPIs.table("2026-01,90")])
    guard case .kpisOnly(let impacts) = try impact(ledger, .init(ledger: 1, change: 10)) else { throw Unexpected() }
    #expect(impacts[0].goals.isEmpty)
    #expect(impacts[0].kpis.map(\.to) == [100, 90])
    #expect(try impact(ledger, .init(ledger: 100, change: 1)) == .tooLarge(kpis: 2))
  }

  @Test("It is what the two scorecards differ by, whatever changed", arguments: 90...97 as ClosedRange<UInt64>)
  func asScorecards(seed: UInt64) throws {
    let line = try ExplainOracleTests.Line(seed, steps: 6)
    let day = ExplainOracleTests.day
    let impact = Impact(line.past.objects, asOf: day, limits: .asked)
    for (from, to) in zip(line.versions, line.versions.dropFirst()) {
      let (old, new) = (try line.past.objects.commit(from).tree, try line.past.objects.commit(to).tree)
      guard case .scores(let impacts) = try impact.between(old, new) else { throw Unexpected() }
      for impact in impacts {
        let before = try line.scorecard(from, impact.period, day, department: nil)
        let after = try line.scorecard(to, impact.period, day, department: nil)
        let flips = Set(before.kpis.map(\.id) + after.kpis.map(\.id)).filter { id in
          before.kpis.first { $0.id == id }?.status != after.kpis.first { $0.id == id }?.status
        }
        #expect(Set(impact.kpis.filter(\.flips).map(\.id)) == Set(flips.map(\.description)))
        for goal in impact.goals {
          #expect(goal.from == before.goals.first { $0.id == goal.id }?.score)
          #expect(goal.to == after.goals.first { $0.id == goal.id }?.score)
        }
        let moved = after.goals.filter { goal in before.goals.first { $0.id == goal.id }?.score != goal.score }
        #expect(Set(moved.map(\.id)).isSubset(of: impact.goals.map(\.id)))
      }
    }
  }

  @Test(
    "Out of a roll-up that is kept, of whatever version, it is the same", arguments: 100...107 as ClosedRange<UInt64>)
  func kept(seed: UInt64) throws {
    let line = try ExplainOracleTests.Line(seed, steps: 8)
    let (objects, day) = (line.past.objects, ExplainOracleTests.day)
    let cache = line.past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let rollUp = try LedgerRollUp(of: line.versions[2], in: objects, cache: cache, program: "test")
    let newest = try rollUp.newestPeriod(asOf: day, calendar: FiscalCalendar())
    _ = try rollUp.scorecard(of: newest, asOf: day)
    let whole = Impact(objects, asOf: day, limits: .asked)
    let large = Impact(objects, asOf: day, limits: .init(ledger: 0, change: 500), cache: (cache, "test"))
    var told = 0
    for (from, to) in zip(line.versions, line.versions.dropFirst()) {
      let (old, new) = (try objects.commit(from).tree, try objects.commit(to).tree)
      guard case .scores(let kept) = try large.between(old, new), case .scores(let all) = try whole.between(old, new)
      else { continue }
      told += 1
      #expect(kept.first { $0.period == newest } == all.first { $0.period == newest })
    }
    // Versions with other goals than the one that is kept are not told of.
    #expect(told > 0)
  }

  private struct Unexpected: Error {}
}
