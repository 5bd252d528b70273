import LedgerFiles
import LedgerModel

@testable import Merging

/// A CSV text taken apart without the code under test: its rows as bags of cells, blank ones left out.
struct TableRows {
  let header: [String]
  let rows: [[String: String]]
  let parses: Bool

  init(_ bytes: [UInt8]) {
    let table = CSVTable(parsing: bytes)
    let header = table.header
    self.header = header
    parses = table.faults.isEmpty && !header.contains("")
    rows = table.rows.indices.map { row in
      let cells = header.indices.map { (header[$0], CellText.trimmed(table.text(row: row, column: $0))) }
      return Dictionary(cells.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
    }
  }

  private init(header: [String], rows: [[String: String]]) {
    self.header = header
    self.rows = rows
    parses = true
  }

  func without(_ column: String) -> TableRows { only(header.filter { $0 != column }) }

  func only(_ columns: [String]) -> TableRows {
    TableRows(
      header: header.filter(columns.contains), rows: rows.map { $0.filter { columns.contains($0.key) } })
  }

  /// The rows as sorted cells, without some columns, counted.
  private func bags(without columns: Set<String>) -> [[String]: Int] {
    rows.reduce(into: [:]) { $0[Self.bag($1, without: columns), default: 0] += 1 }
  }

  private static func bag(_ row: [String: String], without columns: Set<String>) -> [String] {
    row.filter { !columns.contains($0.key) }.map(\.value).sorted()
  }

  /// What a merge lost of one side's rows: neither in the result, nor held, nor unchanged by this side and removed or
  /// changed by the other.
  static func losses(
    _ side: String, base: TableRows, changed: TableRows, other: TableRows, result: TableRows, held: [HeldChange]
  ) -> [String] {
    let removed = Set(base.header).subtracting(other.header)
    var left = result.bags(without: removed)
    let notInBase = Set(changed.header).subtracting(base.header)
    let old = Set(base.rows.map { bag($0, without: Set(base.header).subtracting(changed.header)) })
    var losses: [String] = []
    for row in changed.rows {
      let cells = bag(row, without: removed)
      if let count = left[cells], count > 0 {
        left[cells] = count - 1
        continue
      }
      if old.contains(bag(row, without: notInBase)) { continue }
      if result.rows.contains(where: { isPart(cells, of: $0.values.sorted()) }) { continue }
      if held.contains(where: { shows($0, row) }) { continue }
      losses.append("\(side)'s row \(row)")
    }
    return losses
  }

  private static func isPart(_ cells: [String], of row: [String]) -> Bool {
    var rest = row[...]
    return cells.allSatisfy { cell in
      guard let index = rest.firstIndex(of: cell) else { return false }
      rest.remove(at: index)
      return true
    }
  }

  /// Whether a held row has each of a row's cells, in its name or in its values.
  private static func shows(_ held: HeldChange, _ row: [String: String]) -> Bool {
    let meanings: [YAMLValue]
    switch held.proposed?.meaning {
    case .map(let values)? where held.key.row != nil: meanings = values.map(\.value)
    case .string(let note)? where held.key.note != nil: meanings = [.string(note)]
    default: return false
    }
    return row.values.allSatisfy { cell in
      held.key.text.contains(cell.replacing("\"", with: "\"\"")) || meanings.contains(CellText.meaning(cell))
    }
  }
}
