/// How a text is written as a YAML scalar.
enum YAMLText {
  /// Whether the text can stand without quotes and is read back as itself.
  static func isPlain(_ text: String, isFlow: Bool, isKey: Bool) -> Bool {
    var copy = text
    return copy.withUTF8 { bytes in
      guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20, last != 0x3A else {
        return false
      }
      guard canBegin(bytes, isFlow: isFlow), !hasMarker(bytes), isSafe(bytes, isFlow: isFlow), isPrintable(text) else {
        return false
      }
      if isKey { return true }
      if case .string = CoreSchema.meaning(of: bytes, text: text) { return true }
      return false
    }
  }

  private static func canBegin(_ bytes: UnsafeBufferPointer<UInt8>, isFlow: Bool) -> Bool {
    var parser = YAMLParser(bytes)
    parser.pos = 0
    return parser.canStartPlain(flow: isFlow)
  }

  private static func hasMarker(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 3 && (bytes[0] == 0x2D || bytes[0] == 0x2E) && bytes[1] == bytes[0] && bytes[2] == bytes[0]
  }

  /// Whether no character inside ends the scalar.
  private static func isSafe(_ bytes: UnsafeBufferPointer<UInt8>, isFlow: Bool) -> Bool {
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case 0x3A where next == 0x20: return false
      case 0x20 where next == 0x23: return false
      case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D:
        if isFlow { return false }
      default: break
      }
    }
    return true
  }

  /// Whether the text holds no line break, tab or other character that only an escape can write.
  static func isPrintable(_ text: String) -> Bool { !text.unicodeScalars.contains(where: needsEscape) }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// In double quotes; in single ones where these spare escapes.
  static func quoted(_ text: String) -> String {
    let hasEscapes = text.utf8.contains { $0 == 0x22 || $0 == 0x5C }
    return hasEscapes && !text.utf8.contains(0x27) && isPrintable(text) ? singleQuoted(text) : doubleQuoted(text)
  }

  static func singleQuoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }

  static func doubleQuoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default:
        if needsEscape(scalar) {
          quoted += hexadecimal(scalar.value)
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    let length = value < 0x100 ? 2 : 4
    return (length == 2 ? "\\x" : "\\u") + String(repeating: "0", count: length - digits.count) + digits
  }

  /// The text as a literal block, or nil where it cannot be one: it begins with a blank, ends with more than one line
  /// break (blank lines below would then change it), or holds what needs an escape.
  static func literal(_ text: String, indent: Int) -> (header: String, lines: String)? {
    guard let first = text.utf8.first, first != 0x20, first != 0x0A, indent > 0 else { return nil }
    guard !text.unicodeScalars.contains(where: { $0 != "\n" && needsEscape($0) }) else { return nil }
    let ends = text.utf8.suffix(2).map { $0 == 0x0A }
    guard ends != [true, true] else { return nil }
    let hasBreak = ends.last == true
    let margin = String(repeating: " ", count: indent)
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast(hasBreak ? 1 : 0)
    let written = lines.map { line in line.isEmpty ? "\n" : margin + String(Substring(line)) + "\n" }.joined()
    return (hasBreak ? "|" : "|-", written)
  }
}
