extension YAMLParser {
  private enum Chomping { case clip, strip, keep }

  /// Reads the literal (`|`) or folded (`>`) text at `pos`, and the gap behind it; nil after a fault.
  mutating func parseBlockScalar(_ parent: Int) -> YAMLNode? {
    let start = pos
    let isFolded = at(start) == 0x3E
    guard let (chomping, digit) = parseBlockHeader() else { return nil }
    var minimum = parent + 1
    var indent = -1
    if digit > 0 {
      indent = max(parent, 0) + digit
    } else {
      guard let found = detectIndent(minimum) else { return nil }
      indent = found
    }
    minimum = indent
    var buffer: [UInt8] = []
    var end = pos
    let trailing = readBlockLines(indent, isFolded: isFolded, &buffer, &end)
    switch chomping {
    case .strip: break
    case .clip: if trailing.lastBreak { buffer.append(0x0A) }
    case .keep:
      if trailing.lastBreak { buffer.append(0x0A) }
      buffer.append(contentsOf: repeatElement(0x0A, count: trailing.blankLines))
      end = pos
    }
    let scalar = YAMLScalar(text: String(decoding: buffer, as: UTF8.self), style: isFolded ? .folded : .literal)
    pos = end
    lineStart = end
    if end >= count, end > start, !Self.isEnd(bytes[end - 1]) { lineStart = start }
    skipGap()
    return YAMLNode(kind: .scalar(scalar), range: start..<end)
  }

  /// Reads `|`, `>`, chomping and indentation indicators and the rest of that line.
  private mutating func parseBlockHeader() -> (Chomping, Int)? {
    pos += 1
    var chomping = Chomping.clip
    var digit = 0
    for _ in 0..<2 {
      switch at(pos) {
      case 0x2B where chomping == .clip: chomping = .keep
      case 0x2D where chomping == .clip: chomping = .strip
      case 0x31...0x39 where digit == 0: digit = Int(at(pos) - 0x30)
      default: continue
      }
      pos += 1
    }
    let headerEnd = pos
    skipBlanks()
    if at(pos) == 0x23, pos > headerEnd { skipComment(ownLine: false) }
    guard Self.isEnd(at(pos)) else {
      fault("bad-block-header", at: pos, "The text has to begin on the line below | or >.")
      return nil
    }
    skipBreak()
    return (chomping, digit)
  }

  /// The indentation of the first line that is not blank, at least `minimum`; looks only.
  private mutating func detectIndent(_ minimum: Int) -> Int? {
    var line = pos
    var widest = 0
    while true {
      let indent = spaces(from: line)
      let index = line + indent
      if Self.isEnd(at(index)), index < count {
        widest = max(widest, indent)
        line = index + (at(index) == 0x0D && at(index + 1) == 0x0A ? 2 : 1)
        continue
      }
      let isContent = index < count && indent >= minimum && !isDocumentMarker(at: index, lineStart: line)
      if at(index) == 0x09, indent < minimum {
        tabFault(index)
        return nil
      }
      if isContent, widest > indent {
        fault(
          "bad-indentation", at: index,
          "A blank line above the text is indented deeper than the text. Remove its spaces.")
        return nil
      }
      return isContent ? indent : max(minimum, widest)
    }
  }

  /// Reads the lines of a block scalar into `buffer`, folded where asked for.
  ///
  /// - Returns: whether the last line ends with a break, and how many blank lines follow it; `end` is behind the last
  ///   line that is not blank, `pos` behind the blank ones.
  private mutating func readBlockLines(
    _ indent: Int, isFolded: Bool, _ buffer: inout [UInt8], _ end: inout Int
  ) -> (lastBreak: Bool, blankLines: Int) {
    var pendingBreak = false
    var blankLines = skipBlankLines(indent)
    var previousIsSpaced = false
    while pos < count, spaces(from: lineStart) >= indent, !isDocumentMarker(at: pos, lineStart: pos) {
      pos += indent
      let isSpaced = Self.isBlank(at(pos))
      if pendingBreak {
        if !isFolded || previousIsSpaced || isSpaced {
          buffer.append(0x0A)
        } else if blankLines == 0 {
          buffer.append(0x20)
        }
      }
      buffer.append(contentsOf: repeatElement(0x0A, count: blankLines))
      previousIsSpaced = isSpaced
      let start = pos
      skipToLineEnd()
      buffer.append(contentsOf: bytes[start..<pos])
      pendingBreak = pos < count
      skipBreak()
      end = pos
      blankLines = skipBlankLines(indent)
    }
    return (pendingBreak, blankLines)
  }

  /// Steps over lines that hold at most `indent` spaces.
  private mutating func skipBlankLines(_ indent: Int) -> Int {
    var lines = 0
    while true {
      let blank = spaces(from: pos)
      let index = pos + blank
      guard blank <= indent, index < count, at(index) == 0x0A || at(index) == 0x0D else { return lines }
      pos = index
      skipBreak()
      lines += 1
    }
  }
}
