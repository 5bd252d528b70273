extension YAMLParser {
  /// Reads the quoted scalar at `pos`; nil after a fault.
  mutating func parseQuoted(_ parent: Int) -> (text: String, style: YAMLScalar.Style)? {
    let start = pos
    let quote = at(start)
    let style: YAMLScalar.Style = quote == 0x22 ? .double : .single
    var index = start + 1
    while true {
      let byte = at(index)
      if byte == quote {
        if quote == 0x27, at(index + 1) == 0x27 { break }
        pos = index + 1
        return (text(start + 1, index), style)
      }
      if Self.isEnd(byte) || (byte == 0x5C && quote == 0x22) { break }
      index += 1
    }
    let line = lineStart
    var buffer = Array(bytes[(start + 1)..<index])
    pos = index
    guard parseQuotedRest(quote, parent, &buffer) else {
      unclosedQuote(start, line)
      return nil
    }
    return (String(decoding: buffer, as: UTF8.self), style)
  }

  private mutating func unclosedQuote(_ start: Int, _ line: Int) {
    guard faults.count < 100 else { return }
    pos = start
    lineStart = line
    fault("unclosed-quote", at: start, "The quote that begins here is not closed.")
  }

  /// Reads on to the closing quote, with escapes, doubled quotes and folded lines; false where there is none.
  private mutating func parseQuotedRest(_ quote: UInt8, _ parent: Int, _ buffer: inout [UInt8]) -> Bool {
    /// Blanks before this index were escaped and stay at a line's end.
    var kept = 0
    while true {
      let byte = at(pos)
      switch byte {
      case quote where quote == 0x27 && at(pos + 1) == 0x27:
        buffer.append(0x27)
        pos += 2
      case quote:
        pos += 1
        return true
      case 0x5C where quote == 0x22:
        if at(pos + 1) == 0x0A || at(pos + 1) == 0x0D {
          pos += 1
          guard let breaks = foldLine(parent) else { return false }
          buffer.append(contentsOf: repeatElement(0x0A, count: breaks - 1))
        } else {
          parseEscape(&buffer)
        }
        kept = buffer.count
      case 0x0A, 0x0D:
        while buffer.count > kept, let last = buffer.last, Self.isBlank(last) { buffer.removeLast() }
        guard let breaks = foldLine(parent) else { return false }
        if breaks == 1 {
          buffer.append(0x20)
        } else {
          buffer.append(contentsOf: repeatElement(0x0A, count: breaks - 1))
        }
        kept = buffer.count
      case 0: return false
      default:
        buffer.append(byte)
        pos += 1
      }
    }
  }

  /// Steps over line breaks and the next line's indentation; nil where that line no longer belongs to the scalar.
  private mutating func foldLine(_ parent: Int) -> Int? {
    var breaks = 0
    while at(pos) == 0x0A || at(pos) == 0x0D {
      skipBreak()
      breaks += 1
      skipBlanks()
    }
    let closes = parent < 0 || spaces(from: lineStart) > parent
    return closes && pos < count && !isDocumentMarker() ? breaks : nil
  }

  /// Reads one backslash escape of a double-quoted scalar.
  private mutating func parseEscape(_ buffer: inout [UInt8]) {
    let start = pos
    let letter = at(pos + 1)
    pos += 2
    if let scalar = Self.simpleEscape(letter) {
      append(scalar, to: &buffer)
      return
    }
    let length: Int
    switch letter {
    case 0x78: length = 2
    case 0x75: length = 4
    case 0x55: length = 8
    default:
      pos = min(start + 1, count)
      return badEscape(start)
    }
    guard var value = hexadecimal(length) else { return badEscape(start) }
    if letter == 0x75, value & 0xFC00 == 0xD800, at(pos) == 0x5C, at(pos + 1) == 0x75 {
      let high = value
      pos += 2
      guard let low = hexadecimal(4), low & 0xFC00 == 0xDC00 else { return badEscape(start) }
      value = 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF
    }
    guard let scalar = Unicode.Scalar(value) else { return badEscape(start) }
    append(scalar, to: &buffer)
  }

  private mutating func badEscape(_ start: Int) {
    fault("bad-escape", at: start, "Text in double quotes has no such \\ escape. Write \\\\ for a backslash.")
  }

  private func append(_ scalar: Unicode.Scalar, to buffer: inout [UInt8]) {
    buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Reads hexadecimal digits; nil, with `pos` at the first other character, where there are fewer.
  private mutating func hexadecimal(_ length: Int) -> UInt32? {
    var value: UInt64 = 0
    for _ in 0..<length {
      let byte = at(pos)
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt64(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
      default: return nil
      }
      pos += 1
    }
    return UInt32(exactly: value)
  }

  private static func simpleEscape(_ letter: UInt8) -> Unicode.Scalar? {
    switch letter {
    case 0x30: "\u{0}"
    case 0x61: "\u{7}"
    case 0x62: "\u{8}"
    case 0x74, 0x09: "\t"
    case 0x6E: "\n"
    case 0x76: "\u{B}"
    case 0x66: "\u{C}"
    case 0x72: "\r"
    case 0x65: "\u{1B}"
    case 0x20: " "
    case 0x22: "\""
    case 0x2F: "/"
    case 0x5C: "\\"
    case 0x4E: "\u{85}"
    case 0x5F: "\u{A0}"
    case 0x4C: "\u{2028}"
    case 0x50: "\u{2029}"
    default: nil
    }
  }
}
