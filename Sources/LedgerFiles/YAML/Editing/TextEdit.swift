/// A part of a text and what takes its place.
struct TextEdit {
  let range: Range<Int>
  let text: [UInt8]

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = Array(text.utf8)
  }

  /// The text after some edits, none of which overlap. Line breaks put in are those that the text has.
  static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
    let ending = TextLines.ending(of: bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.count })
    var position = 0
    // Of two edits at one place, the earlier in the list comes first.
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    for (_, edit) in ordered {
      let lower = max(edit.range.lowerBound, position)
      result.append(contentsOf: bytes[position..<lower])
      TextLines.append(edit.text, ending: ending, to: &result)
      position = max(lower, edit.range.upperBound)
    }
    result.append(contentsOf: bytes[position...])
    return result
  }
}

/// Lines of a text in bytes: LF, CRLF or CR.
enum TextLines {
  static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The first line break of a text; LF where there is none.
  static func ending(of bytes: [UInt8]) -> [UInt8] {
    guard let index = bytes.firstIndex(where: isBreak) else { return [0x0A] }
    if bytes[index] == 0x0A { return [0x0A] }
    return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? [0x0D, 0x0A] : [0x0D]
  }

  static func append(_ text: [UInt8], ending: [UInt8], to result: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      guard isBreak(byte) else {
        result.append(byte)
        continue
      }
      if byte == 0x0D, index < text.count, text[index] == 0x0A { index += 1 }
      result.append(contentsOf: ending)
    }
  }

  /// Where the line of an offset begins; behind a byte order mark.
  static func start(_ offset: Int, in bytes: [UInt8]) -> Int {
    var index = min(offset, bytes.count)
    while index > 0, !isBreak(bytes[index - 1]) { index -= 1 }
    return index == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : index
  }

  /// Where the line of an offset ends, before its break.
  static func end(_ offset: Int, in bytes: [UInt8]) -> Int {
    var index = offset
    while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
    return index
  }

  /// Where the line after the one of an offset begins.
  static func next(_ offset: Int, in bytes: [UInt8]) -> Int {
    let index = end(offset, in: bytes)
    guard index < bytes.count else { return index }
    return bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
  }

  /// How many bytes stand before an offset on its line.
  static func column(_ offset: Int, in bytes: [UInt8]) -> Int { offset - start(offset, in: bytes) }

  /// How many spaces the line of an offset begins with.
  static func indent(_ offset: Int, in bytes: [UInt8]) -> Int {
    let line = start(offset, in: bytes)
    var index = line
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index - line
  }

  /// Whether nothing but blanks stands before an offset on its line.
  static func isFirst(_ offset: Int, in bytes: [UInt8]) -> Bool {
    bytes[start(offset, in: bytes)..<min(offset, bytes.count)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The offset before the blanks that end at `offset`.
  static func beforeBlanks(_ offset: Int, in bytes: [UInt8]) -> Int {
    var index = offset
    while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    return index
  }
}
