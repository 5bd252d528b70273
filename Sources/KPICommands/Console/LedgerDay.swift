import Calculation
import Foundation
import Git
import LedgerModel

/// Days as the ledger counts them: in the time zone of its calendar.
enum LedgerDay {
  /// Today.
  static func today(in calendar: FiscalCalendar) -> Day { day(of: Ambient.now.seconds, in: calendar) }

  /// The day of a moment, in seconds since 1970.
  static func day(of seconds: Int64, in calendar: FiscalCalendar) -> Day {
    let date = Date(timeIntervalSince1970: TimeInterval(seconds))
    let local = seconds + Int64(zone(of: calendar).secondsFromGMT(for: date))
    return Day(daysSince1970: Int((Double(local) / 86_400).rounded(.down)))
  }

  /// The time of day of a moment, as `10:11`.
  static func time(of seconds: Int64, in calendar: FiscalCalendar) -> String {
    let minutes = (seconds - start(of: day(of: seconds, in: calendar), in: calendar)) / 60
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// The first second of a day, since 1970.
  static func start(of day: Day, in calendar: FiscalCalendar) -> Int64 {
    let midnight = Int64(day.daysSince1970) * 86_400
    let date = Date(timeIntervalSince1970: TimeInterval(midnight))
    let zone = zone(of: calendar)
    let first = midnight - Int64(zone.secondsFromGMT(for: date))
    // The offset may have changed between midnight in UTC and midnight here.
    return midnight - Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(first))))
  }

  /// A day that somebody wrote, as `2026-03-31`.
  /// - Throws: `Failure`
  static func read(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw Failure("'\(text)' is no day.", hint: "Write it as 2026-03-31.") }
    return day
  }

  /// A period that somebody wrote, as `2026-Q1`.
  /// - Throws: `Failure`
  static func period(_ text: String) throws -> Period {
    guard let period = Period(text) else {
      throw Failure("'\(text)' is no period.", hint: "Write it as 2026-03, 2026-W11, 2026-Q1, 2026-H1 or 2026.")
    }
    return period
  }

  /// The machine may not know the zone: then it is UTC.
  private static func zone(of calendar: FiscalCalendar) -> TimeZone {
    TimeZone(identifier: calendar.timeZone) ?? .gmt
  }
}
