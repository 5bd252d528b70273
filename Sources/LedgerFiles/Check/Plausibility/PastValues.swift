import Calculation
import LedgerModel

/// A KPI's actuals against what they were before.
struct PastValues {
  private struct Cell: Hashable {
    let period: Period
    let dimensions: [String]
    let input: String
  }

  private let path: String
  private let bytes: [UInt8]
  private let decoder: ActualsDecoder
  private let actuals: Actuals
  /// By what is asked of an earlier version, the row.
  private let rows: [Cell: Int]

  init(_ definition: Definition, _ bytes: [UInt8]) {
    path = definition.id.actualsPath
    self.bytes = bytes
    decoder = ActualsDecoder(definition)
    actuals = decoder.decode(bytes, file: path).actuals
    var rows: [Cell: Int] = [:]
    for column in actuals.inputs {
      for (row, value) in column.values.enumerated() where value != nil {
        guard actuals.notes.isEmpty || actuals.notes[row].isEmpty else { continue }
        let dimensions = actuals.dimensions.map { $0.values[row] }
        rows[Cell(period: actuals.periods[row], dimensions: dimensions, input: column.name)] = row
      }
    }
    self.rows = rows
  }

  func findings(_ versions: () throws -> EarlierVersion?) throws -> [Finding] {
    var found: [(cell: Cell, rule: String, text: String)] = []
    var zeros = Set(rows.keys.filter { value(of: $0)?.isZero ?? false })
    var isNewest = true
    while isNewest || !zeros.isEmpty, let version = try versions() {
      defer { isNewest = false }
      guard let before = version.before else { break }
      let changes = RowChanges(from: before, to: version.after, dimensions: decoder.dimensions)
      if zeros.isEmpty, !changes.takesRowsAway { continue }
      for row in changes.rows() {
        for (input, now) in row.after?.values ?? [:] {
          let cell = Cell(period: row.period, dimensions: row.dimensions, input: input)
          let then = row.before?.values[input]
          if zeros.contains(cell), then?.isZero != true {
            zeros.remove(cell)
            if then == nil, now.isZero, row.before != nil || isGap(row, in: before) {
              found.append((cell, "blank-to-zero", try Self.blank(version)))
            }
          }
          if isNewest, let then, value(of: cell) == now, let power = PowerOfTen(of: now, against: then) {
            found.append((cell, "power-of-ten", try Self.slip(now, then, power, version)))
          }
        }
      }
    }
    return placed(found)
  }

  private func value(of cell: Cell) -> Quantity? {
    rows[cell].flatMap { actuals.values(of: cell.input)?[$0] }
  }

  /// Whether a version had rows before and after one that it had not: a period that was passed over.
  private func isGap(_ row: RowChanges.Row, in bytes: [UInt8]) -> Bool {
    let past = ActualsDecoder(inputs: nil, dimensions: decoder.dimensions).decode(bytes, file: path).actuals
    let periods = past.periods.indices.filter { index in past.dimensions.map { $0.values[index] } == row.dimensions }
      .map { past.periods[$0] }
    return periods.contains { $0 < row.period } && periods.contains { $0 > row.period }
  }

  private static func blank(_ version: EarlierVersion) throws -> String {
    "which was blank before \(try version.change()). A blank is missing, never 0: take the 0 out, or say in the row's "
      + "note that it is one."
  }

  private static func slip(
    _ now: Quantity, _ then: Quantity, _ power: PowerOfTen, _ version: EarlierVersion
  ) throws -> String {
    "which was \(then) before \(try version.change()): \(now) is \(power.words) that. Correct the row, or say in its "
      + "note why."
  }

  private func placed(_ found: [(cell: Cell, rule: String, text: String)]) -> [Finding] {
    guard !found.isEmpty else { return [] }
    let places = RowPlaces(bytes, decoder: decoder)
    return found.compactMap { cell, rule, text in
      guard let row = rows[cell], let value = value(of: cell) else { return nil }
      let name = ([cell.period.description] + cell.dimensions).joined(separator: " ")
      return Finding(
        .warning, rule: rule, file: path, at: places.position(of: actuals, row: row, column: cell.input),
        "\(name) has the \(cell.input) \(value), \(text)")
    }
  }
}
