/// Edits inside brackets, where commas have to stay right.
extension YAMLEditor {
  /// An entry or element inside brackets.
  struct Element {
    /// Key through value.
    let extent: Range<Int>
    /// With its comments and its comma.
    let outer: Range<Int>
  }

  func elements(_ entries: [YAMLEntry]) -> [Element] { entries.map { Element(extent: $0.extent, outer: $0.outer) } }
  func elements(_ items: [YAMLItem]) -> [Element] { items.map { Element(extent: $0.extent, outer: $0.outer) } }

  /// Puts a value in the place of an entry's inside brackets.
  func flowValueEdits(_ entry: YAMLEntry, _ value: YAMLValue) -> [TextEdit] {
    let isScalar: Bool
    switch value {
    case .list, .map: isScalar = false
    default: isScalar = true
    }
    let style = entry.value.scalar?.style
    let text = isScalar ? YAMLWriter.scalar(value, isFlow: true, style: style) : YAMLWriter.flow(value)
    guard entry.value.range.isEmpty else { return [TextEdit(entry.value.range, text)] }
    let colon = colonEnd(entry)
    return [TextEdit(colon..<colon, (colon == entry.keyRange.upperBound ? ": " : " ") + text)]
  }

  /// Puts an element in among others; with comments, `text` begins with comment lines.
  func flowInsertion(_ text: String, _ elements: [Element], at position: Int) -> [TextEdit]? {
    guard let first = elements.first else { return nil }
    let margin = "\n" + String(repeating: " ", count: flowIndent(elements))
    let isCommented = text.hasPrefix("#")
    let text = text.replacingBreaks(with: margin)
    if position == 0 {
      let isFollowedByComment = first.outer.lowerBound != first.extent.lowerBound
      let behind = "," + (isFollowedByComment || isCommented ? margin : " ")
      return [TextEdit(first.outer.lowerBound..<first.outer.lowerBound, (isCommented ? margin : "") + text + behind)]
    }
    let previous = elements[min(position, elements.count) - 1]
    let tail = bytes[previous.extent.upperBound..<previous.outer.upperBound]
    let comma = tail.firstIndex(of: 0x2C)
    let comment = tail.firstIndex(of: 0x23)
    if let comma, let comment, comment < comma { return nil }
    let isLast = position >= elements.count
    let end = previous.outer.upperBound
    let lead = comment != nil || isCommented ? margin : " "
    let trail = isLast ? "" : ","
    guard comma != nil else {
      let upper = previous.extent.upperBound
      let edits = [TextEdit(upper..<upper, ","), TextEdit(end..<end, lead + text)]
      return comment == nil ? [TextEdit(upper..<upper, "," + lead + text)] : edits
    }
    return [TextEdit(end..<end, lead + text + trail)]
  }

  /// How deep lines inside these brackets are indented.
  private func flowIndent(_ elements: [Element]) -> Int {
    if let line = elements.first(where: { TextLines.isFirst($0.extent.lowerBound, in: bytes) }) {
      return TextLines.column(line.extent.lowerBound, in: bytes)
    }
    return TextLines.indent(elements[0].extent.lowerBound, in: bytes) + 4
  }

  /// Takes an entry out of a mapping in brackets.
  func flowRemoval(_ path: [String], _ parent: YAMLNode) -> [TextEdit]? {
    guard let entries = parent.entries, let index = entries.firstIndex(where: { $0.key == path.last }) else {
      return nil
    }
    if entries.count == 1 {
      let inside = (parent.range.lowerBound + 1)..<(parent.range.upperBound - 1)
      let hasOther = bytes[entries[0].outer.upperBound..<inside.upperBound].contains(0x23)
      return [TextEdit(hasOther ? entries[0].outer : inside, "")]
    }
    return flowRemoval(elements(entries), index)
  }

  /// Takes one of several elements out of brackets.
  func flowRemoval(_ elements: [Element], _ index: Int) -> [TextEdit]? {
    let element = elements[index]
    if index + 1 == elements.count {
      let previous = elements[index - 1]
      let tail = bytes[previous.extent.upperBound..<previous.outer.upperBound]
      if tail.contains(0x23) { return [TextEdit(element.outer, "")] }
      return [TextEdit(previous.extent.upperBound..<element.outer.upperBound, "")]
    }
    let next = elements[index + 1]
    let isCommented = next.outer.lowerBound != next.extent.lowerBound
    if isCommented, !TextLines.isFirst(element.outer.lowerBound, in: bytes) {
      return [TextEdit(TextLines.beforeBlanks(element.outer.lowerBound, in: bytes)..<element.outer.upperBound, "")]
    }
    return [TextEdit(element.outer.lowerBound..<next.outer.lowerBound, "")]
  }
}

extension String {
  /// The text with each line break replaced.
  func replacingBreaks(with replacement: String) -> String {
    utf8.contains(0x0A)
      ? split(separator: "\n", omittingEmptySubsequences: false).joined(separator: replacement) : self
  }
}
