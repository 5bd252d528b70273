import Calculation
import LedgerModel

// What a KPI has over a span of points, and how that becomes the figures of a period or a year.
extension KPIEvaluation {
  /// The figure of the frame's period. The total of a flow that is made of others is that of its points, so that a point
  /// that is withheld counts neither in the total nor in the time that it covers.
  var actual: Quantity? {
    let current = measured.current
    guard accrual == .flow, frame.current.count > 1, current.coverage != nil, current.figure != nil else {
      return current.figure
    }
    return total(of: frame.current)
  }

  /// The sum of a flow's points, from where they add up; nil where there is none.
  private func total(of points: Range<Int>) -> Quantity? {
    let figures = adding(points).compactMap { measured.points[$0].figure }
    return figures.isEmpty ? nil : figures.reduce(.zero, +)
  }

  /// The points of a range that count towards its figure: of a level those that its last calculation serves, of a flow
  /// those that add up.
  func adding(_ points: Range<Int>) -> Range<Int> {
    let breaks = measured.breaks
    let first = accrual == .flow ? breaks.addsFrom : breaks.last(within: points) ?? points.lowerBound
    return min(max(first, points.lowerBound), points.upperBound)..<points.upperBound
  }

  func progress(of period: Period, points: Range<Int>, actual: Quantity?, target: Target?) -> Progress {
    let adding = adding(points)
    let recorded = adding.filter(isRecorded)
    var first = beginning
    if adding.lowerBound > points.lowerBound, adding.lowerBound < frame.points.count {
      first = settings.calendar.days(of: frame.points[adding.lowerBound]).lowerBound
    }
    let record = Progress.Record(
      actual: actual, kind: frame.kind, periods: recorded.map { frame.points[$0] }, beginning: first,
      isBroken: isBroken(period, recorded: recorded))
    return Progress(of: period, record: record, plan: plan(target), asOf: frame.asOf, calendar: settings.calendar)
  }

  /// Whether a landing would lead across a change of the calculation: one that is to come within the period, or of a
  /// flow one between what it has and now.
  private func isBroken(_ period: Period, recorded: [Int]) -> Bool {
    let breaks = measured.breaks.starts
    if accrual == .flow, let first = recorded.first, breaks.contains(where: { $0 > first }) { return true }
    return changesLater(in: period)
  }

  /// Whether another calculation serves the period's end than the last point.
  func changesLater(in period: Period) -> Bool {
    guard !definition.earlier.isEmpty, let last = frame.points.last,
      let end = settings.calendar.children(of: period, kind: frame.kind).last
    else { return false }
    return history.calculation(for: end) != history.calculation(for: last)
  }

  /// Whether a point has a figure to go by: of a KPI made of others, enough of them.
  func isRecorded(_ point: Int) -> Bool {
    let measurement = measured.points[point]
    return measurement.isRecorded && !measurement.marks.contains(.withheld)
      && (measurement.figure != nil || measurement.marks.contains(.undefined))
  }

  /// The fiscal year as it would end: of a flow its actual to date by the share of the year that it covers, as for the
  /// period; else the year-to-date figure.
  func yearOutlook(_ targets: TargetPlan) -> KPIResult.YearOutlook {
    guard let year = frame.points.last.flatMap({ settings.calendar.parent(of: $0, kind: .year) }) else {
      return KPIResult.YearOutlook()
    }
    let actual = accrual == .flow ? total(of: frame.yearToDate) : measured.yearToDate.figure
    let progress = progress(
      of: year, points: frame.yearToDate, actual: actual, target: targets.target(for: year)?.target)
    return KPIResult.YearOutlook(target: progress.target, landing: progress.landing, shortfall: progress.shortfall)
  }

  /// Of the year's periods that are over, or recorded, those recorded.
  var yearCoverage: Coverage {
    let points = adding(frame.yearToDate)
    let recorded = points.count(where: isRecorded)
    let expected = points.count { isDue($0) || isRecorded($0) }
    return Coverage(recorded: recorded, of: expected)
  }

  /// Whether a point is over, and not from before the KPI's beginning.
  func isDue(_ point: Int) -> Bool { point >= firstDue && point < frame.ended }
}
