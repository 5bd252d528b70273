import Calculation
import LedgerModel

/// Reads the CSV files of a ledger: actuals and exchange rates.
enum CSVFile {
  /// The columns of a file of exchange rates.
  static let rateDecoder = ActualsDecoder(inputs: ["average", "closing"])

  /// Actuals; rows that cannot be read are left out, with findings.
  static func actuals(path: String, bytes: [UInt8], id: KPIID, definition: Definition?) -> DecodedFile {
    let decoder = definition.map { ActualsDecoder($0) } ?? ActualsDecoder()
    let (actuals, findings) = decoder.decode(bytes, file: path)
    return DecodedFile(path: path, content: .actuals(id, actuals), findings: findings)
  }

  /// Exchange rates, which are read as actuals with two inputs.
  static func rates(path: String, bytes: [UInt8], pair: String) -> DecodedFile {
    var (rows, findings) = rateDecoder.decode(bytes, file: path)
    var rates = ExchangeRates()
    let average = rows.values(of: "average")
    let closing = rows.values(of: "closing")
    for (row, period) in rows.periods.enumerated() {
      let rate = ExchangeRates.Rate(average: average?[row], closing: closing?[row])
      if isPositive(rate.average), isPositive(rate.closing) {
        rates.byPeriod[period] = rate
      } else {
        let place = RowPlaces(bytes, decoder: rateDecoder).position(of: rows, row: row)
        findings.append(
          Finding(
            .error, rule: "out-of-range", file: path, at: place,
            "An exchange rate of \(period) is not above zero: correct it, or leave it blank."))
      }
    }
    return DecodedFile(path: path, content: .rates(pair, rates), findings: findings)
  }

  private static func isPositive(_ rate: Quantity?) -> Bool { rate.map { $0 > 0 } ?? true }
}

/// Where the rows of an actuals file stand in its text; made only when there is something to report.
struct RowPlaces {
  private let table: CSVTable
  private let periods: PeriodFormat
  private let decoder: ActualsDecoder

  init(_ bytes: [UInt8], decoder: ActualsDecoder) {
    let table = SpreadsheetReader.table(bytes)
    self.table = table
    self.decoder = decoder
    let column = table.column("period") ?? 0
    periods = PeriodFormat(
      evidence: table.rows.indices.map { table.text(row: $0, column: column) }, kind: decoder.period)
  }

  /// The line of a row of the actuals; of its cell where a column is named.
  func position(of actuals: Actuals, row: Int, column name: String = "period") -> Position {
    let column = table.column(name) ?? 0
    let line = isRow(row, row, of: actuals) ? row : table.rows.indices.first { isRow($0, row, of: actuals) }
    return line.map { table.position(row: $0, column: column) } ?? .start
  }

  /// Whether a line of the table holds a row of the actuals.
  private func isRow(_ line: Int, _ row: Int, of actuals: Actuals) -> Bool {
    guard table.rows.indices.contains(line) else { return false }
    guard periods.read(text(line, "period")).value == actuals.periods[row] else { return false }
    return actuals.dimensions.allSatisfy { text(line, $0.name) == $0.values[row] }
  }

  private func text(_ line: Int, _ name: String) -> String {
    table.column(name).map { CSVTable.trimmed(table.text(row: line, column: $0)) } ?? ""
  }
}
