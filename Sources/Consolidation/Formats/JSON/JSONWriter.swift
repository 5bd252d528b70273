public import Calculation

/// Writes JSON text in the order in which it is told: objects a field a line, or a whole value on one line.
///
/// Numbers are written in their exact decimal form. The text depends on the calls alone.
public struct JSONWriter {
  private var bytes: [UInt8] = []
  private var depth = 0
  /// Over 0: inside a value that is written on one line.
  private var inline = 0
  private var isFirst = true
  private var followsKey = false

  /// An empty text with room for so many bytes.
  public init(reserving count: Int = 0) { bytes.reserveCapacity(count) }

  /// What has been written.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object; `inline` on one line.
  public mutating func object(inline isInline: Bool = false, _ body: (inout JSONWriter) -> Void) {
    container("{", "}", isInline, body)
  }

  /// An array; `inline` on one line.
  public mutating func array(inline isInline: Bool = false, _ body: (inout JSONWriter) -> Void) {
    container("[", "]", isInline, body)
  }

  /// The name of an object's next field.
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    append(": ")
    followsKey = true
  }

  /// A text; nil is null.
  public mutating func string(_ value: String?) {
    guard let value else { return literal("null") }
    separate()
    appendQuoted(value)
  }

  /// A number in exact decimal form; nil is null.
  public mutating func number(_ value: Quantity?) { literal(value.map(\.description) ?? "null") }
  /// A whole number; nil is null.
  public mutating func number(_ value: Int?) { literal(value.map(String.init) ?? "null") }
  /// True or false.
  public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
  /// Null.
  public mutating func null() { literal("null") }

  /// A field with a text.
  public mutating func field(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  /// A field with a number.
  public mutating func field(_ name: String, _ value: Quantity?) {
    key(name)
    number(value)
  }

  /// A line feed behind the text.
  public mutating func endLine() { append("\n") }

  private mutating func literal(_ value: String) {
    separate()
    append(value)
  }

  private mutating func container(_ open: String, _ close: String, _ isInline: Bool, _ body: (inout JSONWriter) -> Void)
  {
    separate()
    append(open)
    let before = bytes.count
    depth += 1
    if isInline || inline > 0 { inline += 1 }
    isFirst = true
    body(&self)
    depth -= 1
    let isEmpty = bytes.count == before
    if inline > 0 { inline -= 1 } else if !isEmpty { newLine() }
    append(close)
    isFirst = false
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      isFirst = false
      return
    }
    if !isFirst { append(inline > 0 ? ", " : ",") }
    if depth > 0, inline == 0 { newLine() }
    isFirst = false
  }

  private mutating func newLine() {
    append("\n")
    for _ in 0..<depth { append("  ") }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Control characters and the line ends that JavaScript knows besides JSON's are written as escapes.
  private mutating func appendQuoted(_ value: String) {
    append("\"")
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x80 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }) {
      append(value)
    } else {
      for scalar in value.unicodeScalars { appendEscaped(scalar) }
    }
    append("\"")
  }

  private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case "\u{00}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
      let digits = String(scalar.value, radix: 16)
      append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    default: append(String(Character(scalar)))
    }
  }
}
