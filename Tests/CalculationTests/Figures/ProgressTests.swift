import Calculation
import Testing

@Suite struct ProgressTests {
  private let calendar = FiscalCalendar()

  private func progress(
    _ actual: Quantity?, of period: String, by kind: PeriodKind = .month, recorded: [String]? = nil, target: Target?,
    _ direction: Direction = .higher, _ accrual: Accrual = .flow, baseline: Quantity? = nil,
    profile: Profile = .calendar, asOf: String
  ) -> Progress {
    let plan = Progress.Plan(
      direction: direction, target: target, baseline: baseline, profile: profile, accrual: accrual)
    let periods = (recorded ?? (actual == nil ? [] : [period])).map(p)
    return Progress(
      of: p(period), record: .init(actual: actual, kind: kind, periods: periods), plan: plan, asOf: d(asOf),
      calendar: calendar)
  }

  /// June has 30 days. By the evening of the 12th 12 / 30 = 40 % of the time is over; 450 of 1000 are there.
  @Test func aRunningFlow() {
    let figures = progress(450, of: "2026-06", target: .value(1000), asOf: "2026-06-12")
    #expect(figures.phase == .running)
    #expect(figures.achievement == q("45"))  // 450 / 1000 × 100
    #expect(figures.gap == q("-550"))  // 450 − 1000
    #expect(figures.timeElapsed == q("40"))
    #expect(figures.pace == .ahead)  // 45 − 40 = 5 points
    #expect(figures.landing == q("1125"))  // 450 × 30 / 12
    #expect(figures.shortfall == q("-125"))  // 1000 − 1125: a surplus
    #expect(figures.neededPerDay == q("30.5555555556"))  // 550 / 18
    #expect(figures.score == q("45"))
    #expect(figures.landingScore == q("100"))  // 112.5, limited
    #expect(figures.status == .green)
    #expect(!figures.isAtRisk)
    #expect(figures.greyReason == nil && figures.coverage.description == "1 of 1")
  }

  @Test func theSameFlowTooSlow() {
    let figures = progress(300, of: "2026-06", target: .value(1000), asOf: "2026-06-12")
    #expect(figures.pace == .behind)  // 30 − 40 = −10 points
    #expect(figures.landing == q("750"))  // 300 × 30 / 12
    #expect(figures.shortfall == q("250"))
    #expect(figures.status == .red && figures.isAtRisk)
    let nearly = progress(370, of: "2026-06", target: .value(1000), asOf: "2026-06-12")
    #expect(nearly.pace == .onTrack && nearly.landing == q("925") && nearly.status == .amber && !nearly.isAtRisk)
  }

  /// A complete period is judged by what it is.
  @Test func aCompleteFlow() {
    let figures = progress(900, of: "2026-06", target: .value(1000), asOf: "2026-06-30")
    #expect(figures.phase == .complete && figures.timeElapsed == q("100"))
    #expect(figures.landing == q("900") && figures.shortfall == q("100") && figures.achievement == q("90"))
    #expect(figures.pace == nil && figures.neededPerDay == nil)
    #expect(figures.status == .amber && !figures.isAtRisk)
    #expect(progress(899, of: "2026-06", target: .value(1000), asOf: "2026-06-30").status == .red)
  }

  /// Costs to date are always below budget; only where they land says something.
  @Test func aRunningFlowThatShouldBeLow() {
    let figures = progress(50, of: "2026-06", target: .value(100), .lower, asOf: "2026-06-12")
    #expect(figures.achievement == q("150"))  // (2 − 50 / 100) × 100
    #expect(figures.landing == q("125"))  // 50 × 30 / 12
    #expect(figures.shortfall == q("25"))  // 125 − 100: over budget
    #expect(figures.landingScore == q("75"))  // (2 − 125 / 100) × 100
    #expect(figures.status == .red && figures.isAtRisk)
    #expect(figures.pace == nil)
    #expect(figures.neededPerDay == q("2.77777777778"))  // (100 − 50) / 18 may still be spent a day
  }

  /// A win rate at half-time is not half of a win rate.
  @Test func aRunningLevelIsNotExtrapolated() {
    let figures = progress(24, of: "2026-06", target: .value(25), .higher, .level, asOf: "2026-06-15")
    #expect(figures.landing == q("24") && figures.achievement == q("96") && figures.status == .amber)
    #expect(figures.pace == nil && figures.neededPerDay == nil && figures.timeElapsed == q("50"))
  }

  @Test func aSnapshotLandsOnItsLastValue() {
    let band = Target.band(low: 40, high: 60, tolerance: 20)
    let figures = progress(62, of: "2026-06", target: band, .band, .level, profile: .snapshot, asOf: "2026-06-15")
    #expect(figures.landing == q("62") && figures.achievement == q("90") && figures.status == .amber)
    #expect(figures.time.profile == .calendar && figures.time.standsInFor == nil)
  }

  /// As of 15 May a year has January to April, but March was never sent: 31 + 28 + 30 = 89 days brought 890, so 365 days
  /// bring 3650. Taking March for zero would land at 890 × 365 / 135.
  @Test func missingMonthsAreNotZero() {
    let figures = progress(
      890, of: "2026", recorded: ["2026-01", "2026-02", "2026-04"], target: .value(3650), asOf: "2026-05-15")
    #expect(figures.time.elapsed == 135 && figures.covered.elapsed == 89 && figures.covered.total == 365)
    #expect(figures.landing == q("3650"))
    #expect(figures.pace == .onTrack)  // 890 / 3650 = 24.38 %, and 89 / 365 days
    #expect(figures.coverage.description == "3 of 4")  // 75 %: below the 80 asked for
    #expect(figures.status == .grey && figures.greyReason == .lowCoverage)
  }

  @Test func theRunningMonthCountsAsFarAsItGoes() {
    let figures = progress(
      590 + 150, of: "2026", recorded: ["2026-01", "2026-02", "2026-03"], target: .value(3650), asOf: "2026-03-15")
    #expect(figures.covered.elapsed == 31 + 28 + 15 && figures.landing == q("3650"))
    #expect(figures.coverage.description == "3 of 3" && figures.status == .green)
  }

  /// March 2026 has four ISO weeks (W10…W13: 2 to 29 March); two of them recorded are half of it.
  @Test func weeksInAMonthCountByTheirThursday() {
    let figures = progress(
      500, of: "2026-03", by: .week, recorded: ["2026-W10", "2026-W11"], target: .value(1000), asOf: "2026-03-15")
    #expect(figures.covered.elapsed == 14 && figures.covered.total == 28)
    #expect(figures.landing == q("1000") && figures.coverage.description == "2 of 2")
  }

  /// 22 working days in June 2026, 10 of them up to Friday the 12th.
  @Test func workdaysCountWorkingDays() {
    let figures = progress(100, of: "2026-06", target: .value(220), profile: .workdays, asOf: "2026-06-12")
    #expect(figures.time.elapsed == 10 && figures.time.total == 22 && figures.time.profile == .workdays)
    #expect(figures.landing == q("220") && figures.neededPerDay == q("10"))
    // On a Saturday there are none: the calendar stands in, and the figure says so.
    let saturday = progress(1, of: "2026-06-13", by: .day, target: .value(1), profile: .workdays, asOf: "2026-06-13")
    #expect(saturday.time.profile == .calendar && saturday.time.standsInFor == .workdays)
  }

  @Test func seasonalSaysThatTheCalendarStandsIn() {
    let figures = progress(450, of: "2026-06", target: .value(1000), profile: .seasonal, asOf: "2026-06-12")
    #expect(figures.time.profile == .calendar && figures.time.standsInFor == .seasonal)
    #expect(figures.landing == q("1125"))
  }

  @Test func aBaselineChangesAchievementButNotPace() {
    // From 600 to 1000: a landing of 1125 is beyond, 450 to date says nothing yet.
    let figures = progress(450, of: "2026-06", target: .value(1000), baseline: 600, asOf: "2026-06-12")
    #expect(figures.achievement == q("-37.5") && figures.score == q("0"))
    #expect(figures.pace == .ahead && figures.status == .green)
  }

  @Test func greySaysWhy() {
    #expect(progress(nil, of: "2026-06", target: .value(1), asOf: "2026-06-30").greyReason == .noActual)
    #expect(progress(5, of: "2026-06", target: nil, asOf: "2026-06-30").greyReason == .noTarget)
    #expect(progress(5, of: "2026-06", target: .value(0), asOf: "2026-06-30").greyReason == .notComparable)
    let early = progress(5, of: "2026-06", target: .value(10), asOf: "2026-05-31")
    #expect(early.phase == .future && early.greyReason == .tooEarly && early.landing == nil && early.pace == nil)
    #expect(early.timeElapsed == q("0"))
    for figures in [early, progress(nil, of: "2026-06", target: nil, asOf: "2026-06-15")] {
      #expect(figures.status == .grey && !figures.isAtRisk)
    }
  }

  @Test func rulesCanBeSet() {
    var rules = ScoringRules()
    rules.green = 95
    rules.amber = 80
    rules.scoreCap = 120
    rules.paceAhead = 10
    #expect(rules.status(score: 95) == .green && rules.status(score: q("94.99")) == .amber)
    #expect(rules.status(score: 80) == .amber && rules.status(score: q("79.99")) == .red)
    #expect(rules.score(achievement: 130) == q("120") && rules.score(achievement: q("-4")) == q("0"))
    #expect(rules.pace(achieved: 49, elapsed: 40) == .onTrack && rules.pace(achieved: 50, elapsed: 40) == .ahead)
    #expect(
      rules.pace(achieved: 35, elapsed: 40) == .behind && rules.pace(achieved: q("35.1"), elapsed: 40) == .onTrack)
  }

  /// Whatever the day: elapsed and left make the whole, and the landing of an even flow is its total.
  @Test func anEvenFlowLandsOnItsTotalOnEveryDay() {
    for period in ["2024-02", "2026-Q3", "2026-H1", "2026", "2026-W53"] {
      let days = calendar.days(of: p(period))
      for day in days {
        let count = Quantity(days.lowerBound.distance(to: day) + 1)
        let figures = progress(
          count * 7, of: period, by: p(period).kind, target: .value(Quantity(days.count * 7)), asOf: day.description)
        #expect(figures.landing == Quantity(days.count * 7), "\(period) as of \(day)")
        #expect(figures.time.elapsed + figures.time.left == Quantity(days.count) && figures.status == .green)
      }
    }
  }
}
