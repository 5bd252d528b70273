extension YAMLParser {
  /// A flow entry or item whose comments and comma are still to come.
  private struct Pending {
    let key: (text: String, range: Range<Int>)?
    let value: YAMLNode
    let firstComment: Int
    let inside: Range<Int>
    let lower: Int
    var upper: Int
  }

  /// Reads the flow collection at `pos` that stands in block context, and the gap behind it; nil after a fault.
  mutating func parseFlowRoot(_ parent: Int) -> YAMLNode? {
    let start = pos
    let line = lineStart
    guard let node = parseFlowCollection(parent) else {
      flowCommentEnd = comments.count
      return nil
    }
    flowCommentEnd = comments.count
    if line == lineStart, at(pos) == 0x3A || (Self.isBlank(at(pos)) && at(firstNonBlank()) == 0x3A) {
      pos = start
      return complexKey()
    }
    return finishScalar(node)
  }

  private func firstNonBlank() -> Int {
    var index = pos
    while Self.isBlank(at(index)) { index += 1 }
    return index
  }

  private mutating func parseFlowCollection(_ parent: Int) -> YAMLNode? {
    nested { $0.at($0.pos) == 0x7B ? $0.parseFlowMapping(parent) : $0.parseFlowSequence(parent) }
  }

  /// Skips blanks, comments and breaks inside brackets; false, with a fault, where the collection that began at
  /// `open` cannot go on.
  private mutating func skipFlowGap(_ parent: Int, open: Int) -> Bool {
    skipGap()
    let closes = at(pos) == 0x5D || at(pos) == 0x7D
    if pos < count, !gapCrossedLine || (column >= 0 && (column > parent || closes)) { return true }
    fault("unclosed-bracket", at: open, "The bracket that begins here is not closed.")
    resumesHere = gapCrossedLine
    return false
  }

  private mutating func parseFlowMapping(_ parent: Int) -> YAMLNode? {
    let open = pos
    var entries: [YAMLEntry] = []
    var seen: Set<String> = []
    pos += 1
    var firstComment = comments.count
    while true {
      guard skipFlowGap(parent, open: open) else { return nil }
      if at(pos) == 0x7D { break }
      guard at(pos) != 0x5D else { return wrongBracket() }
      guard var pending = parseFlowEntry(parent, firstComment: firstComment),
        let last = endElement(&pending, parent, open: open, close: 0x7D)
      else { return nil }
      guard let key = pending.key else { return nil }
      let text = commentText(pending.firstComment..<last, value: pending.value, inside: pending.inside)
      add(
        YAMLEntry(
          key: key.text, keyRange: key.range, value: pending.value,
          extent: key.range.lowerBound..<pending.value.range.upperBound, commentText: text,
          outer: pending.lower..<pending.upper), to: &entries, seen: &seen)
      firstComment = last
    }
    pos += 1
    return YAMLNode(kind: .mapping(entries, .flow), range: open..<pos)
  }

  private mutating func parseFlowSequence(_ parent: Int) -> YAMLNode? {
    let open = pos
    var items: [YAMLItem] = []
    pos += 1
    var firstComment = comments.count
    while true {
      guard skipFlowGap(parent, open: open) else { return nil }
      if at(pos) == 0x5D { break }
      guard at(pos) != 0x7D else { return wrongBracket() }
      let first = firstOwn(firstComment)
      let start = pos
      let before = comments.count
      guard let value = parseFlowValue(parent, isItem: true) else { return nil }
      var pending = Pending(
        key: nil, value: value, firstComment: firstComment, inside: before..<comments.count,
        lower: first ?? start, upper: value.range.upperBound)
      guard let last = endElement(&pending, parent, open: open, close: 0x5D) else { return nil }
      let text = commentText(firstComment..<last, value: value, inside: pending.inside)
      items.append(
        YAMLItem(value: value, extent: value.range, commentText: text, outer: pending.lower..<pending.upper))
      firstComment = last
    }
    pos += 1
    return YAMLNode(kind: .sequence(items, .flow), range: open..<pos)
  }

  private func firstOwn(_ index: Int) -> Int? { index < comments.count ? comments[index].start : nil }

  /// Reads the comma, or the closing bracket that may follow instead, and the comment behind an element.
  ///
  /// - Returns: the index of the first comment that belongs to the next element; nil after a fault.
  private mutating func endElement(_ pending: inout Pending, _ parent: Int, open: Int, close: UInt8) -> Int? {
    let before = comments.count
    guard skipFlowGap(parent, open: open) else { return nil }
    if at(pos) == close { return closeElement(&pending, before) }
    guard at(pos) == 0x2C else {
      let isBracket = at(pos) == 0x5D || at(pos) == 0x7D
      return isBracket ? wrongBracket() : missingComma()
    }
    pos += 1
    pending.upper = pos
    // A comment on the comma's line belongs to the element before it.
    let gap = pos
    let comma = comments.count
    skipBlanks()
    guard at(pos) == 0x23, pos > gap else { return comma }
    skipComment(ownLine: false)
    pending.upper = pos
    return comments.count
  }

  /// The last element has no comma: only a comment on its own line is its own.
  private func closeElement(_ pending: inout Pending, _ before: Int) -> Int {
    guard before < comments.count, comments[before].indent < 0 else { return before }
    pending.upper = comments[before].end
    return before + 1
  }

  private mutating func wrongBracket<Result>() -> Result? {
    fault("unexpected-text", at: pos, "This closing bracket does not match the opening one.")
    return nil
  }

  private mutating func missingComma<Result>() -> Result? {
    fault("missing-comma", at: pos, "A comma or a closing bracket is expected here.")
    return nil
  }

  private mutating func parseFlowEntry(_ parent: Int, firstComment: Int) -> Pending? {
    let start = pos
    let lower = firstOwn(firstComment) ?? start
    guard let (name, keyEnd, isJSONLike) = parseFlowKey(parent) else { return nil }
    let key = (name, start..<keyEnd)
    let afterKey = pos
    guard isFlowColon(isJSONLike) else {
      let null = YAMLNode(kind: .scalar(YAMLScalar(text: "", style: .plain)), range: afterKey..<afterKey)
      return Pending(
        key: key, value: null, firstComment: firstComment, inside: 0..<0, lower: lower, upper: afterKey)
    }
    skipBlanks()
    pos += 1
    let afterColon = pos
    guard skipFlowGap(parent, open: start) else { return nil }
    let before = comments.count
    let value: YAMLNode
    if at(pos) == 0x2C || at(pos) == 0x7D {
      value = YAMLNode(kind: .scalar(YAMLScalar(text: "", style: .plain)), range: afterColon..<afterColon)
    } else {
      guard let found = parseFlowValue(parent, isItem: false) else { return nil }
      value = found
    }
    return Pending(
      key: key, value: value, firstComment: firstComment, inside: before..<comments.count, lower: lower,
      upper: value.range.upperBound)
  }

  /// Whether the colon between key and value comes next, on this line.
  private func isFlowColon(_ isJSONLike: Bool) -> Bool {
    let index = firstNonBlank()
    guard at(index) == 0x3A else { return false }
    let next = at(index + 1)
    return isJSONLike || Self.isBlankOrEnd(next) || Self.isFlowIndicator(next)
  }

  private mutating func parseFlowKey(_ parent: Int) -> (text: String, end: Int, isJSONLike: Bool)? {
    let start = pos
    switch at(pos) {
    case 0x22, 0x27:
      guard let (text, _) = parseQuoted(parent) else { return nil }
      guard lineStart <= start else { return complexKey() }
      return (text, pos, true)
    case 0x5B, 0x7B: return complexKey()
    case 0x3F where Self.isBlankOrEnd(at(pos + 1)): return complexKey()
    default:
      guard canStartPlain(flow: true) else { return refusedIndicator() }
      let line = scanPlainLine(flow: true)
      return (text(start, line.end), line.end, false)
    }
  }

  /// Reads a value inside brackets; nil after a fault. In a list a key is a fault.
  private mutating func parseFlowValue(_ parent: Int, isItem: Bool) -> YAMLNode? {
    let start = pos
    let node: YAMLNode
    var isJSONLike = true
    switch at(pos) {
    case 0x5B, 0x7B:
      guard let collection = parseFlowCollection(parent) else { return nil }
      node = collection
    case 0x22, 0x27:
      guard let (text, style) = parseQuoted(parent) else { return nil }
      node = YAMLNode(kind: .scalar(YAMLScalar(text: text, style: style)), range: start..<pos)
    case 0x3F where Self.isBlankOrEnd(at(pos + 1)): return complexKey()
    default:
      guard canStartPlain(flow: true) else { return refusedIndicator() }
      let line = scanPlainLine(flow: true)
      isJSONLike = false
      if line.colon { return barePair(isItem, start) }
      guard let (text, end) = continuePlain(start, line.end, parent: parent, flow: true) else { return nil }
      node = YAMLNode(kind: .scalar(YAMLScalar(text: text, style: .plain)), range: start..<end)
    }
    if isFlowColon(isJSONLike) { return barePair(isItem, start) }
    return node
  }

  private mutating func barePair(_ isItem: Bool, _ start: Int) -> YAMLNode? {
    guard isItem else { return unexpectedColon() }
    fault("bare-pair", at: start, "A key inside a list needs brackets of its own, as in [{key: value}].")
    return nil
  }
}
