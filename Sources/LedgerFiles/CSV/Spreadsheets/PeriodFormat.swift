public import Calculation

/// How the periods of a column are written: whether `03/04/2026` is the 3rd of April or the 4th of March, as far as the
/// other dates of the column say.
///
/// Read are the ledger's own forms and `Mar-26`, `March 2026` (also German, French, Spanish, Italian, Portuguese, Dutch),
/// `03/2026`, `2026/03`, `202603`, `Q1 2026`, `1Q26`, `KW11 2026`, `01.03.2026`, `14 Mar 2026`, `20260314`,
/// `2026/03/14` and `2026-03-14 00:00:00`. Where months are expected, the first and the last day of a month stand for it.
public struct PeriodFormat: Hashable, Sendable {
  /// In which order day and month stand in dates with slashes.
  public enum DateOrder: String, Hashable, Sendable {
    case dayFirst
    case monthFirst
    case unknown
  }

  public let dateOrder: DateOrder
  /// The kind that the periods should have; nil takes any.
  public let kind: PeriodKind?

  /// The format that these cells agree on; cells that are no dates do not count.
  public init(evidence: some Sequence<String>, kind: PeriodKind? = nil) {
    var dayFirst = true
    var monthFirst = true
    for text in evidence {
      guard case .slashed(let first, let second, let year) = PeriodShape(text) else { continue }
      dayFirst = dayFirst && Self.period(year, second, first, kind) != nil
      monthFirst = monthFirst && Self.period(year, first, second, kind) != nil
    }
    self.init(dateOrder: dayFirst == monthFirst ? .unknown : dayFirst ? .dayFirst : .monthFirst, kind: kind)
  }

  /// The format with an order that is known from elsewhere, as from a mapping file.
  public init(dateOrder: DateOrder, kind: PeriodKind? = nil) {
    self.dateOrder = dateOrder
    self.kind = kind
  }

  /// Reads a cell. The period has the kind that is written, which may be another than expected.
  public func read(_ text: some StringProtocol) -> SpreadsheetReading<Period> {
    let text = CSVTable.trimmed(String(text))
    if text.isEmpty { return .blank }
    if let period = Period(text) { return .value(Self.asMonth(period, kind)) }
    switch PeriodShape(text) {
    case .period(let period): return .value(Self.asMonth(period, kind))
    case .slashed(let first, let second, let year): return slashed(text, first, second, year)
    case .twoWays(let hint): return .ambiguous("\"\(text)\" \(hint)")
    case nil: return .invalid("\"\(text)\" is not a period. Write it as \(Self.example(kind)).")
    }
  }

  private func slashed(_ text: String, _ first: Int, _ second: Int, _ year: Int) -> SpreadsheetReading<Period> {
    let dayFirst = Self.period(year, second, first, nil)
    let monthFirst = Self.period(year, first, second, nil)
    let readings = [dayFirst, monthFirst].compactMap { $0 }
    guard let one = readings.first, let other = readings.last else {
      return .invalid("\"\(text)\" is not a date. Write it as \(Self.example(kind)).")
    }
    if one == other { return .value(Self.asMonth(one, kind)) }
    switch dateOrder {
    case .dayFirst: return .value(Self.asMonth(one, kind))
    case .monthFirst: return .value(Self.asMonth(other, kind))
    case .unknown: return .ambiguous("\"\(text)\" can be \(one) or \(other). Write it as one of these.")
    }
  }

  /// The day, or nil where there is no such day; or, where a kind other than days is expected, no end of a month.
  private static func period(_ year: Int, _ month: Int, _ day: Int, _ kind: PeriodKind?) -> Period? {
    guard let date = Day(year: year, month: month, day: day) else { return nil }
    let period = Period(date)
    return kind == .month && asMonth(period, kind) == period ? nil : period
  }

  /// Where months are expected, the month whose first or last day this is.
  private static func asMonth(_ period: Period, _ kind: PeriodKind?) -> Period {
    guard kind == .month, let day = period.day else { return period }
    let civil = day.civil
    let isLast = day.advanced(by: 1).civil.day == 1
    guard civil.day == 1 || isLast, let month = Period(.month, year: civil.year, index: civil.month) else {
      return period
    }
    return month
  }

  static func example(_ kind: PeriodKind?) -> String {
    switch kind {
    case .day: "2026-03-14"
    case .week: "2026-W11"
    case .quarter: "2026-Q1"
    case .half: "2026-H1"
    case .year: "2026"
    default: "2026-03"
    }
  }
}
