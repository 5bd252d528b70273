import Foundation

/// Moments as people read them, in this machine's zone.
enum TimeText {
  /// As `12 Mar 2026`.
  static func date(_ seconds: Int64) -> String { format(seconds, "d MMM yyyy") }

  /// As `12 Mar 2026, 10:11`.
  static func moment(_ seconds: Int64) -> String { format(seconds, "d MMM yyyy, HH:mm") }

  private static func format(_ seconds: Int64, _ pattern: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_GB")
    formatter.dateFormat = pattern
    return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
  }
}
