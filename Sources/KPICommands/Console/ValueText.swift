import Calculation
import Consolidation
import LedgerFiles

/// Values of a ledger's files as one line of text.
enum ValueText {
  /// A value for people, cut where it is long: `25`, `{formula: won / decided}`; nothing is "nothing".
  static func short(_ value: YAMLValue?, limit: Int = 80) -> String {
    guard let value else { return "nothing" }
    return TextWidth.truncated(TextWidth.plain(full(value)), to: limit)
  }

  /// A key's value for people: a file is there or not, an element is in its set or not.
  static func short(_ value: YAMLValue?, of key: Key) -> String {
    if key == .file { return value == nil ? "no file" : "the file" }
    if key.row == nil, key.text.contains(" has ") { return value == nil ? "not in it" : "in it" }
    return short(value)
  }

  /// A change for people: of values with fields, only the fields that changed, and no name where there is but `value`.
  static func change(from old: YAMLValue?, to new: YAMLValue?, arrow: String = "\u{2192}") -> String {
    guard case .map(let before)? = old, case .map(let after)? = new else {
      return "\(short(old.map(unnamed))) \(arrow) \(short(new.map(unnamed)))"
    }
    let names = before.map(\.key) + after.map(\.key).filter { name in !before.contains { $0.key == name } }
    return names.filter { old?[$0] != new?[$0] }.map { name in
      let values = "\(short(old?[name])) \(arrow) \(short(new?[name]))"
      return name == "value" ? values : "\(name): \(values)"
    }.joined(separator: ", ")
  }

  /// The figure of a row that has nothing else.
  private static func unnamed(_ value: YAMLValue) -> YAMLValue {
    if case .map(let pairs) = value, pairs.count == 1, pairs[0].key == "value" { return pairs[0].value }
    return value
  }

  /// A value with nothing left out.
  static func full(_ value: YAMLValue) -> String {
    switch value {
    case .null: "nothing"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): value.description
    case .float(let text), .string(let text): text
    case .list(let items): "[" + items.map(full).joined(separator: ", ") + "]"
    case .map(let pairs): pairs.isEmpty ? "{}" : pairs.map { "\($0.key): \(nested($0.value))" }.joined(separator: ", ")
    }
  }

  private static func nested(_ value: YAMLValue) -> String {
    if case .map(let pairs) = value, !pairs.isEmpty { return "{" + full(value) + "}" }
    return full(value)
  }
}
