public import Calculation
public import Consolidation
import LedgerModel

/// The flag on a KPI's line of the scorecard whose figures rest on values that were restated.
public enum RestatementFlag {
  /// `2010-03 was 1,234 until 2011-02-03 (Ana Ruiz)`; nil where nothing that the period or the year to date rests on
  /// was restated.
  ///
  /// A change of before the value's period began is a plan put right, and no restatement. Of each value its last change
  /// counts; the newest changes are named, the others counted.
  /// - Parameters:
  ///   - restatements: the KPI's, oldest first, as `Restatements.of` gives them
  ///   - result: the KPI's line
  ///   - calendar: the ledger's
  ///
  /// Days are those of UTC, so that every machine says the same.
  public static func flag(
    _ restatements: [Restatement], of result: KPIResult, calendar: FiscalCalendar
  ) -> Flag? {
    guard !restatements.isEmpty else { return nil }
    let shown = days(of: result, calendar)
    var last: [Value: Restatement] = [:]
    for restatement in restatements {
      let phase = PeriodPhase(of: restatement.period, at: restatement.change.seconds, calendar)
      guard shown.contains(calendar.days(of: restatement.period).lowerBound), phase != .ahead else { continue }
      last[Value(restatement)] = restatement
    }
    guard !last.isEmpty else { return nil }
    let newest = last.values.sorted {
      ($1.change.seconds, $0.row, $0.input) < ($0.change.seconds, $1.row, $1.input)
    }
    let texts = newest.prefix(3).map { text($0, result) }
    let more = newest.count > texts.count ? " and \(newest.count - texts.count) more" : ""
    return Flag(.restated, texts.joined(separator: "; ") + more)
  }

  /// The second from which on commits can have restated what a scorecard of a period shows: a year before its own, for
  /// KPIs that are recorded so seldom that they show the year before.
  static func beginning(of period: Period, _ calendar: FiscalCalendar) -> Int64 {
    let year = calendar.period(.year, containing: calendar.days(of: period).lowerBound)
    // A week belongs to the year of its Thursday, and may begin before it.
    return Int64(calendar.days(of: year.previous).lowerBound.daysSince1970 - 7) * 86_400
  }

  private struct Value: Hashable {
    let row: String
    let input: String

    init(_ restatement: Restatement) { (row, input) = (restatement.row, restatement.input) }
  }

  /// From the first day of the fiscal year to the last of the period.
  private static func days(of result: KPIResult, _ calendar: FiscalCalendar) -> Range<Day> {
    let period = calendar.days(of: result.period)
    let year = calendar.period(.year, containing: period.upperBound.advanced(by: -1))
    return min(calendar.days(of: year).lowerBound, period.lowerBound)..<period.upperBound
  }

  private static func text(_ restatement: Restatement, _ result: KPIResult) -> String {
    let row = ([restatement.period.description] + restatement.dimensions).joined(separator: " ")
    let isValue = restatement.input == "value"
    let name = isValue ? row : "\(row) \(restatement.input)"
    let figure = FigureText().text(restatement.from, in: isValue ? result.unit : UnitLabel(id: nil))
    return "\(name) was \(figure) until \(UTCTime.day(restatement.change.seconds)) (\(restatement.change.by.name))"
  }
}
