import Calculation
import LedgerModel

/// The columns of an actuals file in their canonical order, and how a row is written in them.
struct ActualsLayout {
  private let dimensions: [String]
  private let inputs: [String]
  private let hasStatus: Bool
  private let hasNote: Bool

  init(_ actuals: Actuals, _ columns: [String]) {
    dimensions = actuals.dimensions.map(\.name)
    let names = actuals.inputs.map(\.name)
    let known = columns.filter(names.contains)
    inputs = known + names.filter { !known.contains($0) }
    hasStatus = columns.contains("status") || actuals.statuses.contains { $0 != .final }
    hasNote = columns.contains("note") || actuals.notes.contains { !$0.isEmpty }
  }

  private var header: [String] {
    ["period"] + dimensions + inputs + (hasStatus ? ["status"] : []) + (hasNote ? ["note"] : [])
  }

  /// Whether these are the columns, in this order.
  func isExactly(_ columns: [String]) -> Bool { header == columns }

  /// Whether there is a column for everything in the row.
  func holds(_ row: ActualsRow) -> Bool {
    (hasStatus || row.status == .final) && (hasNote || row.note.isEmpty)
      && row.values.keys.allSatisfy(inputs.contains) && row.dimensions.count == dimensions.count
  }

  func writeHeader(to bytes: inout [UInt8]) {
    CSVWriter.write(header, to: &bytes)
  }

  func write(_ row: ActualsRow, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: row.period.description.utf8)
    for name in row.dimensions {
      bytes.append(0x2C)
      CSVWriter.write(name, to: &bytes)
    }
    for input in inputs {
      bytes.append(0x2C)
      if let value = row.values[input] { value.write(to: &bytes) }
    }
    if hasStatus {
      bytes.append(0x2C)
      if row.status != .final { bytes.append(contentsOf: row.status.rawValue.utf8) }
    }
    if hasNote {
      bytes.append(0x2C)
      CSVWriter.write(row.note, to: &bytes)
    }
    bytes.append(0x0A)
  }
}
