import Calculation
import LedgerModel

/// Targets that are off by a power of ten against what was recorded, or against the other targets.
struct TargetLeaps {
  /// Targets of one value that are out of place in the same way.
  struct Leap {
    var periods: [Period]
    let value: Quantity
    let power: PowerOfTen
    /// As `the median of the 12 values before it, 2013-02 to 2014-01: 5.82`.
    let compared: String
  }

  private let definition: Definition
  private let calendar: FiscalCalendar
  private let figures: [(period: Period, figure: Quantity)]
  private let targets: [(period: Period, value: Quantity)]
  private let accrues: Bool

  init(_ definition: Definition, _ actuals: Actuals?, _ history: CalculationHistory, calendar: FiscalCalendar) {
    self.definition = definition
    self.calendar = calendar
    let calculation = definition.calculation
    figures = Self.figures(actuals, calculation, history)
    targets = definition.targets.compactMap { period, target in
      let value =
        switch target {
        case .value(let value): value
        case .band(_, let high, _): high
        }
      return value.isZero ? nil : (period, value)
    }.sorted { $0.period < $1.period }
    let accrual = Accrual(of: calculation.formula, profile: calculation.profile) { name in
      guard case .input(let input) = name else { return true }
      return calculation.inputs.contains { $0.name == input && $0.aggregate == .sum }
    }
    accrues = accrual == .flow
  }

  /// What the present calculation makes of each row; nothing where rows are only parts of a figure.
  private static func figures(
    _ actuals: Actuals?, _ calculation: KPICalculation, _ history: CalculationHistory
  ) -> [(period: Period, figure: Quantity)] {
    guard let actuals, calculation.dimensions.isEmpty else { return [] }
    return actuals.periods.indices.compactMap { row in
      guard history.calculation(for: actuals.periods[row]) == calculation else { return nil }
      let figure = calculation.formula.evaluate { name in
        guard case .input(let input) = name else { return nil }
        return actuals.values(of: input)?[row]
      }
      return figure.flatMap { $0.isZero ? nil : (actuals.periods[row], $0) }
    }
  }

  func leaps() -> [Leap] {
    var leaps: [Leap] = []
    for target in targets {
      guard let leap = leap(target.period, target.value) else { continue }
      if let last = leaps.last, last.value == leap.value, last.power == leap.power {
        leaps[leaps.count - 1].periods.append(target.period)
      } else {
        leaps.append(leap)
      }
    }
    return leaps
  }

  /// What was recorded decides; only where that says nothing, the other targets do.
  private func leap(_ period: Period, _ value: Quantity) -> Leap? {
    guard let (level, compared) = recorded(before: period) ?? others(than: period) else { return nil }
    return PowerOfTen(of: value, against: level).map {
      Leap(periods: [period], value: value, power: $0, compared: compared)
    }
  }

  /// The level of the figures before a period, of the first ones there are where it is older than they; what accrues
  /// is added up to the length of the period.
  private func recorded(before period: Period) -> (Quantity, String)? {
    let start = calendar.days(of: period).lowerBound
    let before = figures.prefix { calendar.days(of: $0.period).upperBound <= start }.suffix(Level.window)
    let used = before.count >= Level.least ? before : figures.prefix(Level.window)
    guard let level = Level(of: used.lazy.map(\.figure)), let first = used.first?.period, let last = used.last?.period,
      let count = parts(of: period)
    else { return nil }
    let median = level.median * Quantity(count)
    let times = count == 1 ? "" : "\(count) times "
    return (median, "\(times)the median of the \(level.count) figures of \(first) to \(last), which is \(level.median)")
  }

  /// How many recorded periods go into a target's; nil where that cannot be said.
  private func parts(of period: Period) -> Int? {
    let kind = definition.calculation.period
    guard period.kind >= kind else { return nil }
    guard period.kind != kind, accrues else { return 1 }
    let count = calendar.children(of: period, kind: kind).count
    return count > 0 ? count : nil
  }

  private func others(than period: Period) -> (Quantity, String)? {
    let others = targets.filter { $0.period.kind == period.kind && $0.period != period }
    let before = others.filter { $0.period < period }.suffix(Level.window)
    let used = before.count >= Level.least ? before : others.prefix(Level.window)
    guard let level = Level(of: used.lazy.map(\.value)), let first = used.first?.period, let last = used.last?.period
    else { return nil }
    return (level.median, "the median of the \(level.count) targets of \(first) to \(last), which is \(level.median)")
  }
}
