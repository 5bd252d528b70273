import Calculation
import LedgerModel

/// Finds out which KPI a row is of, and what the row's columns and the map say of its definition.
struct ImportNaming {
  private let binding: ImportBinding
  private let row: Int
  private(set) var findings: [Finding] = []
  /// Department and KPI as the row names them.
  private(set) var texts: [String] = []
  /// Whether the map gives the id of this very text.
  private(set) var isExplicit = false
  private(set) var origin: ImportOrigin

  private var table: ImportTable { binding.table }
  private var map: ImportMap { binding.map }

  init(_ binding: ImportBinding, row: Int) {
    self.binding = binding
    self.row = row
    origin = ImportOrigin(file: binding.table.file, position: binding.table.position(of: row))
  }

  /// Whether a rule passes the row over by its columns alone, so that nothing else of it has to make sense.
  var isPassedOver: Bool {
    map.rules.contains { rule in
      rule.skips
        && rule.conditions.allSatisfy { name, patterns in
          guard let column = table.column(name.text) else { return false }
          return patterns.contains { TextPattern($0).matches(table.cell(row, column).text) }
        }
    }
  }

  /// The KPI's id and what is said of it; nil where that is not clear. `number` reads a cell that should be one.
  mutating func identity(_ number: (ImportTable.Cell) -> Quantity?) -> ImportIdentity? {
    guard let id = id() else { return nil }
    var identity = ImportIdentity(id: id)
    for setting in map.settings { set(setting, &identity) }
    for (field, column) in binding.fields { take(field, table.cell(row, column), number, &identity) }
    for rule in map.rules where holds(rule, id) {
      for setting in rule.settings { set(setting, &identity) }
      identity.blanks += rule.blanks
      identity.isSkipped = identity.isSkipped || rule.skips
    }
    return findings.isEmpty ? identity : nil
  }

  private mutating func add(_ rule: String, _ cell: ImportTable.Cell, _ message: String) {
    findings.append(
      Finding(.error, rule: rule, file: table.file, at: table.position(cell.offset), message))
  }

  // MARK: The id

  private mutating func id() -> KPIID? {
    guard let column = binding.kpi else { return nil }
    let cell = table.cell(row, column)
    origin = ImportOrigin(file: table.file, position: table.position(cell.offset))
    let department = binding.department.map { table.cell(row, $0).text }
    texts = [department ?? "", cell.text]
    guard !cell.text.isEmpty else {
      add("missing-kpi", cell, "Which KPI the row is of is missing.")
      return nil
    }
    if binding.department == nil, let id = KPIID(cell.text) { return id }
    guard let department = departmentID(cell) else { return nil }
    isExplicit = map.ids[cell.text] != nil
    guard let slug = map.ids[cell.text] ?? slug(cell.text), let id = KPIID(department: department, kpi: slug) else {
      add(
        "bad-id", cell,
        "No id can be made of \"\(Value.shortened(cell.text))\". Say in the map under \"kpis: {ids: …}\" which it has.")
      return nil
    }
    return id
  }

  private func slug(_ text: String) -> String? {
    var name = text
    for (text, other) in map.replacements { name = Self.replacing(text, by: other, in: name) }
    return Slug.isValid(name) ? name : Slug.suggested(for: name)
  }

  private mutating func departmentID(_ kpi: ImportTable.Cell) -> String? {
    guard let column = binding.department else {
      add("missing-column", kpi, "\"\(Value.shortened(kpi.text))\" \(Self.advice(kpi.text))")
      return nil
    }
    let cell = table.cell(row, column)
    if let id = map.departments[cell.text] { return id }
    if Slug.isValid(cell.text) { return cell.text }
    let advice =
      cell.text.isEmpty
      ? "The department is missing."
      : "Which department \"\(Value.shortened(cell.text))\" is, the map does not say: add it under \"departments\", as "
        + "\"\(Value.shortened(cell.text)): \(Slug.suggested(for: cell.text) ?? "sales")\"."
    add("unknown-department", cell, advice)
    return nil
  }

  /// What is wrong with a text that should be an id with its department.
  private static func advice(_ text: String) -> String {
    let parts = text.split(separator: "/").compactMap { Slug.suggested(for: $0) }
    guard parts.count == 2, text.contains("/") else {
      return "does not say which department it is of. Write it as sales/win-rate, or name the column of the department "
        + "in the map."
    }
    return "cannot be an id: use small letters, digits and hyphens, as \(parts.joined(separator: "/"))."
  }

  private static func replacing(_ text: String, by other: String, in name: String) -> String {
    let (bytes, part) = (Array(name.utf8), Array(text.utf8))
    guard !part.isEmpty else { return name }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: part) {
        result += Array(other.utf8)
        index += part.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Fields

  private func holds(_ rule: ImportMap.Rule, _ id: KPIID) -> Bool {
    rule.conditions.allSatisfy { name, patterns in
      let text = meaning(of: name.text, id)
      return patterns.contains { TextPattern($0).matches(text) }
    }
  }

  /// What a name in a rule, or in braces, stands for in this row.
  private func meaning(of name: String, _ id: KPIID) -> String {
    if let column = table.column(name) { return table.cell(row, column).text }
    return name == "department" ? id.department : name == "kpi" ? id.kpi : ""
  }

  private func set(_ setting: ImportMap.Setting, _ identity: inout ImportIdentity) {
    let id = identity.id
    let value = TextTemplate.filled(setting.value) { meaning(of: $0, id) }
    let origin = ImportOrigin(file: map.file, position: setting.position)
    identity.fields[setting.field] = value == .null ? nil : .init(value: value, origin: origin, isCell: false)
  }

  private mutating func take(
    _ field: String, _ cell: ImportTable.Cell, _ number: (ImportTable.Cell) -> Quantity?,
    _ identity: inout ImportIdentity
  ) {
    guard !cell.text.isEmpty else { return }
    let origin = ImportOrigin(file: table.file, position: table.position(cell.offset))
    guard let meanings = map.values[field] else {
      let isNumber = ImportMap.numberFields.contains(field)
      guard let value = isNumber ? number(cell).map({ .number($0) }) : YAMLValue.string(cell.text) else { return }
      identity.fields[field] = .init(value: value, origin: origin, isCell: true)
      return
    }
    guard let setting = meanings[cell.text] else {
      let guess = Suggestion.sentence(for: cell.text, in: meanings.keys.sorted())
      return add(
        "unknown-value", cell,
        "What \"\(Value.shortened(cell.text))\" means as \(field), the map does not say: add it under "
          + "\"values: {\(field): …}\".\(guess)")
    }
    let id = identity.id
    let value = TextTemplate.filled(setting.value) { meaning(of: $0, id) }
    guard case .map(let pairs) = value else {
      identity.fields[field] = value == .null ? nil : .init(value: value, origin: origin, isCell: true)
      return
    }
    for (name, value) in pairs {
      identity.fields[name] = value == .null ? nil : .init(value: value, origin: origin, isCell: true)
    }
  }
}
