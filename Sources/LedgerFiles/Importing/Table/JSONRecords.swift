import LedgerModel

/// The rows of a JSON array of objects. YAML holds all of JSON, so that the YAML reader gives each value's place.
struct JSONRecords {
  let bytes: [UInt8]
  private(set) var columns: [String] = []
  private(set) var rows: [[ImportTable.Cell?]] = []
  /// The first byte of each row.
  private(set) var starts: [Int] = []
  private(set) var faults: [YAMLFault] = []
  private var indexes: [String: Int] = [:]

  init(_ found: [UInt8]) {
    bytes = Self.prepared(found)
    let document = YAMLDocument(parsing: bytes)
    faults = document.findings.map(Self.renamed)
    guard faults.isEmpty else { return }
    guard let items = Self.list(document.root) else {
      addFault("A JSON file should be a list of objects, as [{\"kpi\": …}, …].", at: 0, document)
      return
    }
    for item in items {
      guard case .mapping(let entries, _) = item.value.kind else {
        addFault(
          "Each element of the list should be an object, as {\"kpi\": …}.", at: item.value.range.lowerBound, document)
        continue
      }
      var row: [ImportTable.Cell?] = []
      add(entries, prefix: "", to: &row)
      rows.append(row)
      starts.append(item.value.range.lowerBound)
    }
  }

  /// The list of the file, or the one list of its one object.
  private static func list(_ root: YAMLNode?) -> [YAMLItem]? {
    if let items = root?.items { return items }
    guard let entries = root?.entries, entries.count == 1 else { return nil }
    return entries[0].value.items
  }

  private mutating func add(_ entries: [YAMLEntry], prefix: String, to row: inout [ImportTable.Cell?]) {
    for entry in entries {
      let name = prefix + CSVTable.trimmed(entry.key)
      switch entry.value.kind {
      case .mapping(let inner, _): add(inner, prefix: name + ".", to: &row)
      case .sequence(let items, _):
        let text = items.map { $0.value.scalar?.text ?? "…" }.joined(separator: ", ")
        set(ImportTable.Cell(text: text, isNumber: false, offset: entry.value.range.lowerBound), name, &row)
      case .scalar(let scalar): set(Self.cell(scalar, entry.value.range.lowerBound), name, &row)
      }
    }
  }

  private mutating func set(_ cell: ImportTable.Cell, _ name: String, _ row: inout [ImportTable.Cell?]) {
    let index = indexes[name] ?? columns.count
    if index == columns.count {
      indexes[name] = index
      columns.append(name)
    }
    while row.count <= index { row.append(nil) }
    row[index] = cell
  }

  private static func cell(_ scalar: YAMLScalar, _ offset: Int) -> ImportTable.Cell {
    switch scalar.resolved {
    case .null: ImportTable.Cell(text: "", isNumber: false, offset: offset)
    case .number, .float: ImportTable.Cell(text: scalar.text, isNumber: true, offset: offset)
    case .bool, .string: ImportTable.Cell(text: CSVTable.trimmed(scalar.text), isNumber: false, offset: offset)
    }
  }

  private mutating func addFault(_ message: String, at offset: Int, _ document: YAMLDocument) {
    guard faults.count < 100 else { return }
    faults.append(
      YAMLFault(rule: "not-a-table", offset: offset, position: document.position(at: offset), message: message))
  }

  private static func renamed(_ fault: YAMLFault) -> YAMLFault {
    guard fault.rule == "too-large" else { return fault }
    let message = "The file is larger than the 4 MB of JSON that are read at a time. Import it in parts, or as CSV."
    return YAMLFault(rule: fault.rule, offset: 0, position: .start, message: message)
  }

  /// The text in UTF-8, without byte order mark, with spaces for tabs between values.
  private static func prepared(_ found: [UInt8]) -> [UInt8] {
    var (bytes, _) = SpreadsheetEncoding.utf8(found)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var isInside = false
    var isEscaped = false
    for index in bytes.indices {
      let byte = bytes[index]
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInside
      } else if byte == UInt8(ascii: "\"") {
        isInside.toggle()
      } else if byte == 0x09, !isInside {
        bytes[index] = 0x20
      }
    }
    return bytes
  }
}
