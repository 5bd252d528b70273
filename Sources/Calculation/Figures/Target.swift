/// What was planned for a period: a value, or a range with the tolerance outside of which nothing is achieved.
public enum Target: Hashable, Sendable {
  case value(Quantity)
  case band(low: Quantity, high: Quantity, tolerance: Quantity)
}
