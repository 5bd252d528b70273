import Calculation
import LedgerModel

/// The scorecard as CSV after RFC 4180: one line for each goal and each KPI, exact figures, blank where there is none.
///
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
  ]

  /// The text, UTF-8 without a byte order mark, lines ended by CR LF as the RFC asks.
  public func text() -> String {
    var text = ""
    text.reserveCapacity(512 + scorecard.kpis.count * 384)
    append(Self.columns, to: &text)
    for goal in scorecard.goals { append(line(goal), to: &text) }
    for kpi in scorecard.kpis { append(line(kpi), to: &text) }
    return text
  }

  private func line(_ goal: GoalResult) -> [String] {
    var cells = ["goal", Self.safe(goal.id), Self.safe(goal.name), "", Self.safe(goal.parent), "", "", ""]
    cells += [scorecard.period.description] + Array(repeating: "", count: 15)
    cells += [Self.cell(goal.score), Self.cell(goal.outlook), goal.status.rawValue, "", goal.weight.description]
    cells += [goal.coverage.description, Self.safe(goal.owner), "", Self.cell(goal.flags)]
    return cells + [scorecard.asOf.description, Self.safe(scorecard.source)]
  }

  private func line(_ kpi: KPIResult) -> [String] {
    var cells = ["kpi", kpi.id.description, Self.safe(kpi.name), kpi.kind.rawValue, Self.safe(kpi.goal)]
    cells += [kpi.department, Self.safe(kpi.unit.id), kpi.direction?.rawValue ?? "", kpi.period.description]
    cells += [Self.cell(kpi.actual)] + Self.cells(kpi.target)
    cells += [Self.cell(kpi.achievement), Self.cell(kpi.gap), Self.cell(kpi.timeElapsed), kpi.pace?.rawValue ?? ""]
    cells += [Self.cell(kpi.landing), Self.cell(kpi.shortfall), Self.cell(kpi.neededPerDay)]
    cells += [Self.cell(kpi.yearToDate.actual), Self.cells(kpi.yearToDate.target)[0]]
    cells += [Self.cell(kpi.yearToDate.achievement), kpi.yearToDate.periods.description]
    cells += [Self.cell(kpi.score), Self.cell(kpi.outlook), kpi.status?.rawValue ?? "", kpi.atRisk ? "yes" : "no"]
    cells += [kpi.weight.description, kpi.coverage?.description ?? "", Self.safe(kpi.owner), Self.safe(kpi.decision)]
    return cells + [Self.cell(kpi.flags), scorecard.asOf.description, Self.safe(scorecard.source)]
  }

  private func append(_ cells: [String], to text: inout String) {
    var isFirst = true
    for cell in cells {
      if !isFirst { text += "," }
      isFirst = false
      text += Self.quoted(cell)
    }
    text += "\r\n"
  }

  private static func cell(_ value: Quantity?) -> String { value?.description ?? "" }

  private static func cell(_ flags: [Flag]) -> String {
    safe(flags.map { "\($0.kind.rawValue): \($0.reason)" }.joined(separator: "; "))
  }

  /// A target's one value, or a band's low and high, in three columns.
  private static func cells(_ target: Target?) -> [String] {
    switch target {
    case nil: ["", "", ""]
    case .value(let value): [value.description, "", ""]
    case .band(let low, let high, _): ["", low.description, high.description]
    }
  }

  /// The text with an apostrophe in front where a spreadsheet would run it (`=`, `+`, `-`, `@`, tab, return).
  static func safe(_ text: String?) -> String {
    guard let text else { return "" }
    let start = text.unicodeScalars.first { $0 != " " }
    guard let start, "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(start) else { return text }
    return "'" + text
  }

  static func quoted(_ cell: String) -> String {
    let special: Set<UInt8> = [0x2C, 0x22, 0x0A, 0x0D]
    guard cell.utf8.contains(where: special.contains) else { return cell }
    var text = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
