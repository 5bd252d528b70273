/// Which bytes may stand in a YAML text at all: valid UTF-8 without control characters.
enum YAMLEncoding {
  /// The faults of the encoding, at most one of each rule; the text is to be parsed only where there is none.
  static func faults(in bytes: UnsafeBufferPointer<UInt8>) -> [YAMLParser.Fault] {
    var faults: [YAMLParser.Fault] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      if byte < 0x80 {
        if byte != 0x0A, byte != 0x0D, byte != 0x09 { note(.controlCharacter, index, &faults) }
        index += 1
        continue
      }
      guard let (scalar, length) = UTF8Bytes.scalar(at: index, in: bytes) else {
        note(.invalidUTF8, index, &faults)
        return faults
      }
      if isForbidden(scalar, at: index) { note(.controlCharacter, index, &faults) }
      index += length
    }
    return faults
  }

  private static func isForbidden(_ scalar: UInt32, at index: Int) -> Bool {
    (scalar < 0xA0 && scalar != 0x85) || scalar == 0xFFFE || scalar == 0xFFFF || (scalar == 0xFEFF && index > 0)
  }

  private static func note(_ fault: Kind, _ offset: Int, _ faults: inout [YAMLParser.Fault]) {
    guard !faults.contains(where: { $0.rule == fault.rawValue }) else { return }
    faults.append(YAMLParser.Fault(rule: fault.rawValue, offset: offset, message: fault.message))
  }

  private enum Kind: String {
    case controlCharacter = "control-character"
    case invalidUTF8 = "invalid-utf8"

    var message: String {
      switch self {
      case .controlCharacter:
        "There is an invisible control character here, so this may be no text file at all. Remove the character."
      case .invalidUTF8: "This is not UTF-8 text. Save the file again with the encoding UTF-8."
      }
    }
  }
}

/// UTF-8 decoding that never traps.
enum UTF8Bytes {
  /// The scalar that starts at an index, and its length in bytes; nil where the bytes are not well-formed UTF-8.
  @inline(__always)
  static func scalar(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (scalar: UInt32, length: Int)? {
    let first = UInt32(bytes[index])
    if first < 0x80 { return (first, 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return nil }
    var value = first & (0x7F >> UInt32(length))
    for step in 1..<length {
      let next = UInt32(bytes[index + step])
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | next & 0x3F
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
    return (value, length)
  }
}
