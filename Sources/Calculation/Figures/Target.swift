/// What was planned for a period: a value, or a range with the tolerance outside of which nothing is achieved.
public enum Target: Hashable, Sendable {
  case value(Quantity)
  case band(low: Quantity, high: Quantity, tolerance: Quantity)

  /// The planned value, where it is one.
  public var value: Quantity? {
    if case .value(let value) = self { value } else { nil }
  }

  /// Each number of the target changed in the same way.
  func map(_ change: (Quantity) -> Quantity) -> Target {
    switch self {
    case .value(let value): .value(change(value))
    case .band(let low, let high, let tolerance):
      .band(low: change(low), high: change(high), tolerance: change(tolerance))
    }
  }

  /// The targets of two periods together; nil where one is a value and the other a range.
  func adding(_ other: Target) -> Target? {
    switch (self, other) {
    case (.value(let one), .value(let other)): .value(one + other)
    case (.band(let low, let high, let tolerance), .band(let low2, let high2, let tolerance2)):
      .band(low: low + low2, high: high + high2, tolerance: tolerance + tolerance2)
    default: nil
    }
  }
}
