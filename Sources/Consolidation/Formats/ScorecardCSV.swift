import Calculation
import LedgerModel

/// The scorecard as CSV after RFC 4180: one line for each goal and each KPI, exact figures, blank where there is none.
///
/// Where KPIs are left out, a line of the type `omitted` for each goal says how many.
/// Texts that a spreadsheet would take for a formula get an apostrophe in front; numbers stay numbers.
public struct ScorecardCSV: Sendable {
  private let scorecard: Scorecard

  /// The format of one scorecard.
  public init(_ scorecard: Scorecard) { self.scorecard = scorecard }

  /// The columns, in order. Others may be added at the end.
  public static let columns = [
    "type", "id", "name", "class", "goal", "department", "unit", "direction", "period", "actual", "target",
    "target_low", "target_high", "achievement", "gap", "time_elapsed", "pace", "landing", "shortfall",
    "needed_per_day", "ytd_actual", "ytd_target", "ytd_achievement", "ytd_periods", "score", "outlook", "status",
    "at_risk", "weight", "coverage", "owner", "decision", "flags", "as_of", "source",
    "trend", "year_target", "year_landing", "year_shortfall", "missing_sources", "rates", "series_breaks",
  ]

  /// The text, UTF-8 without a byte order mark, lines ended by CR LF as the RFC asks.
  public func text() -> String {
    var csv = CSVWriter(reserving: 512 + scorecard.kpis.count * 512)
    for column in Self.columns { csv.text(column) }
    csv.endLine()
    for goal in scorecard.goals { write(goal, &csv) }
    for kpi in scorecard.kpis { write(kpi, &csv) }
    for (goal, count) in scorecard.omitted.sorted(by: { $0.key < $1.key }) { write(omitted: count, of: goal, &csv) }
    return csv.result
  }

  private func write(_ goal: GoalResult, _ csv: inout CSVWriter) {
    csv.text("goal")
    csv.foreign(goal.id)
    csv.foreign(goal.name)
    csv.blank()
    csv.foreign(goal.parent)
    csv.blank(3)
    csv.text(scorecard.period.description)
    csv.blank(15)
    csv.number(goal.score)
    csv.number(goal.outlook)
    csv.text(goal.status.rawValue)
    csv.blank()
    csv.number(goal.weight)
    csv.text(goal.coverage.description)
    csv.foreign(goal.owner)
    csv.blank()
    csv.foreign(Self.text(goal.flags))
    csv.text(scorecard.asOf.description)
    csv.foreign(scorecard.source)
    csv.blank(7)
    csv.endLine()
  }

  private func write(omitted count: Int, of goal: String, _ csv: inout CSVWriter) {
    csv.text("omitted")
    csv.blank()
    csv.text("\(count) more KPIs")
    csv.blank()
    csv.foreign(goal)
    csv.blank(28)
    csv.text(scorecard.asOf.description)
    csv.foreign(scorecard.source)
    csv.blank(7)
    csv.endLine()
  }

  private func write(_ kpi: KPIResult, _ csv: inout CSVWriter) {
    csv.text("kpi")
    csv.text(kpi.id.description)
    csv.foreign(kpi.name)
    csv.text(kpi.kind.rawValue)
    csv.foreign(kpi.goal)
    csv.text(kpi.department)
    csv.foreign(kpi.unit.id)
    csv.text(kpi.direction?.rawValue)
    csv.text(kpi.period.description)
    figures(of: kpi, &csv)
    csv.number(kpi.score)
    csv.number(kpi.outlook)
    csv.text(kpi.status?.rawValue)
    csv.text(kpi.atRisk ? "yes" : "no")
    csv.number(kpi.weight)
    csv.text(kpi.coverage?.description)
    csv.foreign(kpi.owner)
    csv.foreign(kpi.decision)
    csv.foreign(Self.text(kpi.flags))
    csv.text(scorecard.asOf.description)
    csv.foreign(scorecard.source)
    added(of: kpi, &csv)
    csv.endLine()
  }

  private func figures(of kpi: KPIResult, _ csv: inout CSVWriter) {
    csv.number(kpi.actual)
    csv.target(kpi.target)
    csv.number(kpi.achievement)
    csv.number(kpi.gap)
    csv.number(kpi.timeElapsed)
    csv.text(kpi.pace?.rawValue)
    csv.number(kpi.landing)
    csv.number(kpi.shortfall)
    csv.number(kpi.neededPerDay)
    csv.number(kpi.yearToDate.actual)
    csv.number(kpi.yearToDate.target?.value)
    csv.number(kpi.yearToDate.achievement)
    csv.text(kpi.yearToDate.periods.description)
  }

  /// The columns that came later, so that those before them keep their places.
  private func added(of kpi: KPIResult, _ csv: inout CSVWriter) {
    csv.text(kpi.trend?.rawValue)
    csv.number(kpi.year.target?.value)
    csv.number(kpi.year.landing)
    csv.number(kpi.year.shortfall)
    csv.text(kpi.missingSources.map(\.description).joined(separator: " "))
    csv.foreign(
      kpi.rates.map { "\($0.source)-\($0.target) \($0.period) \($0.rate) \($0.kind)" }.joined(separator: "; "))
    csv.text(kpi.series.filter(\.startsSeries).map(\.period.description).joined(separator: " "))
  }

  private static func text(_ flags: [Flag]) -> String {
    flags.map { "\($0.kind.rawValue): \($0.reason)" }.joined(separator: "; ")
  }
}
