/// A civil day of the Gregorian calendar, counted from 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
  private let number: Int32

  /// The day so many days after 1970-01-01; beyond ±2³⁰ days the nearest one.
  public init(daysSince1970 days: Int) {
    number = Int32(max(-1 << 30, min(1 << 30, days)))
  }

  /// The day, or nil where the calendar has none (2026-02-29) or the year is not within 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.dayCount(year: year, month: month)
    else { return nil }
    self.init(daysSince1970: Self.number(year: year, month: month, day: day))
  }

  /// The day written as `2026-03-14`, or nil where the text is not one.
  public init?(_ text: some StringProtocol) {
    guard let day = Period(text)?.day else { return nil }
    self = day
  }

  /// The last day that can be held.
  static let distantFuture = Day(daysSince1970: 1 << 30)

  public var daysSince1970: Int { Int(number) }

  /// The day's weekday; 1970-01-01 was a Thursday.
  public var weekday: Weekday {
    Weekday.allCases[Int.floorMod(daysSince1970 + 3, 7)]
  }

  /// Year, month and day of the Gregorian calendar.
  public var civil: (year: Int, month: Int, day: Int) {
    // Years that begin in March put the leap day last; 146,097 days make 400 years.
    let shifted = daysSince1970 + 719_468
    let era = Int.floorDiv(shifted, 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * ofYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, ofYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  public static func < (one: Day, other: Day) -> Bool { one.number < other.number }

  /// How many days a month has.
  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date, which need not be checked.
  static func number(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = Int.floorDiv(shifted, 400)
    let yearOfEra = shifted - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }
}

extension Day: Strideable {
  public func distance(to other: Day) -> Int { other.daysSince1970 - daysSince1970 }
  public func advanced(by days: Int) -> Day {
    let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
    return Day(daysSince1970: overflow ? days : sum)
  }
}

extension Day: CustomStringConvertible {
  /// `2026-03-14`
  public var description: String {
    let (year, month, day) = civil
    return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
  }
}

extension Int {
  /// The quotient rounded down.
  static func floorDiv(_ one: Int, _ other: Int) -> Int {
    let quotient = one / other
    return one % other < 0 ? quotient - 1 : quotient
  }

  /// The remainder of `floorDiv`, never negative.
  static func floorMod(_ one: Int, _ other: Int) -> Int {
    let remainder = one % other
    return remainder < 0 ? remainder + other : remainder
  }

  /// The number with leading zeros.
  func padded(to width: Int) -> String {
    let digits = String(magnitude)
    let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
    return (self < 0 ? "-" : "") + zeros + digits
  }
}
