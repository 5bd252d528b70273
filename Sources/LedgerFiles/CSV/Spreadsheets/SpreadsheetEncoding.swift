/// The encodings in which spreadsheet programs save text.
public enum TextEncoding: String, Hashable, Sendable {
  case utf8 = "UTF-8"
  case utf16 = "UTF-16"
  /// Western European; a superset of Latin-1 for text.
  case windows1252 = "Windows-1252"
}

/// Turns a spreadsheet's bytes into UTF-8.
enum SpreadsheetEncoding {
  /// The text in UTF-8, and what it was in. Where a text is UTF-8 but for some bytes, only these are taken for
  /// Windows-1252.
  static func utf8(_ bytes: [UInt8]) -> ([UInt8], TextEncoding) {
    if bytes.starts(with: [0xFF, 0xFE]) { return (utf16(bytes, isLittleEndian: true), .utf16) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (utf16(bytes, isLittleEndian: false), .utf16) }
    return bytes.withUnsafeBufferPointer { buffer in
      guard let first = firstInvalid(buffer, from: 0) else { return (bytes, .utf8) }
      return (windows1252(buffer, first), .windows1252)
    }
  }

  private static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if let (_, length) = UTF8Bytes.scalar(at: index, in: bytes) {
        index += length
      } else {
        return index
      }
    }
    return nil
  }

  private static func windows1252(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 64)
    var index = 0
    var invalid: Int? = first
    while let bad = invalid {
      text.append(contentsOf: bytes[index..<bad])
      text.append(contentsOf: Array(String(character(bytes[bad])).utf8))
      index = bad + 1
      invalid = firstInvalid(bytes, from: index)
    }
    text.append(contentsOf: bytes[index...])
    return text
  }

  /// U+0080 to U+009F are Windows' own; the rest is Latin-1.
  private static func character(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    return windows[Int(byte) - 0x80]
  }

  private static let windows: [Unicode.Scalar] = [
    "\u{20AC}", "\u{FFFD}", "\u{201A}", "\u{0192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{02C6}",
    "\u{2030}", "\u{0160}", "\u{2039}", "\u{0152}", "\u{FFFD}", "\u{017D}", "\u{FFFD}", "\u{FFFD}", "\u{2018}",
    "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{02DC}", "\u{2122}", "\u{0161}",
    "\u{203A}", "\u{0153}", "\u{FFFD}", "\u{017E}", "\u{0178}",
  ]

  private static func utf16(_ bytes: [UInt8], isLittleEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (one, other) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittleEndian ? other << 8 | one : one << 8 | other)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
