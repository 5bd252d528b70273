import Calculation
import Testing

@Suite struct YearToDateTests {
  private func yearToDate(
    through period: String, actuals: [String: Quantity], targets: [String: Quantity], asOf: String? = nil,
    startMonth: Int = 1, baseline: Quantity? = nil
  ) -> YearToDate {
    var calendar = FiscalCalendar()
    calendar.startMonth = startMonth
    let plan = Progress.Plan(
      direction: .higher, target: nil, baseline: baseline, profile: .calendar, accrual: .flow)
    let day = asOf.map(d) ?? calendar.days(of: p(period)).upperBound.advanced(by: -1)
    return YearToDate(
      through: p(period), plan: plan, asOf: day, calendar: calendar, actual: { actuals[$0.description] },
      target: { targets[$0.description].map { .value($0) } })
  }

  @Test func addsUpFromTheBeginningOfTheYear() {
    let figures = yearToDate(
      through: "2026-03", actuals: ["2025-12": 99, "2026-01": 10, "2026-02": 20, "2026-03": 30, "2026-04": 40],
      targets: ["2026-01": 20, "2026-02": 20, "2026-03": 20, "2026-04": 20])
    #expect(figures.actual == q("60"))  // 10 + 20 + 30
    #expect(figures.target == .value(60) && figures.achievement == q("100"))
    #expect(figures.coverage.description == "3 of 3" && figures.planned.description == "3 of 3")
  }

  /// Without February's actual its target does not count either, and the figure says 2 of 3.
  @Test func aMissingActualIsNotZero() {
    let figures = yearToDate(
      through: "2026-03", actuals: ["2026-01": 10, "2026-03": 30],
      targets: ["2026-01": 20, "2026-02": 20, "2026-03": 20])
    #expect(figures.actual == q("40") && figures.target == .value(40) && figures.achievement == q("100"))
    #expect(figures.coverage.description == "2 of 3")
  }

  /// Without February's target all three months are the actual, but only two are compared.
  @Test func aMissingTargetIsNotZero() {
    let figures = yearToDate(
      through: "2026-03", actuals: ["2026-01": 10, "2026-02": 20, "2026-03": 30],
      targets: ["2026-01": 20, "2026-03": 20])
    #expect(figures.actual == q("60") && figures.comparable == q("40") && figures.target == .value(40))
    #expect(figures.achievement == q("100"))
    #expect(figures.coverage.isComplete && figures.planned.description == "2 of 3")
  }

  @Test func nothingRecordedIsNothing() {
    let figures = yearToDate(through: "2026-03", actuals: [:], targets: ["2026-01": 20])
    #expect(figures.actual == nil && figures.target == nil && figures.achievement == nil)
    #expect(figures.coverage.description == "0 of 3")
  }

  /// On 10 June a third of June's target is due.
  @Test func aRunningPeriodsTargetCountsAsFarAsItGoes() {
    let figures = yearToDate(
      through: "2026-06", actuals: ["2026-05": 300, "2026-06": 100], targets: ["2026-05": 300, "2026-06": 300],
      asOf: "2026-06-10")
    #expect(figures.target == .value(400) && figures.actual == q("400") && figures.achievement == q("100"))
    #expect(figures.coverage.description == "2 of 6")
  }

  @Test func periodsThatHaveNotBegunAreNotExpected() {
    let figures = yearToDate(
      through: "2026-12", actuals: ["2026-01": 1, "2026-02": 1], targets: [:], asOf: "2026-02-28")
    #expect(figures.coverage.description == "2 of 2" && figures.actual == q("2"))
  }

  @Test func beginsWithTheFiscalYear() {
    let figures = yearToDate(
      through: "2026-01", actuals: ["2025-06": 1000, "2025-07": 1, "2025-12": 2, "2026-01": 4], targets: [:],
      startMonth: 7)
    #expect(figures.actual == q("7") && figures.coverage.description == "3 of 7")
  }

  /// The baseline is that of one month: 3 × 10 of 3 × 20, and 45 is half-way between.
  @Test func baselinesAddUpToo() {
    let figures = yearToDate(
      through: "2026-03", actuals: ["2026-01": 15, "2026-02": 15, "2026-03": 15],
      targets: ["2026-01": 20, "2026-02": 20, "2026-03": 20], baseline: 10)
    #expect(figures.achievement == q("50"))
  }

  @Test func levelsAreTakenAsTheyAre() {
    let plan = Progress.Plan(direction: .higher, target: .value(25), profile: .calendar, accrual: .level)
    let figures = YearToDate(level: 24, plan: plan, coverage: Coverage(recorded: 5, of: 6))
    #expect(figures.actual == q("24") && figures.target == .value(25) && figures.achievement == q("96"))
    #expect(YearToDate(level: nil, plan: plan, coverage: Coverage(recorded: 0, of: 6)).target == nil)
  }
}

@Suite struct CoverageTests {
  @Test func comparesWithoutRounding() {
    #expect(Coverage(recorded: 4, of: 5).reaches(80))
    #expect(!Coverage(recorded: 2, of: 3).reaches(q("66.67")))
    #expect(Coverage(recorded: 2, of: 3).reaches(q("66.66")))
    #expect(Coverage(recorded: 0, of: 0).reaches(80) && Coverage(recorded: 0, of: 0).percent == nil)
    #expect(Coverage(recorded: 2, of: 3).percent == q("66.6666666667"))
  }
}
