/// How long a period is. Ordered by length.
public enum PeriodKind: String, Hashable, Comparable, Sendable, CaseIterable {
  case day, week, month, quarter, half, year

  /// How many make a year, where that is always the same number.
  var countInYear: Int? {
    switch self {
    case .day, .week: nil
    case .month: 12
    case .quarter: 4
    case .half: 2
    case .year: 1
    }
  }

  private var rank: Int {
    switch self {
    case .day: 0
    case .week: 1
    case .month: 2
    case .quarter: 3
    case .half: 4
    case .year: 5
    }
  }

  public static func < (one: PeriodKind, other: PeriodKind) -> Bool { one.rank < other.rank }
}
