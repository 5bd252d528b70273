import Calculation
import LedgerFiles
import LedgerModel

extension FuzzTarget {
  /// Reading CSV as it stands and as a spreadsheet may have written it, and writing actuals.
  static let csv = FuzzTarget(
    name: "csv", words: csvWords,
    seeds: { Seeds.ledgerFiles.filter { $0.path.hasSuffix(".csv") }.map(\.bytes) },
    fault: { bytes in
      first(
        { table(CSVTable(parsing: bytes)) }, { table(CSVTable(parsing: bytes, delimiter: UInt8(ascii: ";"))) },
        { table(SpreadsheetReader.table(bytes)) }, { actuals(bytes) })
    })

  private static func table(_ table: CSVTable) -> String? {
    var text: [UInt8] = []
    CSVWriter.write(table.header, to: &text)
    for row in table.rows.indices {
      let cells = table.header.indices.map { table.text(row: row, column: $0) }
      CSVWriter.write(cells, to: &text)
      _ = table.position(row: row, column: 0)
    }
    guard table.faults.isEmpty, table.headerRow != nil, !table.hasEmptyLines else { return nil }
    let again = CSVTable(parsing: text)
    if again.header != table.header { return "written anew the header is \(again.header)" }
    for row in table.rows.indices {
      for column in table.header.indices
      where again.text(row: row, column: column) != table.text(row: row, column: column) {
        return "written anew row \(row) differs"
      }
    }
    return nil
  }

  private static func actuals(_ bytes: [UInt8]) -> String? {
    let decoders = [
      ActualsDecoder(),
      ActualsDecoder(inputs: ["won", "decided"], dimensions: ["region"], period: PeriodKind.month),
    ]
    for decoder in decoders {
      let (actuals, findings) = decoder.decode(bytes, file: "a.csv")
      for finding in findings where finding.position.line < 1 || finding.position.column < 1 {
        return "a finding outside the text"
      }
      if let row = actuals.periods.indices.first.map({ actuals.row($0) }) {
        _ = ActualsWriter.upserting(row, in: bytes, decoder: decoder)
        _ = ActualsWriter.removing(row.period, dimensions: row.dimensions, from: bytes, decoder: decoder)
      }
      // Without a definition, other columns may be read once a name has another delimiter in it.
      guard decoder.inputs != nil, let fixed = ActualsWriter.canonical(bytes, decoder: decoder) else { continue }
      let again = decoder.decode(fixed, file: "a.csv")
      if again.findings.contains(where: { $0.severity == .error }) { return "its canonical form has errors" }
      if rows(again.actuals) != rows(actuals) { return "its canonical form means something else" }
      if ActualsWriter.canonical(fixed, decoder: decoder) != fixed { return "its canonical form has another" }
    }
    return nil
  }

  private static func rows(_ actuals: Actuals) -> [ActualsRow] { actuals.periods.indices.map { actuals.row($0) } }
}
