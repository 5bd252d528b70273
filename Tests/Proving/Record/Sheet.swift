import LedgerFiles

/// A file as the record reads it: its keys by DESIGN section 5, cut by its own hand.
final class Sheet {
  /// Of keys with a `# ` before them, the comment behind a field.
  private(set) var values: [String: Meaning] = [:]
  /// Of a table, its columns by the names that they had first.
  private(set) var columns: Set<String> = []
  /// Whether it is what its name says.
  private(set) var isReadable = true

  init(_ path: String, _ page: Page) {
    if path.hasSuffix(".csv") {
      readTable(page, isActuals: path != World.table)
    } else if path.hasSuffix(".yaml") {
      readYAML(path, page)
    } else {
      isReadable = false
    }
    if !isReadable { values = ["content": .text(page.text)] }
  }

  static func of(_ path: String, _ page: Page) -> Sheet {
    if let known = page.sheet { return known }
    let sheet = Sheet(path, page)
    page.sheet = sheet
    return sheet
  }

  // MARK: Tables

  /// The name that a column had first.
  static func column(_ name: String) -> String { ["gained": "won", "sort": "kind"][name] ?? name }

  private func readTable(_ page: Page, isActuals: Bool) {
    guard let table = PlainTable(page.bytes) else { return isReadable = false }
    let names = table.header.map(Self.column)
    columns = Set(names)
    for (name, header) in zip(names, table.header) { values["column " + name] = .text(header) }
    for row in table.rows {
      var cells: [String: String] = [:]
      for (name, cell) in zip(names, row).dropFirst() where !cell.isEmpty {
        if isActuals && name == "note" {
          values["note " + row[0]] = .text(cell)
        } else if !(isActuals && name == "status" && cell == "final") {
          cells[name] = cell
        }
      }
      values["row " + row[0]] = .cells(cells)
    }
  }

  // MARK: YAML

  static let calculation: Set<String> = [
    "unit", "direction", "inputs", "formula", "dimensions", "period", "profile", "missing", "bounds",
    "effective_from", "earlier",
  ]

  private func readYAML(_ path: String, _ page: Page) {
    let document = YAMLDocument(parsing: page.bytes)
    guard document.findings.isEmpty, let root = document.root, case .map(let fields) = YAMLValue(root) else {
      return isReadable = false
    }
    if path.hasPrefix("closes/") {
      values["close"] = .text(Meaning.text(.map(fields)))
    } else if World.isDefinition(path) {
      readDefinition(fields)
      readComments(page)
    } else {
      for (name, value) in fields {
        read(value, at: name, isSet: path.hasSuffix("department.yaml") && name == "members")
      }
    }
  }

  private func readDefinition(_ fields: [(key: String, value: YAMLValue)]) {
    var together: [String: String] = [:]
    for (name, value) in fields {
      switch (name, value) {
      case ("targets", .map(let periods)) where !periods.isEmpty:
        for period in periods { values["targets." + period.key] = Meaning(period.value) }
      case ("affects", .list(let items)) where !items.isEmpty:
        for item in items {
          if case .string(let id)? = item["kpi"] { values["affects." + id] = Meaning(item) }
        }
      case ("leads_to", .list), ("was", .list): read(value, at: name, isSet: true)
      default:
        if Self.calculation.contains(name) {
          together[name] = Meaning.text(value)
        } else {
          values[name] = Meaning(value)
        }
      }
    }
    values["calculation"] = .cells(together)
  }

  private func readComments(_ page: Page) {
    for line in page.text.split(separator: "\n") {
      guard let first = line.first, first.isLetter, let sign = line.range(of: "  #"),
        let colon = line.firstIndex(of: ":")
      else { continue }
      let name = String(line[..<colon])
      guard values[name] != nil else { continue }
      values["# " + name] = .text(String(line[sign.upperBound...].drop { $0 == " " }))
    }
  }

  private func read(_ value: YAMLValue, at path: String, isSet: Bool) {
    switch value {
    case .map(let pairs) where !pairs.isEmpty:
      for pair in pairs { read(pair.value, at: path + "." + pair.key, isSet: false) }
    case .list(let items) where isSet && !items.isEmpty:
      for item in items { values["\(path) has \(Meaning.text(item))"] = .text("there") }
    default: values[path] = Meaning(value)
    }
  }
}

extension StringProtocol {
  /// Where a text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
