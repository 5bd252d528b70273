extension YAMLParser {
  /// Whether a plain scalar may begin at `pos`.
  func canStartPlain(flow: Bool) -> Bool {
    switch at(pos) {
    case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x23, 0x26, 0x2A, 0x21, 0x7C, 0x3E, 0x27, 0x22, 0x25, 0x40, 0x60, 0:
      return false
    case 0x2D, 0x3F, 0x3A:
      let next = at(pos + 1)
      return !Self.isBlankOrEnd(next) && !(flow && Self.isFlowIndicator(next))
    default: return true
    }
  }

  /// Reads one line of a plain scalar; `pos` is left at its end: a colon, blanks, a comment, a bracket or the line's
  /// end.
  ///
  /// - Returns: where the text ends, trailing blanks left out; and whether a key's colon follows.
  mutating func scanPlainLine(flow: Bool) -> (end: Int, colon: Bool) {
    var index = pos
    var end = pos
    scan: while true {
      let byte = at(index)
      if byte > 0x3A && !(flow && Self.isFlowIndicator(byte)) {
        index += 1
        end = index
        continue
      }
      switch byte {
      case 0, 0x0A, 0x0D: break scan
      case 0x20, 0x09:
        index += 1
        continue
      case 0x23 where index > pos && Self.isBlank(at(index - 1)): break scan
      case 0x3A:
        let next = at(index + 1)
        if Self.isBlankOrEnd(next) || (flow && Self.isFlowIndicator(next)) {
          pos = index
          return (end, true)
        }
      case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D:
        if flow { break scan }
      default: break
      }
      index += 1
      end = index
    }
    pos = end
    return (end, false)
  }

  /// Reads the lines on which a plain scalar goes on, after its first one `start..<end`; nil after a fault.
  mutating func continuePlain(_ start: Int, _ end: Int, parent: Int, flow: Bool) -> (text: String, end: Int)? {
    guard var next = continuation(parent: parent, flow: flow) else { return (text(start, end), end) }
    var buffer = Array(bytes[start..<end])
    var last = end
    while true {
      if next.breaks == 1 {
        buffer.append(0x20)
      } else {
        buffer.append(contentsOf: repeatElement(0x0A, count: next.breaks - 1))
      }
      pos = next.start
      lineStart = next.lineStart
      let line = scanPlainLine(flow: flow)
      if line.colon {
        if flow { return unclosedKey(start) }
        return unexpectedColon()
      }
      buffer.append(contentsOf: bytes[next.start..<line.end])
      last = line.end
      guard let following = continuation(parent: parent, flow: flow) else { break }
      next = following
    }
    return (String(decoding: buffer, as: UTF8.self), last)
  }

  private mutating func unclosedKey<Result>(_ start: Int) -> Result? {
    fault(
      "missing-comma", at: start, "A key must stand on one line. A comma or a closing bracket may be missing before it."
    )
    return nil
  }

  /// The next line, if the plain scalar that ends at `pos` goes on there. Looks only; moves nothing.
  private func continuation(parent: Int, flow: Bool) -> (start: Int, lineStart: Int, breaks: Int)? {
    var index = pos
    while Self.isBlank(at(index)) { index += 1 }
    var breaks = 0
    var line = lineStart
    while at(index) == 0x0A || at(index) == 0x0D {
      index += at(index) == 0x0D && at(index + 1) == 0x0A ? 2 : 1
      breaks += 1
      line = index
      while Self.isBlank(at(index)) { index += 1 }
    }
    guard breaks > 0, index < count, spaces(from: line) > parent, at(index) != 0x23,
      !isDocumentMarker(at: index, lineStart: line)
    else { return nil }
    if flow {
      let byte = at(index)
      guard !Self.isFlowIndicator(byte) else { return nil }
      if byte == 0x3A, Self.isBlankOrEnd(at(index + 1)) || Self.isFlowIndicator(at(index + 1)) { return nil }
    }
    return (index, line, breaks)
  }

  /// How many spaces begin a line.
  func spaces(from line: Int) -> Int {
    var index = line
    while at(index) == 0x20 { index += 1 }
    return index - line
  }
}
