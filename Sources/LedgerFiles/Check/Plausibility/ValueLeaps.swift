import Calculation
import LedgerModel

/// Values that are off by a power of ten against the values before them: a slipped decimal point, thousands entered as
/// ones, a year's total in a month's row.
///
/// Each input of each combination of dimensions is a series of its own, which ends where the calculation changes. A row's
/// note silences it. After three such values in a row the new level is taken for real.
struct ValueLeaps {
  /// A value that is out of place.
  struct Leap {
    let row: Int
    let input: String
    let value: Quantity
    let level: Level
    let power: PowerOfTen
    /// The first and last period that it was compared with.
    let compared: (first: Period, last: Period)
  }

  private let actuals: Actuals
  private let history: CalculationHistory

  init(_ actuals: Actuals, _ history: CalculationHistory) {
    self.actuals = actuals
    self.history = history
  }

  func leaps() -> [Leap] {
    actuals.inputs.flatMap { column in
      series().flatMap { leaps(in: $0, of: column) }
    }.sorted { $0.row < $1.row }
  }

  /// The rows of each combination of dimensions, in the order of their periods.
  private func series() -> [[Int]] {
    guard !actuals.dimensions.isEmpty else { return [Array(actuals.periods.indices)] }
    let rows = Dictionary(grouping: actuals.periods.indices) { row in actuals.dimensions.map { $0.values[row] } }
    return Array(rows.values)
  }

  private func leaps(in rows: [Int], of column: Actuals.Column<Quantity?>) -> [Leap] {
    var leaps: [Leap] = []
    var known: [(row: Int, value: Quantity)] = []
    var strange: [(row: Int, value: Quantity)] = []
    var calculation: KPICalculation?
    for row in rows {
      guard let value = column.values[row], !value.isZero else { continue }
      let now = history.calculation(for: actuals.periods[row])
      if let calculation, calculation != now { (known, strange) = ([], []) }
      calculation = now
      guard let leap = leap(row, value, column.name, after: known) else {
        known.append((row, value))
        strange = []
        continue
      }
      if !hasNote(row) { leaps.append(leap) }
      strange.append((row, value))
      if strange.count == Level.least { (known, strange) = (strange, []) }
    }
    return leaps
  }

  private func leap(
    _ row: Int, _ value: Quantity, _ input: String, after known: [(row: Int, value: Quantity)]
  ) -> Leap? {
    guard known.count >= Level.least, let last = known.last else { return nil }
    // Within the spread of the values before it this one cannot be eight times their median.
    let (own, before) = (value.magnitude, last.value.magnitude)
    if own < before * 4, before < own * 4 { return nil }
    let compared = known.suffix(Level.window)
    guard let level = Level(of: compared.lazy.map(\.value)), let first = compared.first,
      let power = PowerOfTen(of: value, against: level.median)
    else { return nil }
    return Leap(
      row: row, input: input, value: value, level: level, power: power,
      compared: (actuals.periods[first.row], actuals.periods[last.row]))
  }

  private func hasNote(_ row: Int) -> Bool { !actuals.notes.isEmpty && !actuals.notes[row].isEmpty }
}
