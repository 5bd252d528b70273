/// A moment in UTC as text, without a calendar library.
public enum UTCTime {
  /// The day of a moment.
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  public static func day(_ seconds: Int64) -> Day { Day(daysSince1970: Int(seconds.floored(by: 86_400))) }

  /// RFC 3339 to the second, as `2026-03-02T10:11:00Z`.
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  public static func text(_ seconds: Int64) -> String {
    let second = seconds.remainder(by: 86_400)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day(seconds))T\(clock.joined(separator: ":"))Z"
  }
}

extension Int64 {
  fileprivate func floored(by size: Int64) -> Int64 { self >= 0 ? self / size : -((-self + size - 1) / size) }
  fileprivate func remainder(by size: Int64) -> Int64 { self - floored(by: size) * size }
}
