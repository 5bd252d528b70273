import Calculation

extension YAMLScalar {
  /// What the scalar means by the core schema of YAML 1.2: only plain text can be anything but a string; `no` is a
  /// string, `010` is ten, `0o17` is octal, `0x1F` hexadecimal.
  public var resolved: YAMLValue.Scalar {
    guard style == .plain else { return .string(text) }
    var copy = text
    return copy.withUTF8 { CoreSchema.meaning(of: $0, text: text) }
  }
}

/// The core schema of YAML 1.2, section 10.3 of its specification.
enum CoreSchema {
  static func meaning(of bytes: UnsafeBufferPointer<UInt8>, text: String) -> YAMLValue.Scalar {
    guard let first = bytes.first else { return .null }
    switch first {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E: return number(bytes, text) ?? .string(text)
    case 0x7E: return bytes.count == 1 ? .null : .string(text)
    case 0x6E, 0x4E, 0x74, 0x54, 0x66, 0x46: return word(text)
    default: return .string(text)
    }
  }

  private static func word(_ text: String) -> YAMLValue.Scalar {
    switch text {
    case "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: .string(text)
    }
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ text: String) -> YAMLValue.Scalar? {
    if bytes.count > 2, bytes[0] == 0x30, bytes[1] == 0x6F || bytes[1] == 0x78 {
      return based(text.dropFirst(2), radix: bytes[1] == 0x6F ? 8 : 16, text)
    }
    guard isDecimal(bytes) else { return special(text) }
    if let value = Quantity(utf8: bytes) { return .number(value) }
    let plain = bytes[0] == 0x2B ? bytes.dropFirst() : bytes[...]
    // `5.` and `5.e3` are numbers to YAML.
    var cleaned = Array(plain)
    if let dot = cleaned.firstIndex(of: 0x2E),
      dot + 1 == cleaned.count || cleaned[dot + 1] == 0x65 || cleaned[dot + 1] == 0x45
    {
      cleaned.remove(at: dot)
    }
    return Quantity(utf8: cleaned).map { .number($0) } ?? .float(text)
  }

  private static func based(_ digits: Substring, radix: Int, _ text: String) -> YAMLValue.Scalar? {
    guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
    if let value = Int(digits, radix: radix) { return .number(Quantity(value)) }
    let isNumber = digits.utf8.allSatisfy { byte in
      Int(String(Unicode.Scalar(byte)), radix: radix) != nil
    }
    return isNumber ? .float(text) : nil
  }

  private static func special(_ text: String) -> YAMLValue.Scalar? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(".inf")
    case "-.inf", "-.Inf", "-.INF": .float("-.inf")
    case ".nan", ".NaN", ".NAN": .float(".nan")
    default: nil
    }
  }

  /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  private static func isDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
      return index - start
    }
    if bytes[0] == 0x2B || bytes[0] == 0x2D { index += 1 }
    let whole = digits()
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      if digits() == 0, whole == 0 { return false }
    } else if whole == 0 {
      return false
    }
    if index < bytes.count, bytes[index] == 0x65 || bytes[index] == 0x45 {
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
      if digits() == 0 { return false }
    }
    return index == bytes.count
  }
}
