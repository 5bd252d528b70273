import Chance
import LedgerFiles

/// A YAML text made up for a test: fields, each with its layout and comments, of which a copy can be edited.
struct GeneratedYAML {
  /// How a field is written: everything but its meaning.
  struct Layout {
    var quotes = 0
    var isBlock = false
    var blankLines = 0
    var gap: String?
    var above: String?
    var behind: String?
    var spaces = 1
  }

  struct Field {
    var name: String
    var value: Value
    var layout: Layout
  }

  indirect enum Value: Equatable {
    case text(String)
    case number(Int)
    case list([String])
    case map([(String, Value)])
    /// Entries of `affects`: ids, what to ask, and a comment above.
    case affects([(id: String, ask: String, above: String?)])

    static func == (one: Value, other: Value) -> Bool { "\(one)" == "\(other)" }
  }

  var fields: [Field]
  var head: String?
  var foot: String?
  var isWindows = false
  var endsWithBreak = true

  // MARK: Making

  static let words = [
    "won", "Depot: night", "it's", "no", "25.0", "a, b", "Confirm #1", "grow", "coo", "true north", "[x]", "x\\y", "ü",
  ]
  static let ids = ["sales/offers", "supply/stock", "hr/heads", "it/cost"]
  static let periods = ["2026", "2026-Q1", "2026-Q2", "2027"]

  static func make(_ dice: inout Dice) -> GeneratedYAML {
    let all = [
      "name", "owner", "goal", "formula", "unit", "inputs", "targets", "review", "leads_to", "affects", "note",
    ]
    var fields: [Field] = []
    for name in all where name == "name" || dice.chance(0.75) {
      fields.append(Field(name: name, value: value(name, &dice), layout: layout(&dice)))
    }
    if dice.chance(0.3) { fields.shuffle(using: &dice) }
    return GeneratedYAML(
      fields: fields, head: dice.chance(0.4) ? comment(&dice) : nil, foot: dice.chance(0.2) ? comment(&dice) : nil,
      isWindows: dice.chance(0.1), endsWithBreak: dice.chance(0.9))
  }

  static func comment(_ dice: inout Dice) -> String { "remark \(dice.below(100_000))" }

  static func layout(_ dice: inout Dice) -> Layout {
    Layout(
      quotes: dice.below(3), isBlock: dice.chance(0.5), blankLines: dice.chance(0.25) ? 1 + dice.below(2) : 0,
      gap: dice.chance(0.1) ? comment(&dice) : nil, above: dice.chance(0.15) ? comment(&dice) : nil,
      behind: dice.chance(0.15) ? comment(&dice) : nil, spaces: dice.chance(0.9) ? 1 : 3)
  }

  static func value(_ name: String, _ dice: inout Dice) -> Value {
    switch name {
    case "inputs":
      return .map(
        ["won", "decided"].map { ($0, .map([("source", .text(dice.pick(words))), ("aggregate", .text("sum"))])) })
    case "targets": return .map(some(periods, &dice).map { ($0, .number(dice.below(99))) })
    case "review": return .map([("cadence", .text(dice.pick(["week", "month"]))), ("venue", .text(dice.pick(words)))])
    case "leads_to": return .list(some(ids, &dice))
    case "affects":
      return .affects(
        some(ids, &dice).map { ($0, dice.pick(words), dice.chance(0.2) ? comment(&dice) : nil) })
    case "note": return dice.chance(0.5) ? .number(dice.below(99)) : .text(dice.pick(words))
    default: return .text(dice.pick(words) + " \(dice.below(50))")
    }
  }

  private static func some(_ items: [String], _ dice: inout Dice) -> [String] {
    items.filter { _ in dice.chance(0.5) }
  }

  // MARK: Editing

  /// The text as somebody left it after some edits.
  func edited(_ dice: inout Dice) -> GeneratedYAML {
    var copy = self
    for _ in 0..<dice.below(5) { copy.editOnce(&dice) }
    if dice.chance(0.1) { for index in copy.fields.indices { copy.fields[index].layout.quotes = dice.below(3) } }
    if dice.chance(0.1) { for index in copy.fields.indices { copy.fields[index].layout.isBlock.toggle() } }
    if dice.chance(0.05) { copy.fields.shuffle(using: &dice) }
    if dice.chance(0.05) { copy.isWindows.toggle() }
    return copy
  }

  private mutating func editOnce(_ dice: inout Dice) {
    let index = dice.below(fields.count)
    switch dice.below(12) {
    case 0..<4: fields[index].value = Self.value(fields[index].name, &dice)
    case 4: changeEntry(index, &dice)
    case 5: changeEntry(index, &dice)
    case 6 where fields.count > 2: fields.remove(at: index)
    case 7:
      let names = ["weight", "priority", "data_owner", "decision", "baseline"].filter { name in
        !fields.contains { $0.name == name }
      }
      guard !names.isEmpty else { return }
      let name = dice.pick(names)
      fields.insert(Field(name: name, value: Self.value(name, &dice), layout: Self.layout(&dice)), at: index)
    case 8: fields[index].layout.behind = dice.chance(0.7) ? Self.comment(&dice) : nil
    case 9: fields[index].layout.above = dice.chance(0.7) ? Self.comment(&dice) : nil
    case 10: fields[index].layout.gap = dice.chance(0.7) ? Self.comment(&dice) : nil
    case 11: if dice.chance(0.5) { head = Self.comment(&dice) } else { foot = Self.comment(&dice) }
    default: break
    }
  }

  /// One entry of a map or list is added, changed or removed.
  private mutating func changeEntry(_ index: Int, _ dice: inout Dice) {
    switch fields[index].value {
    case .list(var items):
      let id = dice.pick(Self.ids)
      if let place = items.firstIndex(of: id) { items.remove(at: place) } else { items.append(id) }
      fields[index].value = .list(items)
    case .affects(var entries):
      let id = dice.pick(Self.ids)
      if let place = entries.firstIndex(where: { $0.id == id }) {
        if dice.chance(0.3) { entries.remove(at: place) } else { entries[place].ask = dice.pick(Self.words) }
      } else {
        entries.insert(
          (id, dice.pick(Self.words), dice.chance(0.3) ? Self.comment(&dice) : nil), at: dice.below(entries.count + 1))
      }
      fields[index].value = .affects(entries)
    case .map(var pairs) where fields[index].name == "targets":
      let period = dice.pick(Self.periods)
      if let place = pairs.firstIndex(where: { $0.0 == period }) {
        if dice.chance(0.3) { pairs.remove(at: place) } else { pairs[place].1 = .number(dice.below(99)) }
      } else {
        pairs.append((period, .number(dice.below(99))))
      }
      fields[index].value = .map(pairs)
    default: fields[index].value = Self.value(fields[index].name, &dice)
    }
  }

  // MARK: Writing

  var bytes: [UInt8] {
    var text = head.map { "# \($0)\n\n" } ?? ""
    for (index, field) in fields.enumerated() {
      let layout = field.layout
      if index > 0 { text += String(repeating: "\n", count: layout.blankLines) }
      if index > 0, let gap = layout.gap { text += (layout.blankLines == 0 ? "\n" : "") + "# \(gap)\n\n" }
      if let above = layout.above { text += "# \(above)\n" }
      let behind = layout.behind.map { "  # \($0)" } ?? ""
      let (inline, below) = written(field.value, layout)
      text +=
        field.name + ":" + (inline.isEmpty ? "" : String(repeating: " ", count: layout.spaces) + inline) + behind + "\n"
      text += below
    }
    if let foot { text += "\n# \(foot)\n" }
    if !endsWithBreak, text.hasSuffix("\n") { text.removeLast() }
    if isWindows { text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") }
    return Array(text.utf8)
  }

  private func written(_ value: Value, _ layout: Layout) -> (inline: String, below: String) {
    switch value {
    case .text(let text): return (quoted(text, layout.quotes), "")
    case .number(let number): return ("\(number)" + (layout.quotes == 1 ? ".0" : ""), "")
    case .list(let items):
      if !layout.isBlock || items.isEmpty { return ("[" + items.joined(separator: ", ") + "]", "") }
      return ("", items.map { "  - \($0)\n" }.joined())
    case .map(let pairs):
      if !layout.isBlock || pairs.isEmpty { return (flow(value, layout), "") }
      return ("", pairs.map { "  \($0.0): \(flow($0.1, layout))\n" }.joined())
    case .affects(let entries):
      if entries.isEmpty { return ("[]", "") }
      let lines = entries.map { entry in
        let above = entry.above.map { "  # \($0)\n" } ?? ""
        let ask = flow(.text(entry.ask), Layout(quotes: 2))
        return above
          + (layout.isBlock ? "  - kpi: \(entry.id)\n    ask: \(ask)\n" : "  - {kpi: \(entry.id), ask: \(ask)}\n")
      }
      return ("", lines.joined())
    }
  }

  private func flow(_ value: Value, _ layout: Layout) -> String {
    switch value {
    case .text(let text): quoted(text, max(1, layout.quotes))
    case .number(let number): "\(number)"
    case .list(let items): "[" + items.joined(separator: ", ") + "]"
    case .map(let pairs): "{" + pairs.map { "\($0.0): \(flow($0.1, layout))" }.joined(separator: ", ") + "}"
    case .affects: "[]"
    }
  }

  private func quoted(_ text: String, _ style: Int) -> String {
    let isPlain = !text.contains { ":#[]{},'\\\"".contains($0) }
    if style == 0 && isPlain { return text }
    if style == 1 {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    return "\"" + text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}
