import Calculation
import LedgerModel

/// Reads an `ImportMap`, with a finding for everything in it that means nothing.
struct ImportMapDecoder {
  private static let known = KnownFields([
    "columns", "wide", "departments", "kpis", "values", "blanks", "blank_cells", "numbers", "dates", "set", "rules",
  ])
  private static let roles = ["department", "kpi", "period", "inputs", "dimensions", "target", "status", "note"]

  private let reading: FileReading
  private var map: ImportMap

  static func decode(_ reading: FileReading) -> ImportMap? {
    guard let fields = reading.root(of: "a mapping", known: known) else { return nil }
    var decoder = ImportMapDecoder(reading: reading, map: ImportMap(file: reading.file))
    decoder.readColumns(fields)
    decoder.map.wide = fields.value("wide")?.items()?.compactMap { decoder.wide($0) } ?? []
    decoder.readNames(fields)
    decoder.readValues(fields)
    decoder.map.blanks = fields.value("blanks").map { decoder.blanks($0) } ?? []
    decoder.map.clearsBlanks = fields.value("blank_cells")?.word(["keep": false, "clear": true]) ?? false
    decoder.map.decimalSign = fields.value("numbers")?.word(["point": .point, "comma": .comma])
    decoder.map.dateOrder = fields.value("dates")?.word(["day-first": .dayFirst, "month-first": .monthFirst])
    decoder.map.settings = fields.value("set")?.group().map { decoder.settings($0) } ?? []
    decoder.map.rules = fields.value("rules")?.items()?.compactMap { decoder.rule($0) } ?? []
    return decoder.map
  }

  // MARK: Columns

  private mutating func readColumns(_ fields: Fields) {
    let known = KnownFields(Self.roles + ImportMap.columnFields)
    guard let columns = fields.value("columns", missing: .error, hint: "which column is what")?.fields(known) else {
      return
    }
    map.department = columns.value("department")?.name()
    map.kpi = columns.value("kpi", missing: .error, hint: "the column that says which KPI a row is of")?.name()
    map.target = columns.value("target")?.name()
    map.status = columns.value("status")?.name()
    map.note = columns.value("note")?.name()
    map.inputs = columns.value("inputs").map { names($0, of: "an input") } ?? []
    map.dimensions = columns.value("dimensions").map { names($0, of: "a dimension") } ?? []
    map.fields = ImportMap.columnFields.compactMap { field in
      columns.value(field)?.name().map { (field, $0) }
    }
    if let value = columns.value("period") { map.period = period(value) }
  }

  private func names(_ value: Value, of kind: String) -> [(name: String, column: ImportMap.Word)] {
    (value.group()?.members ?? []).compactMap { entry, value in
      guard ColumnName.isValid(entry.key) else {
        value.report(
          "bad-name",
          "\"\(Value.shortened(entry.key))\" cannot be the name of \(kind): use small letters, digits and underscores.")
        return nil
      }
      return value.name().map { (entry.key, $0) }
    }
  }

  private func period(_ value: Value) -> ImportMap.PeriodColumns {
    guard case .mapping = value.node.kind else { return value.name().map { .one($0) } ?? .none }
    let kinds: [PeriodKind] = [.month, .quarter, .half, .week]
    let known = KnownFields(["year"] + kinds.map(\.rawValue))
    guard let fields = value.fields(known),
      let year = fields.value("year", missing: .error, hint: "the column of years")?.name()
    else { return .none }
    let found = kinds.compactMap { kind in fields.value(kind.rawValue)?.name().map { (kind, $0) } }
    guard found.count <= 1 else {
      value.report("bad-period", "A period is a year with one of month, quarter, half or week: take the others out.")
      return .none
    }
    return .parts(year: year, kind: found.first?.0 ?? .year, index: found.first?.1)
  }

  private func wide(_ value: Value) -> ImportMap.WideColumns? {
    guard let fields = value.fields(KnownFields(["columns", "holds", "period"])),
      let pattern = fields.value("columns", missing: .error, hint: "their name, with * for the period")?.name(),
      let holds = fields.value("holds", missing: .error, hint: "the name of an input, or target"),
      let name = holds.bareText()
    else { return nil }
    let period = fields.value("period")?.period()
    let stars = pattern.text.count { $0 == "*" }
    guard stars == (fields.value("period") == nil ? 1 : 0) else {
      value.report(
        "bad-pattern",
        "The columns' name should hold one * for the period, as \"Actual *\"; or none, and \"period\" beside it.")
      return nil
    }
    guard name == "target" || ColumnName.isValid(name) else {
      holds.report("bad-name", "\"holds\" should be target, or the name of an input, as value.")
      return nil
    }
    return ImportMap.WideColumns(pattern: pattern, input: name == "target" ? nil : name, period: period)
  }

  // MARK: Names

  private mutating func readNames(_ fields: Fields) {
    for (entry, value) in fields.value("departments")?.group()?.members ?? [] {
      map.departments[entry.key] = value.id(of: "a department")
    }
    guard let kpis = fields.value("kpis")?.fields(KnownFields(["replace", "ids"])) else { return }
    for (entry, value) in kpis.value("replace")?.group()?.members ?? [] where !entry.key.isEmpty {
      map.replacements.append((entry.key, value.isBlank ? "" : value.bareText() ?? ""))
    }
    for (entry, value) in kpis.value("ids")?.group()?.members ?? [] { map.ids[entry.key] = value.id(of: "a KPI") }
  }

  private mutating func readValues(_ fields: Fields) {
    let known = KnownFields(ImportMap.columnFields + ["period", "status"])
    guard let values = fields.value("values")?.fields(known) else { return }
    for (role, value) in values.members {
      var meanings: [String: ImportMap.Setting] = [:]
      for (entry, value) in value.group()?.members ?? [] {
        if value.node.entries != nil, let group = value.group() { _ = settings(group) }
        meanings[entry.key] = ImportMap.Setting(
          field: role.key, value: YAMLValue(value.node), position: position(value))
      }
      map.values[role.key] = meanings
    }
  }

  /// `[n/a, 0]` for all values, or by input and `target`.
  private func blanks(_ value: Value) -> [ImportMap.Blank] {
    if case .mapping = value.node.kind {
      return (value.group()?.members ?? []).flatMap { entry, value in texts(value).map { blank(entry.key, $0) } }
    }
    return texts(value).map { blank(nil, $0) }
  }

  private func blank(_ role: String?, _ text: String) -> ImportMap.Blank {
    ImportMap.Blank(role: role, text: text, number: Quantity(text))
  }

  /// One text, or a list of them.
  private func texts(_ value: Value) -> [String] {
    if case .scalar(let scalar) = value.node.kind { return [scalar.text] }
    return value.items()?.compactMap { $0.node.scalar?.text ?? $0.bareText() } ?? []
  }

  // MARK: What is set

  private func settings(_ fields: Fields) -> [ImportMap.Setting] {
    fields.reportUnknown(DefinitionDecoder.known)
    return fields.members.map { entry, value in
      ImportMap.Setting(field: entry.key, value: YAMLValue(value.node), position: position(value))
    }
  }

  private func rule(_ value: Value) -> ImportMap.Rule? {
    guard let fields = value.fields(KnownFields(["when", "set", "blanks", "skip"])),
      let conditions = fields.value("when", missing: .error, hint: "as {Category: Safety*}")?.group()?.members
    else { return nil }
    return ImportMap.Rule(
      conditions: conditions.map { entry, value in
        let place = reading.document.position(at: entry.keyRange.lowerBound)
        return (ImportMap.Word(text: entry.key, position: place), texts(value))
      },
      settings: fields.value("set")?.group().map(settings) ?? [],
      blanks: fields.value("blanks").map(blanks) ?? [], skips: fields.value("skip")?.bool() ?? false)
  }

  private func position(_ value: Value) -> Position { reading.document.position(at: value.node.range.lowerBound) }
}

extension Value {
  /// The name of a column, which may look like a number.
  fileprivate func name() -> ImportMap.Word? {
    guard let text = bareText() else { return nil }
    return ImportMap.Word(
      text: CSVTable.trimmed(text), position: reading.document.position(at: node.range.lowerBound))
  }

  /// One of some words, by what they stand for.
  fileprivate func word<Meaning>(_ words: [String: Meaning]) -> Meaning? {
    guard let text = text() else { return nil }
    if let meaning = words[text] { return meaning }
    reportUnknown(text, allowed: words.keys.sorted())
    return nil
  }
}
