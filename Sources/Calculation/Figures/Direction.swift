/// Which way a KPI is good.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  case higher, lower
  /// Good inside a range.
  case band
}
