import Calculation
import LedgerModel

/// A map's words found in a table: which column by its index holds what.
struct ImportBinding {
  /// A column of an input's values, or of targets.
  struct ValueColumn {
    /// nil for targets.
    let input: String?
    let column: Int
    /// nil where the row says it.
    let period: Period?
  }

  enum PeriodColumns {
    case none
    case one(Int)
    case parts(year: Int, kind: PeriodKind, index: Int?)
  }

  let table: ImportTable
  let map: ImportMap
  private(set) var findings: [Finding] = []
  private(set) var department: Int?
  private(set) var kpi: Int?
  private(set) var period: PeriodColumns = .none
  private(set) var values: [ValueColumn] = []
  private(set) var dimensions: [(name: String, column: Int)] = []
  private(set) var status: Int?
  private(set) var note: Int?
  private(set) var fields: [(field: String, column: Int)] = []
  /// Columns on which depends what KPI a row is of, and what its definition says.
  private(set) var identity: [Int] = []

  init(_ table: ImportTable, _ map: ImportMap) {
    self.table = table
    self.map = map
    department = map.department.flatMap { column($0) }
    kpi = map.kpi.flatMap { column($0) }
    status = map.status.flatMap { column($0) }
    note = map.note.flatMap { column($0) }
    fields = map.fields.compactMap { field, word in column(word).map { (field, $0) } }
    dimensions = map.dimensions.compactMap { name, word in column(word).map { (name, $0) } }
    bindPeriod()
    bindValues()
    bindIdentity()
    checkPurpose()
  }

  /// The column of a name that stands in a rule or in braces; nil for `department` and `kpi`, which are ids.
  func index(of name: String) -> Int? { table.column(name) }

  private mutating func add(_ rule: String, _ position: Position, _ message: String) {
    let finding = Finding(.error, rule: rule, file: map.file, at: position, message)
    if !findings.contains(finding) { findings.append(finding) }
  }

  private mutating func column(_ word: ImportMap.Word) -> Int? {
    if let index = table.column(word.text) { return index }
    let guess = Suggestion.nearest(to: word.text, in: table.columns)
    let advice = guess.map { "Did you mean \"\($0)\"?" } ?? "It has: \(columnNames)."
    add("unknown-column", word.position, "\(table.file) has no column \"\(Value.shortened(word.text))\". \(advice)")
    return nil
  }

  private var columnNames: String {
    table.columns.prefix(20).joined(separator: ", ") + (table.columns.count > 20 ? " and others" : "")
  }

  private mutating func bindPeriod() {
    switch map.period {
    case .none: break
    case .one(let word): column(word).map { period = .one($0) }
    case .parts(let year, let kind, let index):
      let found = index.flatMap { column($0) }
      guard let year = column(year), index == nil || found != nil else { return }
      period = .parts(year: year, kind: kind, index: found)
    }
  }

  private mutating func bindValues() {
    for (name, word) in map.inputs {
      guard ColumnName.isValid(name) else {
        add(
          "unknown-column", word.position,
          "What the column \"\(Value.shortened(word.text))\" means is not clear. Say it in a mapping file (--map), or "
            + "take the column out.")
        continue
      }
      if let column = column(word) { values.append(ValueColumn(input: name, column: column, period: nil)) }
    }
    if let word = map.target, let column = column(word) {
      values.append(ValueColumn(input: nil, column: column, period: nil))
    }
    for wide in map.wide { bind(wide) }
  }

  private mutating func bind(_ wide: ImportMap.WideColumns) {
    if let period = wide.period {
      if let column = column(wide.pattern) {
        values.append(ValueColumn(input: wide.input, column: column, period: period))
      }
      return
    }
    let pattern = TextPattern(wide.pattern.text)
    let found = table.columns.enumerated().compactMap { index, name in pattern.star(in: name).map { (index, $0) } }
    let format = PeriodFormat(evidence: found.map(\.1))
    var count = 0
    for (index, text) in found {
      guard let meaning = meaning(ofPeriod: text, at: table.position(ofColumn: index), in: table.file) else { continue }
      guard case .value(let period) = format.read(meaning) else { continue }
      values.append(ValueColumn(input: wide.input, column: index, period: period))
      count += 1
    }
    if count == 0 {
      add(
        "unknown-column", wide.pattern.position,
        "No column of \(table.file) is named \"\(wide.pattern.text)\" with a period for the *. It has: \(columnNames).")
    }
  }

  /// What the map says that a text for a period means: the text itself where it says nothing.
  mutating func meaning(ofPeriod text: String, at position: Position, in file: String) -> String? {
    guard let setting = map.values["period"]?[text] else { return text }
    switch setting.value {
    case .string(let meaning): return meaning
    case .number(let number): return number.description
    case .null: return nil
    default:
      add("wrong-type", setting.position, "A period should be written as 2026-03.")
      return nil
    }
  }

  private mutating func bindIdentity() {
    var columns = Set([department, kpi].compactMap { $0 } + fields.map(\.column))
    let names = map.rules.flatMap { $0.conditions.map(\.name) }
    for name in names where name.text != "kpi" && name.text != "department" || table.column(name.text) != nil {
      if let column = column(name) { columns.insert(column) }
    }
    let meanings = map.values.values.flatMap(\.values)
    for setting in map.settings + map.rules.flatMap(\.settings) + meanings {
      for name in TextTemplate.names(in: setting.value) where name != "kpi" && name != "department" {
        if let column = column(ImportMap.Word(text: name, position: setting.position)) { columns.insert(column) }
      }
    }
    identity = columns.sorted()
  }

  private mutating func checkPurpose() {
    guard findings.isEmpty else { return }
    if map.kpi == nil {
      add(
        "missing-column", .start,
        "Which KPI a row is of is not said: name a column \"kpi\", as sales/win-rate, or give a mapping file (--map).")
    }
    let needsPeriod = values.contains { $0.period == nil }
    if needsPeriod, case .none = period {
      add(
        "missing-column", .start,
        "Which period a row is of is not said: name a column \"period\", as 2026-03, or give a mapping file (--map).")
    }
  }
}
