import Calculation
import Testing

@Suite struct TargetTests {
  private static let cases: [(String, String, Direction, String?, String?)] = [
    // higher: actual / target × 100
    ("27", "25", Direction.higher, nil, "108"), ("0", "25", .higher, nil, "0"), ("-5", "25", .higher, nil, "-20"),
    ("1", "3", .higher, nil, "33.3333333333"),
    // lower: (2 − actual / target) × 100
    ("4", "5", .lower, nil, "120"), ("5", "5", .lower, nil, "100"), ("6", "5", .lower, nil, "80"),
    ("15", "5", .lower, nil, "-100"),
    // with a baseline: (actual − baseline) / (target − baseline) × 100
    ("21.5", "25", .higher, "18", "50"), ("-5", "0", .higher, "-10", "50"), ("8", "5", .lower, "10", "40"),
    ("-2", "-4", .lower, "0", "50"),
    // not comparable: no target above zero, or a baseline that is no worse than the target
    ("3", "0", .higher, nil, nil), ("3", "-1", .higher, nil, nil), ("3", "0", .lower, nil, nil),
    ("3", "5", .higher, "5", nil), ("3", "5", .higher, "6", nil), ("3", "5", .lower, "4", nil),
    ("3", "5", .band, nil, nil),
  ]

  @Test(arguments: cases)
  func achievement(actual: String, target: String, direction: Direction, baseline: String?, expected: String?) {
    let achieved = Target.value(q(target)).achievement(of: q(actual), direction: direction, baseline: baseline.map(q))
    #expect(achieved == expected.map(q))
  }

  /// 100 from 95 to 105, then 10 points a unit down to 0 at 85 and 115.
  @Test(arguments: [
    ("95", "100", "0"), ("100", "100", "0"), ("105", "100", "0"), ("94", "90", "-1"), ("110", "50", "-5"),
    ("85", "0", "-10"),
    ("84", "0", "-11"), ("200", "0", "-95"),
  ])
  func band(actual: String, achieved: String, gap: String) {
    let band = Target.band(low: 95, high: 105, tolerance: 10)
    #expect(band.achievement(of: q(actual), direction: .band) == q(achieved))
    #expect(band.gap(of: q(actual), direction: .band) == q(gap))
  }

  @Test func aBandWithoutToleranceIsAllOrNothing() {
    let band = Target.band(low: 95, high: 105, tolerance: 0)
    #expect(band.achievement(of: 105, direction: .band) == q("100"))
    #expect(band.achievement(of: q("105.01"), direction: .band) == q("0"))
  }

  @Test func favourableGapsArePositive() {
    #expect(Target.value(25).gap(of: 27, direction: .higher) == q("2"))
    #expect(Target.value(25).gap(of: 27, direction: .lower) == q("-2"))
    #expect(Target.value(25).gap(of: 27, direction: .band) == nil)
  }
}

@Suite struct TargetPlanTests {
  private func plan(
    _ targets: [String: Quantity], _ accrual: Accrual, _ profile: Profile = .calendar, startMonth: Int = 1
  ) -> TargetPlan {
    var calendar = FiscalCalendar()
    calendar.startMonth = startMonth
    let pairs = targets.map { (p($0.key), Target.value($0.value)) }
    return TargetPlan(Dictionary(uniqueKeysWithValues: pairs), accrual: accrual, profile: profile, calendar: calendar)
  }

  @Test func theMostSpecificPeriodWins() {
    let rate = plan(["2026": 25, "2026-Q3": 27, "2026-08": 30], .level)
    #expect(rate.target(for: p("2026-08")) == PlannedTarget(target: .value(30), origin: .own))
    #expect(rate.target(for: p("2026-09")) == PlannedTarget(target: .value(27), origin: .inherited(from: p("2026-Q3"))))
    #expect(rate.target(for: p("2026-02")) == PlannedTarget(target: .value(25), origin: .inherited(from: p("2026"))))
    #expect(rate.target(for: p("2025-12")) == nil)
    #expect(rate.target(for: p("2027-Q1")) == nil)
  }

  /// 3650 for 365 days: 10 a day, 310 in January, 280 in February.
  @Test func aYearsFlowIsSpreadByDays() {
    let trips = plan(["2026": 3650, "2026-05": 1], .flow)
    #expect(trips.target(for: p("2026-01"))?.target == .value(310))
    #expect(trips.target(for: p("2026-02"))?.target == .value(280))
    #expect(trips.target(for: p("2026-Q1"))?.target == .value(900))
    #expect(trips.target(for: p("2026-07-04"))?.target == .value(10))
    guard case .spread(let from, let share) = trips.target(for: p("2026-02"))?.origin else {
      Issue.record("not spread")
      return
    }
    #expect(from == p("2026") && share.elapsed == 28 && share.total == 365)
    #expect(share.profile == .calendar && share.standsInFor == nil)
  }

  @Test func partsAddUpToTheWholeExactly() {
    // 1000 / 365 has no end; the twelve parts still make 1000, and so do 53 weeks.
    for (accrualKind, count) in [(PeriodKind.month, 12), (.week, 53), (.quarter, 4), (.day, 365)] {
      for profile in [Profile.calendar, .workdays, .seasonal] {
        let plan = plan(["2026": 1000], .flow, profile)
        let parts = FiscalCalendar().children(of: p("2026"), kind: accrualKind)
        #expect(parts.count == count)
        let sum = parts.compactMap { plan.target(for: $0)?.target.value }.reduce(.zero, +)
        #expect(sum == 1000, "\(accrualKind) \(profile)")
      }
    }
  }

  /// 2026 has 261 days from Monday to Friday, January 22 of them.
  @Test func workdaysSpreadByWorkingDays() {
    let plan = plan(["2026": 261], .flow, .workdays)
    #expect(plan.target(for: p("2026-01"))?.target == .value(22))
    #expect(plan.target(for: p("2026-03-14"))?.target == .value(0))  // a Saturday
    #expect(plan.target(for: p("2026-03-13"))?.target == .value(1))
  }

  @Test func seasonalSaysThatTheCalendarStandsIn() {
    let planned = plan(["2026": 3650], .flow, .seasonal).target(for: p("2026-01"))
    guard case .spread(_, let share) = planned?.origin else {
      Issue.record("not spread")
      return
    }
    #expect(share.profile == .calendar && share.standsInFor == .seasonal)
  }

  @Test func spreadFollowsTheFiscalYear() {
    let trips = plan(["2026": 3650], .flow, startMonth: 7)
    #expect(trips.target(for: p("2025-07"))?.target == .value(310))
    #expect(trips.target(for: p("2026-07")) == nil)
  }

  @Test func shorterPeriodsMakeALonger() {
    let months = ["2026-01": 10, "2026-02": 20, "2026-03": 40] as [String: Quantity]
    let sum = plan(months, .flow)
    #expect(sum.target(for: p("2026-Q1")) == PlannedTarget(target: .value(70), origin: .summed(.month)))
    #expect(sum.target(for: p("2026-H1")) == nil)  // April to June have none: no silent total
    #expect(
      plan(months, .level).target(for: p("2026-Q1"))
        == PlannedTarget(target: .value(40), origin: .last(p("2026-03"))))
  }

  @Test func bandsAreSpreadWithTheirTolerance() {
    let plan = TargetPlan(
      [p("2026"): .band(low: 3650, high: 7300, tolerance: 365)], accrual: .flow, profile: .calendar,
      calendar: FiscalCalendar())
    #expect(plan.target(for: p("2026-01"))?.target == .band(low: 310, high: 620, tolerance: 31))
  }
}
