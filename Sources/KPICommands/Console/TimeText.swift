import Calculation
import Foundation

/// Moments as people read them, in this machine's zone, and as JSON has them.
enum TimeText {
  /// As `12 Mar 2026`.
  static func date(_ seconds: Int64) -> String {
    let (year, month, day) = local(seconds).day.civil
    return "\(day) \(monthNames[month - 1]) \(year)"
  }

  /// As `12 Mar 2026, 10:11`.
  static func moment(_ seconds: Int64) -> String {
    let time = local(seconds).time
    return "\(date(seconds)), \(two(time / 3600)):\(two(time / 60 % 60))"
  }

  /// As `2026-03-12T10:11:00Z`.
  static func utc(_ seconds: Int64) -> String {
    let (day, time) = split(seconds)
    return "\(day)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func local(_ seconds: Int64) -> (day: Day, time: Int) {
    let offset = TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    return split(seconds.addingReportingOverflow(Int64(offset)).partialValue)
  }

  private static func split(_ seconds: Int64) -> (day: Day, time: Int) {
    let day = Int((Double(seconds) / 86_400).rounded(.down))
    return (Day(daysSince1970: day), Int(((seconds % 86_400) + 86_400) % 86_400))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
