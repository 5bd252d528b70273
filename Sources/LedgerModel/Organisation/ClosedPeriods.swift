public import Calculation

/// Closed periods: they cover every period that ends within one of them, so that the close of March covers its days, its
/// weeks up to the last Sunday, and the quarter that it ends.
public struct ClosedPeriods: Sendable {
  /// The closed days, in order, no two of them touching.
  private let spans: [Range<Day>]
  private let calendar: FiscalCalendar

  /// The closed periods of a scope, in the ledger's calendar.
  public init(_ periods: some Sequence<Period>, calendar: FiscalCalendar) {
    var spans: [Range<Day>] = []
    for days in periods.map(calendar.days).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = spans.last, days.lowerBound <= last.upperBound {
        spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, days.upperBound)
      } else {
        spans.append(days)
      }
    }
    self.spans = spans
    self.calendar = calendar
  }

  /// Whether nothing is closed.
  public var isEmpty: Bool { spans.isEmpty }

  /// Whether a period ends within one of them.
  public func covers(_ period: Period) -> Bool {
    guard !spans.isEmpty else { return false }
    let end = calendar.days(of: period).upperBound
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].upperBound < end { low = middle + 1 } else { high = middle }
    }
    return low < spans.count && spans[low].lowerBound < end
  }
}
