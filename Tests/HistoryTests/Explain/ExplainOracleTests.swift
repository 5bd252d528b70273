import Calculation
import Chance
import Consolidation
import Git
import LedgerModel
import LedgerStore
import Testing

@testable import History

/// Explanations against scorecards that are made of each end as a whole.
@Suite("An explanation of scores, over histories at random") struct ExplainOracleTests {
  /// A main line of commits and syncs, with versions to compare.
  struct Line {
    let past: Past
    private(set) var versions: [ObjectID] = []
    var company: GrowingCompany

    init(_ seed: UInt64, steps: Int = 12) throws {
      past = try Past()
      company = GrowingCompany(seed)
      versions = [try past.commit(company.files.mapValues { $0 }, on: [], by: Past.ana, "Begin")]
      for step in 0..<steps {
        let tip = versions[versions.count - 1]
        guard company.dice.chance(0.3) else {
          versions.append(try past.commit(company.edits(), on: [tip], by: Past.ana, "Edit \(step)"))
          continue
        }
        var (side, merged) = (company.dice.pick(versions), [String: String?]())
        for _ in 0...company.dice.below(2) {
          let edits = company.edits()
          side = try past.commit(edits, on: [side], by: Past.bo, "Offline \(step)")
          merged.merge(edits) { $1 }
        }
        versions.append(try past.commit(merged, on: [tip, side], by: Past.bo, "Sync"))
      }
    }

    func scorecard(_ version: ObjectID, _ period: Period, _ day: Day, department: String?) throws -> Scorecard {
      let ledger = try LedgerTree(past.objects.commit(version).tree, in: past.objects).ledger
      let consolidation = Consolidation(of: ledger, for: period, asOf: day, source: "")
      return department.flatMap { consolidation.department($0) } ?? consolidation.company
    }
  }

  static let day = Day("2026-03-20")!

  /// That the parts lead from one end to the other without a gap.
  static func expectAddsUp(_ explanation: Explanation, sourceLocation: SourceLocation = #_sourceLocation) {
    var score = explanation.from
    for part in explanation.parts {
      #expect(part.before == score, sourceLocation: sourceLocation)
      #expect(part.after != score, sourceLocation: sourceLocation)
      score = part.after
    }
    #expect(score == explanation.to, sourceLocation: sourceLocation)
    if let from = explanation.from, let to = explanation.to {
      #expect(explanation.sum == to - from, sourceLocation: sourceLocation)
      #expect(explanation.sums.reduce(.zero) { $0 + $1.sum } == to - from, sourceLocation: sourceLocation)
    }
  }

  @Test("Of every goal, the parts add up to what the two scorecards differ by", arguments: 1...8 as ClosedRange<UInt64>)
  func goals(seed: UInt64) throws {
    var line = try Line(seed)
    for period in ["2026-02", "2026-Q1", "2026-03"] {
      let period = try #require(Period(period))
      let department = line.company.dice.chance(0.4) ? "d1" : nil
      let first = line.company.dice.below(line.versions.count)
      let (from, to) = (line.versions[first], line.versions[line.versions.count - 1])
      let explain = Explain(line.past.objects, asOf: Self.day, question: .goals(department: department))
      let answer = try #require(try explain.versions(from, to, of: period))
      let before = try line.scorecard(from, period, Self.day, department: department).goals
      let after = try line.scorecard(to, period, Self.day, department: department).goals
      var found: [String: Explanation] = [:]
      for explanation in answer.explanations {
        Self.expectAddsUp(explanation)
        found[explanation.subject.id] = explanation
      }
      for id in Set((before + after).map(\.id)) {
        let (one, other) = (before.first { $0.id == id }?.score, after.first { $0.id == id }?.score)
        guard one != other else {
          #expect(found[id] == nil)
          continue
        }
        #expect(found[id]?.from == one, "\(id)")
        #expect(found[id]?.to == other, "\(id)")
      }
    }
  }

  @Test("One goal, looked at alone, is explained as among all", arguments: 30...35 as ClosedRange<UInt64>)
  func oneGoal(seed: UInt64) throws {
    let line = try Line(seed)
    let (from, to) = (line.versions[1], line.versions[line.versions.count - 1])
    let period = try #require(Period("2026-02"))
    let all = try #require(
      try Explain(line.past.objects, asOf: Self.day, question: .goals(department: nil)).versions(from, to, of: period))
    for explanation in all.explanations {
      let question = Explain.Question.goal(explanation.subject.id, department: nil)
      let one = try Explain(line.past.objects, asOf: Self.day, question: question).versions(from, to, of: period)
      #expect(one?.explanations == [explanation])
    }
  }

  @Test("Of a KPI, the parts add up to what its two scores differ by", arguments: 50...53 as ClosedRange<UInt64>)
  func kpis(seed: UInt64) throws {
    let line = try Line(seed)
    let (from, to) = (line.versions[0], line.versions[line.versions.count - 1])
    let period = try #require(Period("2026-02"))
    let before = try line.scorecard(from, period, Self.day, department: nil).kpis
    let after = try line.scorecard(to, period, Self.day, department: nil).kpis
    for id in Set((before + after).map(\.id)) {
      let explain = Explain(line.past.objects, asOf: Self.day, question: .kpi([id]))
      let explanation = try #require(try explain.versions(from, to, of: period)?.explanations.first)
      Self.expectAddsUp(explanation)
      #expect(explanation.from == before.first { $0.id == id }?.score)
      #expect(explanation.to == after.first { $0.id == id }?.score)
    }
  }

  @Test(
    "Of two periods, the parts add up to what their two scorecards differ by", arguments: 70...75 as ClosedRange<UInt64>
  )
  func periods(seed: UInt64) throws {
    let line = try Line(seed)
    let tip = line.versions[line.versions.count - 1]
    for (first, second) in [("2026-01", "2026-02"), ("2026-02", "2026-03"), ("2025-Q4", "2026-Q1")] {
      let (from, to) = (try #require(Period(first)), try #require(Period(second)))
      let explain = Explain(line.past.objects, asOf: Self.day, question: .goals(department: nil))
      let answer = try explain.periods(from, to, at: tip)
      let before = try line.scorecard(tip, from, Self.day, department: nil).goals
      let after = try line.scorecard(tip, to, Self.day, department: nil).goals
      for explanation in answer.explanations {
        Self.expectAddsUp(explanation)
        #expect(explanation.from == before.first { $0.id == explanation.subject.id }?.score)
        #expect(explanation.to == after.first { $0.id == explanation.subject.id }?.score)
      }
      let moved = before.filter { goal in after.first { $0.id == goal.id }?.score != goal.score }.map(\.id)
      #expect(Set(moved).isSubset(of: answer.explanations.map(\.subject.id)))
    }
  }

  @Test("The histories are such that scores move for all five reasons")
  func allKinds() throws {
    var kinds: Set<ScorePart.Kind> = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let line = try Line(seed)
      let explain = Explain(line.past.objects, asOf: Self.day, question: .goals(department: nil))
      let period = try #require(Period("2026-02"))
      let answer = try explain.versions(line.versions[0], line.versions[line.versions.count - 1], of: period)
      kinds.formUnion(answer?.explanations.flatMap(\.parts).map(\.kind) ?? [])
    }
    // Targets are the same in all of the company's definitions.
    #expect(kinds.isSuperset(of: [.actual, .calculation, .weight, .coverage]))
  }
}
