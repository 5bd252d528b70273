import Chance
import Calculation
import LedgerFiles

/// Random documents in every layout that a ledger may hold: a value, and a text of it with random style and comments.
struct RandomYAML {
  var random: Dice
  private var comments = 0

  init(seed: UInt64) { random = Dice(seed) }

  static let keys = ["a", "b", "owner", "targets", "2026-Q3", "2026", "x y", "true", "list", "k: v", "#no", "é"]
  static let strings = [
    "plain", "two words", "no", "true", "010", "", " lead", "a: b", "a #b", "x\ny", "x\n\ny\n", "x\n", "'q'", "\"d\"",
    "[", "- a", "*/win-rate", "won / decided * 100", "tab\there", "-", "é", "a, b", "\n\nx", " x\n y\n", "x\n\n", "...",
    "null", "1e3", "http://x.org/#y", "\\", "\u{85}", "key:",
  ]

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  mutating func scalar() -> YAMLValue {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .null
    case 1: .bool(chance(50))
    case 2, 3: .number(Quantity(Int.random(in: -50...50, using: &random)))
    default: .string(pick(Self.strings))
    }
  }

  mutating func value(depth: Int) -> YAMLValue {
    guard depth > 0, chance(60) else { return scalar() }
    if chance(60) { return map(depth: depth) }
    return .list((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth - 1) })
  }

  mutating func map(depth: Int, least: Int = 0) -> YAMLValue {
    let count = Int.random(in: least...max(least, 4), using: &random)
    let names = Self.keys.shuffled(using: &random).prefix(count)
    return .map(names.map { ($0, value(depth: depth - 1)) })
  }

  // MARK: Text

  mutating func text(_ value: YAMLValue) -> String {
    var text = chance(20) ? "# about the file\n\n" : ""
    if chance(10) { text += "---\n" }
    if case .map(let pairs) = value, pairs.isEmpty || chance(8) {
      text += flow(value, indent: 2) + "\n"
    } else if case .map = value {
      text += block(value, indent: chance(10) ? 2 : 0)
    } else {
      text += flow(value, indent: 2) + "\n"
    }
    if chance(10), text.hasSuffix("\n"), !text.contains("|") { text.removeLast() }
    return text
  }

  private mutating func comment() -> String {
    comments += 1
    return "# c\(comments)"
  }

  private mutating func above(_ margin: String) -> String {
    var text = ""
    if chance(10) { text += "\n" }
    if chance(8) { text += margin + comment() + "\n\n" }
    while chance(15) { text += margin + comment() + "\n" }
    return text
  }

  private mutating func behind() -> String { chance(15) ? "  " + comment() : "" }

  private mutating func block(_ value: YAMLValue, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var text = ""
    switch value {
    case .map(let pairs):
      for pair in pairs {
        text +=
          above(margin) + margin + YAMLWriter.key(pair.key) + ":" + tail(pair.value, indent: indent, isItem: false)
      }
    case .list(let items):
      for item in items { text += above(margin) + margin + "-" + tail(item, indent: indent, isItem: true) }
    default: text = margin + flow(value, indent: indent) + "\n"
    }
    return text
  }

  private mutating func tail(_ value: YAMLValue, indent: Int, isItem: Bool) -> String {
    let inner = indent + (chance(80) ? 2 : 4)
    switch value {
    case .map(let pairs) where !pairs.isEmpty && chance(60):
      if isItem, chance(60) { return " " + compact(value, indent: indent + 2) }
      return behind() + "\n" + block(value, indent: inner)
    case .list(let items) where !items.isEmpty && chance(60):
      let inner = !isItem && chance(30) ? indent : inner
      return behind() + "\n" + block(value, indent: inner)
    case .null where chance(50): return behind() + "\n"
    case .string(let text) where chance(30):
      if let lines = literal(text, indent: inner) { return " " + lines }
    default: break
    }
    return " " + flow(value, indent: indent + 4, isInside: false) + behind() + "\n"
  }

  /// A mapping that begins behind a dash.
  private mutating func compact(_ value: YAMLValue, indent: Int) -> String {
    guard case .map(let pairs) = value, let first = pairs.first else { return "" }
    return YAMLWriter.key(first.key) + ":" + tail(first.value, indent: indent, isItem: false)
      + block(.map(Array(pairs.dropFirst())), indent: indent)
  }

  private mutating func literal(_ text: String, indent: Int) -> String? {
    guard text.hasPrefix("x"), !text.contains("\t"), !text.hasSuffix("\n\n") else { return nil }
    let margin = String(repeating: " ", count: indent)
    let trimmed = text.reversed().drop { $0 == "\n" }.reversed()
    let breaks = text.count - trimmed.count
    let lines = String(trimmed).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : margin + $0 + "\n" }.joined()
    return (breaks == 0 ? "|-" : "|") + behind() + "\n" + lines
  }

  private mutating func flow(_ value: YAMLValue, indent: Int, isInside: Bool = true) -> String {
    switch value {
    case .map(let pairs):
      brackets(pairs.map { (YAMLWriter.flow(.string($0.key)), $0.value) }, "{", "}", indent: indent)
    case .list(let items): brackets(items.map { ("", $0) }, "[", "]", indent: indent)
    default: YAMLWriter.flow(value)
    }
  }

  private mutating func brackets(
    _ elements: [(String, YAMLValue)], _ open: String, _ close: String, indent: Int
  ) -> String {
    guard !elements.isEmpty else { return open + close }
    let isLong = chance(25)
    let margin = "\n" + String(repeating: " ", count: indent)
    var text = open
    for (index, element) in elements.enumerated() {
      let isLast = index + 1 == elements.count
      if isLong {
        if chance(20) { text += margin + comment() }
        text += margin
      } else if index > 0 || chance(10) {
        text += " "
      }
      text += element.0.isEmpty ? "" : element.0 + ": "
      text += flow(element.1, indent: indent + 2)
      if !isLast || chance(15) { text += "," }
      if isLong, chance(20) { text += " " + comment() }
    }
    if isLong { text += margin }
    return text + close
  }
}
