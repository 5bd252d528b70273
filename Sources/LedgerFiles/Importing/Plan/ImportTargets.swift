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
  /// By period, the first record whose cell is blank, where that takes a target away.
  private var blank: [Period: Int] = [:]
  private(set) var findings: [Finding] = []

  init(_ records: [ImportRecord], _ binding: ImportBinding) {
    let table = binding.table
    for (index, record) in records.enumerated() {
      guard let period = record.period else { continue }
      for value in record.values where value.input == nil {
        guard let number = value.number else {
          if binding.map.clearsBlanks, blank[period] == nil { blank[period] = index }
          continue
        }
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
    var text = TargetText(bytes)
    for period in order {
      guard let target = planned[period], known[period] != .value(target.value) else { continue }
      effects[target.record].append(known[period].map { .replans(from: $0, to: target.value) } ?? .plans(target.value))
      text.set(period, to: target.value)
    }
    for (period, record) in blank.sorted(by: { $0.key < $1.key }) where planned[period] == nil {
      guard let target = known[period] else { continue }
      effects[record].append(.unplans(target))
      text.remove(period)
    }
    let changed = text.finished()
    return changed == bytes ? nil : changed
  }
}

/// The targets in a definition's text while they are changed.
private struct TargetText {
  private var editor: YAMLEditor
  /// Each period with a target, as the text spells it.
  private var keys: [Period: String]
  /// New targets that belong behind all others, in order.
  private var later: [(period: Period, value: Quantity)] = []

  init(_ bytes: [UInt8]) {
    editor = YAMLEditor(YAMLDocument(parsing: bytes))
    let entries = editor.document.node(at: ["targets"])?.entries ?? []
    keys = Dictionary(
      entries.compactMap { entry in Period(entry.key).map { ($0, entry.key) } }, uniquingKeysWith: { first, _ in first }
    )
  }

  mutating func set(_ period: Period, to value: Quantity) {
    if let key = keys[period] { return editor.set(["targets", key], to: .number(value)) }
    if keys.keys.allSatisfy({ $0.kind == period.kind && $0 < period }) { return later.append((period, value)) }
    insert(period, value)
  }

  /// Takes a target away, and with the last one the field.
  mutating func remove(_ period: Period) {
    guard let key = keys.removeValue(forKey: period) else { return }
    editor.remove(keys.isEmpty && later.isEmpty ? ["targets"] : ["targets", key])
  }

  private mutating func insert(_ period: Period, _ value: Quantity) {
    let before = keys.keys.filter { $0.kind == period.kind && $0 < period }.max()
    let key = period.description
    editor.set(["targets", key], to: .number(value), after: before.flatMap { keys[$0] })
    keys[period] = key
  }

  /// The text with all targets in it.
  mutating func finished() -> [UInt8] {
    if let bytes = appended() { return bytes }
    for (period, value) in later { insert(period, value) }
    return editor.bytes
  }

  /// The text with the later targets behind the last one, all at once; nil where they do not stand a line each, or the
  /// text would then mean something else.
  private func appended() -> [UInt8]? {
    let document = editor.document
    guard !later.isEmpty, let root = document.root, let targets = document.node(at: ["targets"]),
      targets.style == .block, let last = targets.entries?.last, case .map(let pairs) = YAMLValue(targets)
    else { return nil }
    let margin = String(repeating: " ", count: TextLines.column(last.keyRange.lowerBound, in: document.bytes))
    let lines = later.map { "\(margin)\($0.period): \($0.value)\n" }.joined()
    let place = last.extent.upperBound
    let bytes = TextEdit.apply([TextEdit(place..<place, lines)], to: document.bytes)
    let result = YAMLDocument(parsing: bytes)
    guard result.findings.count == document.findings.count, let found = result.root,
      case .map(let fields) = YAMLValue(root)
    else { return nil }
    let all = YAMLValue.map(pairs + later.map { (key: $0.period.description, value: .number($0.value)) })
    let expected = YAMLValue.map(fields.map { $0.key == "targets" ? (key: $0.key, value: all) : $0 })
    return YAMLValue(found) == expected ? bytes : nil
  }
}
