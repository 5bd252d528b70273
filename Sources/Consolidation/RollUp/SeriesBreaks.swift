/// Where in a frame's points the calculation of a KPI, or of one that it is made of, changes.
struct SeriesBreaks: Sendable {
  /// The points that another calculation serves than the point before, in order.
  var starts: [Int] = []
  /// The first point from which on the figures of a flow add up: in the same unit, and flows themselves.
  var addsFrom = 0

  /// Whether nothing changes.
  var isEmpty: Bool { starts.isEmpty }

  /// The last change in a range of points.
  func last(within range: Range<Int>) -> Int? { starts.last { range.contains($0) && $0 > range.lowerBound } }

  /// Those of this and of another, which it is made of.
  mutating func add(_ other: SeriesBreaks) {
    guard !other.isEmpty else { return }
    starts = Set(starts).union(other.starts).sorted()
    addsFrom = max(addsFrom, other.addsFrom)
  }
}
