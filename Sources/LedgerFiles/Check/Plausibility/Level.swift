import Calculation

/// What figures of one kind have been like: their median, where they agree on it.
struct Level {
  /// How many of the newest figures count.
  static let window = 12
  /// How many there have to be.
  static let least = 3
  /// How far a figure may be from the median, as a factor either way, before nothing is said of any.
  static let spread: Quantity = 2

  let median: Quantity
  /// How many figures it rests on.
  let count: Int

  /// nil where there are too few figures, or where they differ too much for one of them to be out of place. Signs and
  /// zeros do not count.
  init?(of figures: some Sequence<Quantity>) {
    let sorted = figures.lazy.map(\.magnitude).filter { !$0.isZero }.sorted()
    guard sorted.count >= Self.least, let first = sorted.first, let last = sorted.last else { return nil }
    let middle = sorted.count / 2
    let two = sorted[middle - 1] + sorted[middle]
    guard let median = sorted.count % 2 == 1 ? sorted[middle] : two.divided(by: 2) else { return nil }
    guard last <= median * Self.spread, first * Self.spread >= median else { return nil }
    self.median = median
    count = sorted.count
  }
}
