import Calculation
import LedgerFiles

/// A place in a ledger where somebody enters something, with its own way of reading and writing it: what the merge
/// makes of histories is checked through it, not through the merge's own keys.
struct Spot: Hashable, CustomStringConvertible {
  enum Kind: Hashable {
    /// A value at a path of fields.
    case field([String])
    /// The fields that are the calculation together.
    case calculation
    /// An element of the set `leads_to`.
    case element(String)
    /// An entry of `affects`.
    case affected(String)
    case row(String)
    case note(String)
    /// A comment above a field.
    case comment(String)
    case file
  }

  let file: String
  let kind: Kind
  /// As a proposal spells it.
  let key: String

  var description: String { "\(file.split(separator: "/").last ?? "") \(key)" }

  static let definition = "departments/sales/kpis/win-rate.yaml"
  static let actuals = "departments/sales/actuals/win-rate.csv"
  static let goals = "goals.yaml"
  static let other = "departments/sales/kpis/new-orders.yaml"

  static func field(_ path: String..., in file: String = definition) -> Spot {
    Spot(file: file, kind: .field(path), key: path.joined(separator: "."))
  }
  static func file(_ path: String) -> Spot { Spot(file: path, kind: .file, key: "file") }

  static let all: [Spot] = [
    field("name"), field("owner"), field("decision"), field("targets", "2026"), field("targets", "2026-Q1"),
    Spot(file: definition, kind: .calculation, key: "calculation"),
    Spot(file: definition, kind: .element("supply/stock"), key: "leads_to has supply/stock"),
    Spot(file: definition, kind: .element("sales/new-orders"), key: "leads_to has sales/new-orders"),
    Spot(file: definition, kind: .affected("supply/stock"), key: "affects.supply/stock"),
    Spot(file: actuals, kind: .row("2026-01"), key: "row 2026-01"),
    Spot(file: actuals, kind: .row("2026-02"), key: "row 2026-02"),
    Spot(file: actuals, kind: .row("2026-03"), key: "row 2026-03"),
    Spot(file: actuals, kind: .note("2026-01"), key: "note 2026-01"),
    field("goals", "grow", "name", in: goals), field("goals", "grow", "weight", in: goals),
    field("goals", "save", "weight", in: goals),
    field("name", in: other), field("owner", in: other), file(definition), file(other), file(actuals),
  ]

  // MARK: Reading

  /// What stands here: a text that is the same for the same meaning; nil where there is nothing.
  func value(in files: [String: [UInt8]]) -> String? {
    guard let bytes = files[file] else { return nil }
    switch kind {
    case .file: return "there"
    case .row(let period): return Rows(bytes).rows[period].map { "\($0.won)/\($0.decided)" }
    case .note(let period): return Rows(bytes).rows[period].flatMap { $0.note.isEmpty ? nil : $0.note }
    default: return Self.text(meaning(YAMLDocument(parsing: bytes)))
    }
  }

  private func meaning(_ document: YAMLDocument) -> YAMLValue? {
    switch kind {
    case .field(let path): return document.node(at: path).map { YAMLValue($0) }
    case .calculation: return document.node(at: ["formula"]).map { YAMLValue($0) }
    case .element(let id):
      guard case .list(let items)? = document.node(at: ["leads_to"]).map({ YAMLValue($0) }) else { return nil }
      return items.contains(.string(id)) ? .bool(true) : nil
    case .affected(let id):
      guard case .list(let items)? = document.node(at: ["affects"]).map({ YAMLValue($0) }) else { return nil }
      return items.first { $0["kpi"] == .string(id) }?["ask"]
    case .comment, .row, .note, .file: return nil
    }
  }

  static func text(_ value: YAMLValue?) -> String? {
    switch value {
    case nil, .null?: nil
    case .string(let text)?: text
    case .number(let number)?: number.description
    case .bool(let flag)?: flag ? "yes" : "no"
    case .float(let text)?: text
    case .list(let items)?: "[" + items.compactMap(text).joined(separator: ",") + "]"
    case .map(let pairs)?: "{" + pairs.map { "\($0.key):\(text($0.value) ?? "")" }.sorted().joined(separator: ",") + "}"
    }
  }

  // MARK: Writing

  /// Enters a value, or removes what is there; false where that cannot be.
  func set(_ value: String?, in files: inout [String: [UInt8]]) -> Bool {
    if case .file = kind {
      guard (files[file] != nil) != (value != nil) else { return false }
      files[file] = value == nil ? nil : Array(Self.texts[file, default: ""].utf8)
      return true
    }
    guard let bytes = files[file] else { return false }
    switch kind {
    case .row(let period):
      var rows = Rows(bytes)
      guard let value else {
        guard rows.rows.removeValue(forKey: period) != nil else { return false }
        files[file] = rows.bytes
        return true
      }
      let parts = value.split(separator: "/").map(String.init)
      rows.rows[period] = (parts[0], parts.count > 1 ? parts[1] : "", rows.rows[period]?.note ?? "")
      files[file] = rows.bytes
    case .note(let period):
      var rows = Rows(bytes)
      guard rows.rows[period] != nil else { return false }
      rows.rows[period]?.note = value ?? ""
      files[file] = rows.bytes
    default:
      var editor = YAMLEditor(YAMLDocument(parsing: bytes))
      guard edit(&editor, value) else { return false }
      files[file] = editor.bytes
    }
    return true
  }

  private func edit(_ editor: inout YAMLEditor, _ value: String?) -> Bool {
    switch kind {
    case .field(let path):
      if let value { editor.set(path, to: .string(value)) } else { editor.remove(path) }
    case .calculation:
      guard let value else { return false }
      editor.set(["formula"], to: .string(value))
    case .element(let id):
      editor.removeItem(["leads_to"], value: .string(id))
      if value != nil { editor.insertItem(["leads_to"], value: .string(id)) }
    case .affected(let id):
      if case .list(let items)? = editor.document.node(at: ["affects"]).map({ YAMLValue($0) }),
        let old = items.first(where: { $0["kpi"] == .string(id) })
      {
        editor.removeItem(["affects"], value: old)
      }
      if let value {
        editor.insertItem(["affects"], value: .map([("kpi", .string(id)), ("ask", .string(value))]))
      }
    case .comment, .row, .note, .file: return false
    }
    return true
  }

  /// The files with which a ledger begins, and which a file made again has.
  static let texts: [String: String] = [
    definition: """
    # The share of offers that we win.

    name: Win rate          # as the board calls it
    owner: head-of-sales
    decision: Shift capacity

    unit: percent
    direction: higher
    formula: won / decided * 100

    # Plans
    targets: {2026: t0, 2026-Q1: q0}
    leads_to: [sales/new-orders]
    affects:
      # The warehouse asks first.
      - {kpi: supply/stock, ask: Confirm}

    """,
    actuals: "period,won,decided,note\n2026-01,12,40,\n2026-02,9,38,two deals missing\n",
    goals: """
    goals:
      grow:
        name: Grow
        weight: 1

      # Costs
      save: {name: Save, weight: 2}

    """,
    other: "name: New orders\nowner: head-of-sales\n",
  ]
}

/// The actuals of the played ledger, read and written without the code under test.
struct Rows {
  var rows: [String: (won: String, decided: String, note: String)] = [:]

  init(_ bytes: [UInt8]) {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4 else { continue }
      rows[cells[0]] = (cells[1], cells[2], cells[3])
    }
  }

  var bytes: [UInt8] {
    let lines = rows.sorted { $0.key < $1.key }.map {
      "\($0.key),\($0.value.won),\($0.value.decided),\($0.value.note)\n"
    }
    return Array(("period,won,decided,note\n" + lines.joined()).utf8)
  }
}
