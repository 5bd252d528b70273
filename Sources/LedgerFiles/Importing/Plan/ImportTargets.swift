import Calculation
import LedgerModel

/// The targets that a table gives a KPI.
struct ImportTargets {
  private struct Planned {
    let value: Quantity
    /// The record that says so first.
    let record: Int
    let row: Int
    let origin: ImportOrigin
  }

  private var order: [Period] = []
  private var planned: [Period: Planned] = [:]
  private(set) var findings: [Finding] = []

  init(_ records: [ImportRecord], table: ImportTable) {
    for (index, record) in records.enumerated() {
      guard let period = record.period else { continue }
      for value in record.values where value.input == nil {
        guard let number = value.number else { continue }
        let origin = ImportOrigin(file: table.file, position: table.position(value.offset))
        if let first = planned[period] {
          guard first.value != number else { continue }
          findings.append(
            Finding(
              .error, rule: "duplicate-row", file: origin.file, at: origin.position,
              "The target of \(record.id) for \(period) is \(number) here and \(first.value) on line "
                + "\(table.line(of: first.row)). Keep one of the two."))
          continue
        }
        planned[period] = Planned(value: number, record: index, row: record.row, origin: origin)
        order.append(period)
      }
    }
    order.sort { ($0.kind, $0) < ($1.kind, $1) }
  }

  /// By `targets.<period>`, the cell.
  var origins: [String: ImportOrigin] {
    Dictionary(planned.map { ("targets.\($0.key)", $0.value.origin) }, uniquingKeysWith: { first, _ in first })
  }

  /// All targets in order, for a definition that is new.
  func new(_ effects: inout [[ImportStep.Effect]]) -> [(period: Period, value: Quantity)] {
    order.compactMap { period in
      guard let target = planned[period] else { return nil }
      effects[target.record].append(.plans(target.value))
      return (period, target.value)
    }
  }

  /// A definition's text with the targets put into it; nil where it has them all.
  func set(
    in bytes: [UInt8], having known: [Period: Target], _ effects: inout [[ImportStep.Effect]]
  ) -> [UInt8]? {
    var editor = YAMLEditor(YAMLDocument(parsing: bytes))
    var keys = (editor.document.node(at: ["targets"])?.entries ?? []).compactMap { entry in
      Period(entry.key).map { (period: $0, key: entry.key) }
    }
    for period in order {
      guard let target = planned[period], known[period] != .value(target.value) else { continue }
      effects[target.record].append(known[period].map { .replans(from: $0, to: target.value) } ?? .plans(target.value))
      let key = keys.first { $0.period == period }?.key
      let before = keys.filter { $0.period.kind == period.kind && $0.period < period }.max { $0.period < $1.period }
      editor.set(["targets", key ?? period.description], to: .number(target.value), after: before?.key)
      if key == nil { keys.append((period, period.description)) }
    }
    return editor.bytes == bytes ? nil : editor.bytes
  }
}
