/// How an input's values of several periods, or rows, become one.
public enum Aggregate: String, Hashable, Sendable, CaseIterable {
  case sum, mean, last, first, min, max

  /// The aggregate of values in the order of time; nil of none. The mean is rounded half-even to 12 significant digits,
  /// all others are exact.
  @inlinable public func applied(to values: some Sequence<Quantity>) -> Quantity? {
    var count = 0
    var result = Quantity.zero
    for value in values {
      count += 1
      result = count == 1 ? value : combined(result, value)
    }
    guard count > 0 else { return nil }
    return self == .mean ? result.divided(by: Quantity(count)) : result
  }

  @usableFromInline func combined(_ earlier: Quantity, _ later: Quantity) -> Quantity {
    switch self {
    case .sum, .mean: earlier + later
    case .last: later
    case .first: earlier
    case .min: Swift.min(earlier, later)
    case .max: Swift.max(earlier, later)
    }
  }
}
