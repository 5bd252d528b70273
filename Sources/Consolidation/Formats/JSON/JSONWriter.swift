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
  /// A scorecard names the same few periods over and over.
  private var periodNames: [Period: String] = [:]

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
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    followsKey = true
  }

  /// A text; nil is null.
  public mutating func string(_ value: String?) {
    guard let value else { return literal("null") }
    separate()
    appendQuoted(value)
  }

  /// A number in exact decimal form; nil is null.
  public mutating func number(_ value: Quantity?) {
    guard let value else { return null() }
    separate()
    value.write(to: &bytes)
  }

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

  /// A field with a period's name.
  public mutating func field(_ name: String, _ period: Period) {
    key(name)
    if let known = periodNames[period] { return string(known) }
    periodNames[period] = period.description
    string(period.description)
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
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private mutating func append(_ text: String) {
    let isWhole: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
    if isWhole == nil { bytes.append(contentsOf: text.utf8) }
  }

  /// Control characters and the line ends that JavaScript knows besides JSON's are written as escapes.
  private mutating func appendQuoted(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = value.utf8.withContiguousStorageIfAvailable { utf8 in
      for byte in utf8 where Self.isSpecial(byte) { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if isPlain != true {
      for scalar in value.unicodeScalars { appendEscaped(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is, or may be part of, something that is not written as it is.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
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
