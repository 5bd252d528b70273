import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// What happened to a goalpost and why it is listed, in one sentence.
struct GoalpostText {
  private let unit: UnitLabel
  private let day: Day

  /// - Parameters:
  ///   - unit: how the KPI's figures are shown
  ///   - day: of the change
  init(_ unit: UnitLabel, _ day: Day) {
    self.unit = unit
    self.day = day
  }

  func eased(_ period: Period, from old: Target, to new: Target?, _ standing: PeriodFigures) -> String {
    let figure = FigureText()
    let change =
      new.map { "eased from \(figure.text(old, in: unit)) to \(figure.text($0, in: unit))" + tolerance(old, $0) }
      ?? "of \(figure.text(old, in: unit)) taken away"
    return "target \(period) \(change) on \(day), when it \(stood(standing))"
  }

  func lowered(
    from old: Thresholds, to new: Thresholds, _ period: Period, _ standing: PeriodFigures
  ) -> String {
    "\(thresholds(old, new)) on \(day), when \(period) \(stood(standing))"
  }

  /// - Parameter red: how many KPIs had been red by the old ones
  func lowered(from old: Thresholds, to new: Thresholds, red: Int) -> String {
    "\(thresholds(old, new)) for every KPI without thresholds of its own on \(day), when \(red) of them "
      + "\(red == 1 ? "was" : "were") red"
  }

  func revised(
    _ row: String, _ values: [(input: String, from: Quantity, to: Quantity?)], _ look: Goalpost.Look
  ) -> String {
    let changes = values.map { value in
      let name = value.input == "value" ? "" : "\(value.input) "
      return "\(name)from \(value.from) to \(value.to?.description ?? "nothing")"
    }
    return "\(row) revised \(changes.joined(separator: ", ")) on \(day), \(before(look))"
  }

  private func stood(_ standing: PeriodFigures) -> String {
    let figure = FigureText()
    let heading =
      standing.landing.flatMap { $0 == standing.actual ? nil : ", heading for \(figure.text($0, in: unit))" } ?? ""
    return "stood at \(figure.text(standing.actual, in: unit)) (red\(heading))"
  }

  private func tolerance(_ old: Target, _ new: Target) -> String {
    guard case .band(_, _, let before) = old, case .band(_, _, let after) = new, before != after else { return "" }
    return ", tolerance from \(before) to \(after)"
  }

  private func thresholds(_ old: Thresholds, _ new: Thresholds) -> String {
    let parts = [("green", old.green, new.green), ("amber", old.amber, new.amber)].filter { $0.1 != $0.2 }
    return parts.map { "\($0.0) moved from \($0.1) to \($0.2)" }.joined(separator: " and ")
  }

  private func before(_ look: Goalpost.Look) -> String {
    let days = UTCTime.day(look.seconds).daysSince1970 - day.daysSince1970
    let when = days == 0 ? "on the day of" : days == 1 ? "1 day before" : "\(days) days before"
    switch LedgerPath(look.file) {
    case .review(let department, _): return "\(when) the review of \(look.period) in \(department)"
    case .close(let scope, _):
      return "\(when) the close of \(look.period) for \(scope == "company" ? "the company" : scope)"
    default: return when
    }
  }
}
