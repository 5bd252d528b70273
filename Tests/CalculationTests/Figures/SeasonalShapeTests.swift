import Calculation
import Testing

@Suite struct SeasonalShapeTests {
  private let calendar = FiscalCalendar()

  /// 2025: 10 in January, 20 in February, 70 in March, then 100 a month: 1000 in all.
  private static let before: [String: Quantity] = [
    "2025-01": 10, "2025-02": 20, "2025-03": 70, "2025-04": 100, "2025-05": 100, "2025-06": 100, "2025-07": 100,
    "2025-08": 100, "2025-09": 100, "2025-10": 100, "2025-11": 100, "2025-12": 100,
  ]

  private func shape(
    _ actuals: [String: Quantity] = before, comparable: @escaping (Period) -> Bool = { _ in true }
  ) -> SeasonalShape {
    SeasonalShape(
      of: [p("2026")], by: .month, calendar: calendar, actual: { actuals[$0.description] }, isComparable: comparable)
  }

  private func share(_ period: String, through day: String, _ shape: SeasonalShape) -> TimeShare {
    TimeShare(of: p(period), through: d(day), profile: .seasonal, shape: shape, calendar: calendar)
  }

  /// At the end of January 10 of 100 of the quarter; in mid-February, 14 of 28 days, 10 + 20 × 14 / 28 = 20.
  @Test func lastYearsShareIsThisYears() {
    #expect(share("2026-Q1", through: "2026-01-31", shape()).percent == 10)
    #expect(share("2026-Q1", through: "2026-02-14", shape()).percent == 20)
    #expect(share("2026", through: "2026-03-31", shape()).percent == 10)  // 100 of 1000
    #expect(share("2026", through: "2026-12-31", shape()).percent == 100)
    #expect(share("2026", through: "2025-12-31", shape()).percent == 0)
    let quarter = share("2026-Q1", through: "2026-02-14", shape())
    #expect(quarter.profile == .seasonal && quarter.standsInFor == nil)
  }

  @Test func withinARecordedPeriodDaysCount() {
    let june = share("2026-06", through: "2026-06-12", shape())
    #expect(june.percent == 40 && june.profile == .calendar && june.standsInFor == nil)  // 12 of 30
  }

  @Test func withoutAShapeTheCalendarStandsInAndSaysSo() {
    var gap = Self.before
    gap["2025-07"] = nil
    var negative = Self.before
    negative["2025-07"] = -1
    let cases: [(SeasonalShape, SeasonalShape.Fault)] = [
      (shape(gap), .incomplete(Coverage(recorded: 11, of: 12))), (shape(negative), .notPositive),
      (shape(Self.before.mapValues { _ in 0 }), .notPositive),
      (shape { $0 >= p("2025-04") }, .calculatedOtherwise),
    ]
    for (shape, fault) in cases {
      #expect(shape.fault(in: p("2026")) == fault)
      let share = share("2026", through: "2026-03-31", shape)
      #expect(share.elapsed == 90 && share.total == 365 && share.standsInFor == .seasonal)
    }
    #expect(shape().fault(in: p("2026")) == nil)
  }

  /// Nothing came in the first quarter a year ago: there the calendar stands in, in the year it does not.
  @Test func aPartWithoutWeightHasNoShape() {
    var late = Self.before
    for month in ["2025-01", "2025-02", "2025-03"] { late[month] = 0 }
    #expect(share("2026-Q1", through: "2026-01-31", shape(late)).standsInFor == .seasonal)
    #expect(share("2026", through: "2026-03-31", shape(late)).percent == 0)
  }

  /// 2000 by last year's shape: 20 in January, 40, 140, then 200 a month, 2000 in all; a quarter is its months.
  @Test func targetsAreSpreadByTheShape() {
    let plan = TargetPlan(
      [p("2026"): .value(2000)], accrual: .flow, profile: .seasonal, shape: shape(), calendar: calendar)
    let months = calendar.children(of: p("2026"), kind: .month).compactMap { plan.target(for: $0)?.target.value }
    #expect(months == [20, 40, 140] + Array(repeating: 200, count: 9))
    #expect(plan.target(for: p("2026-Q1"))?.target == .value(200))
    guard case .spread(_, let share) = plan.target(for: p("2026-01"))?.origin else {
      Issue.record("not spread")
      return
    }
    #expect(share.profile == .seasonal && share.percent == 1)
  }

  /// 30 in January and 60 in February cover 10 + 20 of 1000 parts of the year: it lands at 90 × 1000 / 30 = 3000. Evenly by
  /// days it would be 90 × 365 / 59 = 556.8. For 2000 it is 4.5 % achieved in 3 % of the time.
  @Test func landingAndPaceGoByTheShape() {
    let plan = Progress.Plan(
      direction: .higher, target: .value(2000), profile: .seasonal, shape: shape(), accrual: .flow)
    let figures = Progress(
      of: p("2026"), record: .init(actual: 90, kind: .month, periods: [p("2026-01"), p("2026-02")]), plan: plan,
      asOf: d("2026-02-28"), calendar: calendar)
    #expect(figures.landing == 3000 && figures.timeElapsed == 3)
    #expect(figures.pace == .onTrack)  // 4.5 − 3 = 1.5 points
    #expect(figures.neededPerDay == q("6.24183006536"))  // (2000 − 90) / 306 calendar days
    // January missing: 60 covers 20 of 1000 parts, and lands at 3000 all the same.
    let gap = Progress(
      of: p("2026"), record: .init(actual: 60, kind: .month, periods: [p("2026-02")]), plan: plan,
      asOf: d("2026-02-28"), calendar: calendar)
    #expect(gap.landing == 3000)
  }

  /// 53 weeks of 7 a week after 52: the 53rd weighs what the 52nd did, and the parts make the whole.
  @Test func a53rdWeekWeighsWhatTheLastDid() {
    let shape = SeasonalShape(
      of: [p("2026")], by: .week, calendar: calendar, actual: { $0.year == 2025 ? 7 : nil }, isComparable: { _ in true }
    )
    #expect(shape.weight(of: p("2026-W53")) == 7)
    let plan = TargetPlan(
      [p("2026"): .value(5300)], accrual: .flow, profile: .seasonal, shape: shape, calendar: calendar)
    let weeks = calendar.children(of: p("2026"), kind: .week).compactMap { plan.target(for: $0)?.target.value }
    #expect(weeks.count == 53 && weeks.allSatisfy { $0 == 100 })
  }
}
