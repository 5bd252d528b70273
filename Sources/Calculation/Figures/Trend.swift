/// Which way a KPI's figures have been going, judged by what is good for it.
///
/// The last three recorded periods against the three before them: change = (mean − earlier mean) / |earlier mean| × 100.
/// Up to the dead band it is `steady` (`limits.trend` in ledger.yaml, 2 % where it is not set); beyond it is `better` or
/// `worse` by the direction. Flows are compared by day, since months differ in length. In a band it is the mean distance
/// from the range that changes, in percent of the earlier mean.
public enum Trend: String, Hashable, Sendable, CaseIterable {
  case better
  /// Within the dead band: nothing to speak of.
  case steady
  case worse

  /// What a trend is made of: one period's figure.
  public struct Point: Hashable, Sendable {
    /// The figure.
    public var figure: Quantity
    /// How much time it took: days of a flow; 1 of a level.
    public var time: Quantity
    /// How far the figure is outside its range, for direction `band`.
    public var distance: Quantity?

    /// A period's figure.
    public init(figure: Quantity, time: Quantity = 1, distance: Quantity? = nil) {
      self.figure = figure
      self.time = time
      self.distance = distance
    }
  }

  /// How many periods are compared with as many before.
  public static let span = 3
  /// How many of them must have a figure.
  public static let fewest = 2

  /// The trend at the last point that has a figure. `points` are consecutive periods of one calculation, oldest first,
  /// nil where there is no figure: the two spans are counted by the calendar, so that a gap is never skipped over. nil
  /// where one of them has fewer than two figures.
  public init?(of points: [Point?], direction: Direction, deadBand: Quantity) {
    guard let last = points.lastIndex(where: { $0 != nil }) else { return nil }
    let middle = last + 1 - Self.span
    guard middle > 0 else { return nil }
    let isBand = direction == .band
    guard let now = Mean(points[middle...last], isBand: isBand),
      let before = Mean(points[max(0, middle - Self.span)..<middle], isBand: isBand)
    else { return nil }
    let change = isBand ? before.distance - now.distance : now.figure - before.figure
    let isBetter = (direction == .lower) == change.isNegative
    // Not divided, so that the limit is met exactly: |change| / |earlier mean| × 100 ≤ dead band.
    if change.isZero || change.magnitude * 100 <= before.figure.magnitude * deadBand {
      self = .steady
    } else {
      self = isBetter ? .better : .worse
    }
  }

  /// The mean of a span by time.
  private struct Mean {
    let figure: Quantity
    let distance: Quantity

    init?(_ points: ArraySlice<Point?>, isBand: Bool) {
      let known = points.compactMap { $0 }.filter { !isBand || $0.distance != nil }
      guard known.count >= Trend.fewest,
        let figure = known.reduce(.zero, { $0 + $1.figure }).divided(by: known.reduce(.zero) { $0 + $1.time }),
        let distance = known.reduce(.zero, { $0 + ($1.distance ?? .zero) }).divided(by: Quantity(known.count))
      else { return nil }
      self.figure = figure
      self.distance = distance
    }
  }
}
