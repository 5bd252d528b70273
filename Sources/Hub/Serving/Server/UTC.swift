import Calculation

/// Moments in UTC, as text.
enum UTC {
  /// `2026-03-14T09:26:53.589Z`
  static func text(_ milliseconds: Int64) -> String {
    let (seconds, rest) = split(milliseconds)
    return "\(UTCTime.text(seconds).dropLast()).\(String(1000 + rest).dropFirst())Z"
  }

  /// `Sat, 14 Mar 2026 09:26:53 GMT`, as HTTP wants it.
  static func header(_ milliseconds: Int64) -> String {
    let seconds = split(milliseconds).seconds
    let day = UTCTime.day(seconds)
    let (year, month, number) = day.civil
    let clock = UTCTime.text(seconds).dropFirst("\(day)T".count).dropLast()
    // 1970-01-01 was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(day.daysSince1970 % 7 + 7) % 7]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(weekday), \(number < 10 ? "0" : "")\(number) \(months[month - 1]) \(year) \(clock) GMT"
  }

  /// The day of a moment.
  static func day(_ milliseconds: Int64) -> Day { UTCTime.day(split(milliseconds).seconds) }

  private static func split(_ milliseconds: Int64) -> (seconds: Int64, rest: Int64) {
    let rest = (milliseconds % 1000 + 1000) % 1000
    return ((milliseconds - rest) / 1000, rest)
  }
}
