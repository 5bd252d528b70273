import Calculation

/// Moments in UTC, as text.
enum UTC {
  /// `2026-03-14T09:26:53.589Z`
  static func text(_ milliseconds: Int64) -> String {
    let (days, ofDay) = split(milliseconds, 86_400_000)
    let seconds = ofDay / 1000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(Day(daysSince1970: Int(days)))T\(clock).\(padded(ofDay % 1000, 3))Z"
  }

  /// `Sat, 14 Mar 2026 09:26:53 GMT`, as HTTP wants it.
  static func header(_ milliseconds: Int64) -> String {
    let (days, ofDay) = split(milliseconds, 86_400_000)
    let day = Day(daysSince1970: Int(days))
    let (year, month, number) = day.civil
    let seconds = ofDay / 1000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    // 1970-01-01 was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(split(days, 7).1)]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(weekday), \(padded(Int64(number), 2)) \(months[month - 1]) \(year) \(clock) GMT"
  }

  /// The day of a moment.
  static func day(_ milliseconds: Int64) -> Day { Day(daysSince1970: Int(split(milliseconds, 86_400_000).0)) }

  private static func split(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
    let rest = value % by
    return rest < 0 ? (value / by - 1, rest + by) : (value / by, rest)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
