extension YAMLParser {
  /// A key that has been read, up to and with its colon.
  struct Key {
    let text: String
    let range: Range<Int>
    /// Start of its line, or of the key itself where something else stands before it on the line.
    let start: Int
    /// The first comment above it that belongs to it.
    let above: Int
  }

  /// Reads the node at `pos`, and the gap behind it; nil after a fault, with `pos` somewhere on the faulty line.
  ///
  /// - Parameters:
  ///   - parent: the indentation of what the node belongs to; continued lines are indented deeper.
  ///   - inline: whether something stands before the node on its line.
  ///   - mappingAllowed: whether a block mapping may begin here.
  mutating func parseNode(parent: Int, inline: Bool, mappingAllowed: Bool) -> YAMLNode? {
    let start = pos
    let indent = pos - lineStart
    let above = inline ? comments.count : run
    let keyStart = inline ? start : lineStart
    switch at(start) {
    case 0x2D where Self.isBlankOrEnd(at(start + 1)):
      guard mappingAllowed else { return unexpectedItem() }
      return nested { $0.parseBlockSequence(indent, inline: inline) }
    case 0x3F where Self.isBlankOrEnd(at(start + 1)): return complexKey()
    case 0x5B, 0x7B: return parseFlowRoot(parent)
    case 0x7C, 0x3E: return parseBlockScalar(parent)
    case 0x22, 0x27:
      guard let (text, style) = parseQuoted(parent) else { return nil }
      if isKeyColon(from: start) {
        guard mappingAllowed else { return unexpectedColon() }
        let key = Key(text: text, range: start..<pos, start: keyStart, above: above)
        skipColon()
        return nested { $0.parseBlockMapping(indent, first: key) }
      }
      return finishScalar(YAMLNode(kind: .scalar(YAMLScalar(text: text, style: style)), range: start..<pos))
    default:
      guard canStartPlain(flow: false) else { return refusedIndicator() }
      let (end, colon) = scanPlainLine(flow: false)
      if colon {
        guard mappingAllowed else { return unexpectedColon() }
        guard end > start else { return missingKey() }
        let key = Key(text: text(start, end), range: start..<end, start: keyStart, above: above)
        skipColon()
        return nested { $0.parseBlockMapping(indent, first: key) }
      }
      guard let (text, end) = continuePlain(start, end, parent: parent, flow: false) else { return nil }
      return finishScalar(YAMLNode(kind: .scalar(YAMLScalar(text: text, style: .plain)), range: start..<end))
    }
  }

  /// Counts a level of nesting around a collection.
  mutating func nested(_ body: (inout YAMLParser) -> YAMLNode?) -> YAMLNode? {
    guard depth < YAMLDocument.depthLimit else {
      fault(
        "too-deep", at: pos, "The text is nested deeper than \(YAMLDocument.depthLimit) levels; the rest was not read.")
      abort()
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  /// Skips the gap behind a scalar or flow collection; what follows on the same line is a fault.
  mutating func finishScalar(_ node: YAMLNode) -> YAMLNode? {
    let before = pos
    skipGap()
    guard column >= 0, !gapCrossedLine else { return node }
    if at(pos) == 0x23 {
      fault("unexpected-text", at: pos, "A comment needs a space before its #.")
    } else if at(pos) == 0x3A, before == pos || node.scalar == nil {
      fault("complex-key", at: node.range.lowerBound, "Only a single line of text can be a key.")
    } else {
      fault(
        "unexpected-text", at: pos, "The value has ended before this. Put the whole value into quotes, or remove it.")
    }
    return nil
  }

  /// Whether a scalar on one line that began at `start` is followed by the colon that makes it a key.
  private func isKeyColon(from start: Int) -> Bool {
    guard start >= lineStart else { return false }
    var index = pos
    while Self.isBlank(at(index)) { index += 1 }
    return at(index) == 0x3A && Self.isBlankOrEnd(at(index + 1))
  }

  private mutating func skipColon() {
    skipBlanks()
    pos += 1
  }

  // MARK: Mappings

  private mutating func parseBlockMapping(_ indent: Int, first: Key) -> YAMLNode? {
    var entries: [YAMLEntry] = []
    var seen: Set<String> = []
    var next: Key? = first
    var end = pos
    while true {
      if let key = next {
        if let entry = parseEntry(key, indent) {
          end = entry.extent.upperBound
          add(entry, to: &entries, seen: &seen)
        } else {
          recover(indent)
        }
      } else {
        recover(indent)
      }
      while column > indent {
        fault(
          "bad-indentation", at: pos,
          "This line is indented deeper than the one it belongs to. Align it with the keys beside it.")
        recover(indent)
      }
      guard column == indent else { break }
      next = parseKey()
    }
    return YAMLNode(kind: .mapping(entries, .block), range: first.range.lowerBound..<max(end, first.range.upperBound))
  }

  /// Adds an entry unless its key is there already.
  mutating func add(_ entry: YAMLEntry, to entries: inout [YAMLEntry], seen: inout Set<String>) {
    let isNew: Bool
    if entries.count < 24 {
      isNew = !entries.contains { $0.key == entry.key }
    } else {
      if seen.isEmpty { seen = Set(entries.map(\.key)) }
      isNew = seen.insert(entry.key).inserted
    }
    guard !isNew else { return entries.append(entry) }
    fault(
      "duplicate-key", at: entry.keyRange.lowerBound,
      "The key \"\(entry.key)\" stands here a second time. Keep one of the two.")
  }

  /// Reads the key at `pos` with its colon; nil after a fault.
  private mutating func parseKey() -> Key? {
    let start = pos
    let above = run
    let line = lineStart
    var end = pos
    var name = ""
    if start == line, ConflictMarker.begins(at: start, in: bytes) { return conflictMarker() }
    switch at(start) {
    case 0x2D where Self.isBlankOrEnd(at(start + 1)): return unexpectedItem()
    case 0x3F where Self.isBlankOrEnd(at(start + 1)): return complexKey()
    case 0x5B, 0x7B: return complexKey()
    case 0x22, 0x27:
      guard let (text, _) = parseQuoted(start - line) else { return nil }
      guard isKeyColon(from: start) else { return missingColon(start) }
      name = text
      end = pos
    default:
      guard canStartPlain(flow: false) else { return refusedIndicator() }
      let scan = scanPlainLine(flow: false)
      guard scan.colon else { return missingColon(start) }
      guard scan.end > start else { return missingKey() }
      end = scan.end
      name = text(start, end)
    }
    skipColon()
    return Key(text: name, range: start..<end, start: line, above: above)
  }

  /// Reads the value behind a key's colon, and the gap behind it.
  private mutating func parseEntry(_ key: Key, _ indent: Int) -> YAMLEntry? {
    let afterColon = pos
    var inside = comments.count..<comments.count
    let value: YAMLNode?
    skipGap()
    if column >= 0, !gapCrossedLine {
      let before = comments.count
      value = parseNode(parent: indent, inline: true, mappingAllowed: false)
      inside = before..<max(before, flowCommentEnd)
    } else if column > indent || (column == indent && at(pos) == 0x2D && Self.isBlankOrEnd(at(pos + 1))) {
      let before = gapFirstOwn
      value = parseNode(parent: indent, inline: false, mappingAllowed: true)
      inside = before..<max(before, value?.style == .flow ? flowCommentEnd : comments.count)
    } else {
      value = YAMLNode(kind: .scalar(YAMLScalar(text: "", style: .plain)), range: afterColon..<afterColon)
    }
    guard let value else { return nil }
    let (end, comment) = closeExtent(indent)
    let lower =
      key.above < comments.count && comments[key.above].start < key.range.lowerBound
      ? comments[key.above].lineStart : key.start
    let own = key.above..<max(key.above, comment)
    let text = own.isEmpty ? "" : commentText(own, value: value, inside: inside)
    return YAMLEntry(
      key: key.text, keyRange: key.range, value: value, extent: lower..<end, commentText: text, outer: lower..<end)
  }

  // MARK: Lists

  private mutating func parseBlockSequence(_ indent: Int, inline: Bool) -> YAMLNode? {
    var items: [YAMLItem] = []
    let start = pos
    var end = pos
    var above = inline ? comments.count : run
    var itemStart = inline ? pos : lineStart
    while true {
      if let item = parseItem(indent, above: above, start: itemStart) {
        items.append(item)
        end = item.extent.upperBound
      } else {
        recover(indent)
      }
      while column > indent {
        fault("bad-indentation", at: pos, "This line is indented deeper than the list it belongs to.")
        recover(indent)
      }
      guard column == indent, at(pos) == 0x2D, Self.isBlankOrEnd(at(pos + 1)) else { break }
      above = run
      itemStart = lineStart
    }
    return YAMLNode(kind: .sequence(items, .block), range: start..<max(end, start + 1))
  }

  private mutating func parseItem(_ indent: Int, above: Int, start: Int) -> YAMLItem? {
    let dash = pos
    pos += 1
    var inside = comments.count..<comments.count
    let value: YAMLNode?
    skipGap()
    if column >= 0, !gapCrossedLine {
      let before = comments.count
      value = parseNode(parent: indent, inline: true, mappingAllowed: true)
      inside = before..<max(before, value?.style == .flow ? flowCommentEnd : comments.count)
    } else if column > indent {
      let before = gapFirstOwn
      value = parseNode(parent: indent, inline: false, mappingAllowed: true)
      inside = before..<max(before, value?.style == .flow ? flowCommentEnd : comments.count)
    } else {
      value = YAMLNode(kind: .scalar(YAMLScalar(text: "", style: .plain)), range: (dash + 1)..<(dash + 1))
    }
    guard let value else { return nil }
    let (end, comment) = closeExtent(indent)
    let lower = above < comments.count && comments[above].start < dash ? comments[above].lineStart : start
    let own = above..<max(above, comment)
    let text = own.isEmpty ? "" : commentText(own, value: value, inside: inside)
    return YAMLItem(value: value, extent: lower..<end, commentText: text, outer: lower..<end)
  }
}
