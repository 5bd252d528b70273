extension Target {
  /// Achievement in percent of the target, rounded half-even to 12 significant digits.
  ///
  /// - higher: actual / target × 100
  /// - lower: (2 − actual / target) × 100
  /// - with a baseline: (actual − baseline) / (target − baseline) × 100
  /// - a range: 100 inside, falling linearly to 0 at the tolerance outside
  ///
  /// nil where the target is zero or negative and there is no baseline, where the baseline is not on the worse side of
  /// the target, and where a value is given for a direction that needs a range.
  public func achievement(of actual: Quantity, direction: Direction, baseline: Quantity? = nil) -> Quantity? {
    switch self {
    case .value(let target):
      guard direction != .band else { return nil }
      if let baseline {
        guard direction == .higher ? baseline < target : baseline > target else { return nil }
        return ((actual - baseline) * 100).divided(by: target - baseline)
      }
      guard target > .zero else { return nil }
      let favourable = direction == .higher ? actual : target + target - actual
      return (favourable * 100).divided(by: target)
    case .band(let low, let high, let tolerance):
      let distance = Self.distance(of: actual, fromLow: low, high: high)
      if distance.isZero { return 100 }
      guard distance < tolerance else { return 0 }
      return ((tolerance - distance) * 100).divided(by: tolerance)
    }
  }

  /// How far an actual is from the target; favourable is positive: actual − target (higher), target − actual (lower); of
  /// a range 0 inside and minus the distance outside. nil where a value is given for a direction that needs a range.
  public func gap(of actual: Quantity, direction: Direction) -> Quantity? {
    switch (self, direction) {
    case (.value(let target), .higher): actual - target
    case (.value(let target), .lower): target - actual
    case (.value, .band): nil
    case (.band(let low, let high, _), _): -Self.distance(of: actual, fromLow: low, high: high)
    }
  }

  /// How far an actual is outside the range, 0 inside; nil of a value.
  public func distance(of actual: Quantity) -> Quantity? {
    guard case .band(let low, let high, _) = self else { return nil }
    return Self.distance(of: actual, fromLow: low, high: high)
  }

  private static func distance(of actual: Quantity, fromLow low: Quantity, high: Quantity) -> Quantity {
    actual < low ? low - actual : actual > high ? actual - high : .zero
  }
}
