import Calculation

extension Target {
  /// Whether it is easier to reach than another, for whoever stands at a figure: nearer to it, or of a range with a
  /// tolerance that reaches further. Where one is a range and the other none, it is the one of which more is achieved.
  func isEasier(than other: Target, at figure: Quantity, _ direction: Direction) -> Bool {
    switch (self, other) {
    case (.value, .value):
      guard let gap = gap(of: figure, direction: direction), let before = other.gap(of: figure, direction: direction)
      else { return false }
      return gap > before
    case (.band(_, _, let tolerance), .band(_, _, let before)):
      guard let distance = distance(of: figure), let old = other.distance(of: figure) else { return false }
      return distance < old || distance == old && tolerance > before
    default:
      guard let now = achievement(of: figure, direction: direction),
        let before = other.achievement(of: figure, direction: direction)
      else { return false }
      return now > before
    }
  }
}
