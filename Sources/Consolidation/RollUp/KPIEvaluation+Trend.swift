import Calculation
import LedgerModel

extension KPIEvaluation {
  /// The trend of the points since the last change of the calculation; the running period of a flow is no figure yet.
  func trend(_ targets: TargetPlan) -> Trend? {
    guard let direction = calculation.direction else { return nil }
    let first = measured.breaks.starts.last ?? 0
    let end = accrual == .flow ? frame.ended : frame.points.count
    guard first < end, let last = (first..<end).last(where: { measured.points[$0].figure != nil }) else { return nil }
    let shown = max(first, last + 1 - 2 * Trend.span)...last
    let time = times(of: shown)
    let points = shown.map { index -> Trend.Point? in
      guard let figure = measured.points[index].figure else { return nil }
      let distance =
        direction == .band ? targets.target(for: frame.points[index])?.target.distance(of: figure) : nil
      return Trend.Point(figure: figure, time: time[index - shown.lowerBound], distance: distance)
    }
    return Trend(of: points, direction: direction, deadBand: settings.limits.trend)
  }

  /// What a flow's figure is divided by: what the profile counts of its period, by `seasonal` where all have a weight.
  private func times(of points: ClosedRange<Int>) -> [Quantity] {
    guard accrual == .flow else { return points.map { _ in 1 } }
    let calendar = settings.calendar
    let weights = points.compactMap { shape?.weight(of: frame.points[$0]) }
    if weights.count == points.count, weights.allSatisfy({ $0 > .zero }) { return weights }
    let days = points.map { calendar.days(of: frame.points[$0]) }
    let working = calculation.profile == .workdays ? days.map { calendar.workingDayCount(in: $0) } : []
    return (working.contains { $0 > 0 } ? working : days.map(\.count)).map { Quantity($0) }
  }
}

extension SeasonalShape {
  /// The shapes of the fiscal year of a frame's last point and of the one before, as far as the frame reaches back.
  init(of measured: Measured, in frame: Frame, calendar: FiscalCalendar, isComparable: (Period) -> Bool) {
    let year = frame.points.last.flatMap { calendar.parent(of: $0, kind: .year) }
    self.init(
      of: year.map { [$0, $0.previous] } ?? [], by: frame.kind, calendar: calendar,
      actual: { frame.place(of: $0).flatMap { measured.points[$0].figure } }, isComparable: isComparable)
  }
}
