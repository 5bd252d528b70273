/// A moment in UTC as text, without a calendar library.
public enum UTCTime {
  /// RFC 3339 to the second, as `2026-03-02T10:11:00Z`.
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  public static func text(_ seconds: Int64) -> String {
    let (day, second) = (seconds.floored(by: 86_400), seconds.remainder(by: 86_400))
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(Day(daysSince1970: Int(day)))T\(clock.joined(separator: ":"))Z"
  }
}

extension Int64 {
  fileprivate func floored(by size: Int64) -> Int64 { self >= 0 ? self / size : -((-self + size - 1) / size) }
  fileprivate func remainder(by size: Int64) -> Int64 { self - floored(by: size) * size }
}
