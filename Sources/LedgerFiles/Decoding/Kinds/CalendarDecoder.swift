import Calculation
import LedgerModel

/// `calendar:` of `ledger.yaml`
enum CalendarDecoder {
  private static let known = KnownFields(["fiscal_year_starts", "pattern", "time_zone", "working_days", "holidays"])

  static func calendar(_ settings: Fields) -> FiscalCalendar {
    var calendar = FiscalCalendar()
    guard let fields = settings.value("calendar")?.fields(known) else { return calendar }
    calendar.startMonth = fields.value("fiscal_year_starts")?.integer(in: 1...12) ?? calendar.startMonth
    calendar.pattern = fields.value("pattern").flatMap(pattern) ?? calendar.pattern
    calendar.timeZone = fields.value("time_zone").flatMap(timeZone) ?? calendar.timeZone
    if let days = fields.value("working_days")?.list({ $0.choice(Weekday.self) }) {
      calendar.workingDays = Set(days)
    }
    if let days = fields.value("holidays")?.list({ $0.day() }) { calendar.holidays = Set(days) }
    return calendar
  }

  private static func pattern(_ value: Value) -> FiscalCalendar.Pattern? {
    value.choice(FiscalCalendar.Pattern.self)
  }

  /// A name of the form that the IANA time zone database uses; whether the zone exists is the machine's to know.
  private static func timeZone(_ value: Value) -> String? {
    guard let text = value.text() else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      part.first.map { $0.isASCII && $0.isLetter } == true
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
    }
    if isName, parts.count <= 3, text.utf8.count <= 60 { return text }
    value.report(
      "bad-time-zone",
      "\"\(value.label)\" should be the name of a time zone, as Europe/Berlin or UTC, but is "
        + "\"\(Value.shortened(text))\".")
    return nil
  }
}
