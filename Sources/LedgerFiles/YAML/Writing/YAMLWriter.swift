import Calculation

/// Writes values as YAML in the ledger's own layout.
///
///     YAMLWriter.text(.map([("owner", .string("coo")), ("was", .list([]))]))   // "owner: coo\nwas: []\n"
///
/// Maps stand in block style, one key a line; maps and lists of a few scalars in brackets; quotes only where the text
/// would be read as something else. What is written is read back as the same value, and written again as the same bytes.
public enum YAMLWriter {
  /// How wide a map or list in brackets may be.
  static let width = 100

  /// The text of a document with this value. A map or list that takes more than one line ends with a line break; a
  /// scalar, or what is empty, is one line without.
  public static func text(_ value: YAMLValue) -> String {
    switch value {
    case .map(let pairs) where !pairs.isEmpty: return block(value, indent: 0)
    case .list(let items) where !items.isEmpty: return isShort(value) ? flow(value) : block(value, indent: 0)
    default: return flow(value)
    }
  }

  /// The value on one line, as it can stand inside brackets.
  public static func flow(_ value: YAMLValue) -> String {
    switch value {
    case .list(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .map(let pairs):
      "{" + pairs.map { key($0.key, isFlow: true) + ": " + flow($0.value) }.joined(separator: ", ") + "}"
    default: scalar(value, isFlow: true)
    }
  }

  /// A key as it has to be written.
  public static func key(_ key: String) -> String { self.key(key, isFlow: false) }

  static func key(_ key: String, isFlow: Bool) -> String {
    YAMLText.isPlain(key, isFlow: isFlow, isKey: true) ? key : YAMLText.quoted(key)
  }

  /// What stands behind a key: the rest of its line, and the lines below it with their breaks.
  struct Rendered {
    var head: String
    var lines: String
  }

  /// The value behind a key or dash, with lines below indented by `indent`.
  ///
  /// - Parameters:
  ///   - style: how the scalar was written before; kept where the new one can be written so.
  ///   - prefersBlock: whether a map or list is to stand in block style even if it is short.
  static func rendered(
    _ value: YAMLValue, indent: Int, style: YAMLScalar.Style? = nil, prefersBlock: Bool = false
  ) -> Rendered {
    switch value {
    case .map, .list:
      if isEmpty(value) { return Rendered(head: flow(value), lines: "") }
      if !prefersBlock, isShort(value) { return Rendered(head: flow(value), lines: "") }
      return Rendered(head: "", lines: block(value, indent: indent))
    case .string(let text):
      let keepsBlock = style == .literal || style == .folded
      if text.utf8.contains(0x0A) || keepsBlock, let literal = YAMLText.literal(text, indent: indent) {
        let header = style == .folded && !text.utf8.contains(0x0A) ? ">" + literal.header.dropFirst() : literal.header
        return Rendered(head: header, lines: literal.lines)
      }
      return Rendered(head: scalar(value, isFlow: false, style: style), lines: "")
    default: return Rendered(head: flow(value), lines: "")
    }
  }

  /// A map or list that is not empty, in block style.
  static func block(_ value: YAMLValue, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .map(let pairs):
      return pairs.map { margin + entry($0.key, $0.value, indent: indent) }.joined()
    case .list(let items):
      return items.map { margin + item($0, indent: indent) }.joined()
    default: return margin + flow(value) + "\n"
    }
  }

  /// `key: value` with line breaks, without the first line's margin.
  static func entry(_ key: String, _ value: YAMLValue, indent: Int) -> String {
    let rendered = rendered(value, indent: indent + 2)
    return self.key(key, isFlow: false) + ":" + (rendered.head.isEmpty ? "" : " " + rendered.head) + "\n"
      + rendered.lines
  }

  /// `- value` with line breaks, without the first line's margin.
  static func item(_ value: YAMLValue, indent: Int) -> String {
    let rendered = rendered(value, indent: indent + 2)
    if rendered.head.isEmpty { return "- " + rendered.lines.dropFirst(indent + 2) }
    return "- " + rendered.head + "\n" + rendered.lines
  }

  /// Whether a map or list fits into brackets on one line: a few scalars, none of several lines.
  static func isShort(_ value: YAMLValue) -> Bool {
    switch value {
    case .list(let items): items.allSatisfy(isFlat) && flow(value).count <= width
    case .map(let pairs): pairs.allSatisfy { isFlat($0.value) } && flow(value).count <= width
    default: true
    }
  }

  private static func isFlat(_ value: YAMLValue) -> Bool {
    switch value {
    case .list(let items): items.isEmpty
    case .map(let pairs): pairs.isEmpty
    case .string(let text): !text.utf8.contains(0x0A)
    default: true
    }
  }

  private static func isEmpty(_ value: YAMLValue) -> Bool {
    switch value {
    case .list(let items): items.isEmpty
    case .map(let pairs): pairs.isEmpty
    default: false
    }
  }

  static func scalar(_ value: YAMLValue, isFlow: Bool, style: YAMLScalar.Style? = nil) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let value): return value.description
    case .float(let text): return text
    case .string(let text):
      switch style {
      case .double: return YAMLText.doubleQuoted(text)
      case .single where YAMLText.isPrintable(text): return YAMLText.singleQuoted(text)
      default: return YAMLText.isPlain(text, isFlow: isFlow, isKey: false) ? text : YAMLText.quoted(text)
      }
    case .list, .map: return flow(value)
    }
  }
}
