import Chance
import Calculation
import Consolidation
import LedgerModel
import Testing

/// Figures of a period that is over do not depend on the day on which somebody looks.
@Suite struct PastPeriodTests {
  private static let patterns = [(FiscalCalendar.Pattern.calendar, 1), (.calendar, 7), (.p445, 1), (.p544, 7)]

  /// One KPI for each kind of period, profile and policy, with gaps, and one that is made of each.
  private func sample(_ pattern: FiscalCalendar.Pattern, _ startMonth: Int, seed: UInt64) throws -> SampleLedger {
    var random = Dice(seed)
    var sample = SampleLedger()
    sample.ledger.settings.calendar.pattern = pattern
    sample.ledger.settings.calendar.startMonth = startMonth
    let calendar = sample.ledger.settings.calendar
    let years = try ["2024", "2025", "2026", "2027"].map { try #require(Period($0)) }
    for kind in PeriodKind.allCases where kind != .day {
      for profile in Profile.allCases {
        for missing in [MissingPolicy.gap, .carry, .zero] where missing == .gap || profile != .workdays {
          let periods = years.flatMap { calendar.children(of: $0, kind: kind) }
          let isFull = Int.random(in: 0..<2, using: &random) == 0
          let rows = periods.filter { _ in isFull || Int.random(in: 0..<6, using: &random) > 0 }.map { period in
            (period.description, ["value": Int.random(in: 1..<100, using: &random)])
          }
          let name = "\(kind.rawValue)/\(profile.rawValue)-\(missing.rawValue)"
          try sample.add(name, inputs: [("value", profile == .snapshot ? .last : .sum)], rows: rows) {
            $0.calculation.period = kind
            $0.calculation.profile = profile
            $0.calculation.missing = missing
            for year in years { $0.targets[year] = .value(1000) }
          }
        }
      }
    }
    try sample.add("company/all") {
      $0.consolidates = ConsolidationRule(sources: [.everyDepartment(kpi: "calendar-gap")], method: .sum)
      for year in years { $0.targets[year] = .value(1000) }
    }
    return sample
  }

  @Test("After a period's end every day shows what its last day showed", arguments: patterns)
  func afterTheEndNothingChanges(pattern: FiscalCalendar.Pattern, startMonth: Int) throws {
    let sample = try sample(pattern, startMonth, seed: UInt64(startMonth))
    let calendar = sample.ledger.settings.calendar
    for text in ["2026-04", "2026-12", "2026-W14", "2026-Q1", "2026"] {
      let period = try #require(Period(text))
      let last = calendar.days(of: period).upperBound.advanced(by: -1)
      func card(_ later: Int) -> Scorecard {
        Consolidation(of: sample.ledger, for: period, asOf: last.advanced(by: later), source: "3f2a").company
      }
      let then = card(0)
      for days in [1, 3, 40] {
        let now = card(days)
        for (one, other) in zip(then.kpis, now.kpis) where one != other {
          Issue.record("\(one.id) in \(text) as of \(days) days later:\n\(one)\n\(other)")
          return
        }
        #expect(then.goals == now.goals && then.kpis.count == now.kpis.count)
      }
    }
  }

  /// Week 53 of 2026 is 28 December to 3 January: December's own, and whole when December is over.
  @Test func theLastWeekIsOverWithItsMonth() throws {
    var sample = SampleLedger()
    let weeks = (49...53).map { ("2026-W\($0)", ["value": 100]) }
    try sample.add("d/k", rows: weeks, targets: ["2026": 5300]) { $0.calculation.period = .week }
    for day in ["2026-12-31", "2027-01-02", "2027-02-01"] {
      let kpi = try sample.scorecard("2026-12", asOf: day).kpi("d/k")
      #expect(kpi.actual == 500)
      #expect(kpi.yearToDate.target == .value(500), "the last week's whole 100, not 4 / 7 of it, as of \(day)")
    }
    // On the day before it is running: 4 whole weeks and 3 of 7 days.
    let running = try sample.scorecard("2026-12", asOf: "2026-12-30").kpi("d/k")
    #expect(running.yearToDate.target == .value(try exact("442.8571428571")))
  }
}
