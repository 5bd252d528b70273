/// One entry on its way from a document into another that has its parent, or will have it.
struct YAMLGraft {
  private let path: [String]
  private let key: String
  private let theirs: YAMLEntry
  private let other: YAMLDocument
  private let document: YAMLDocument
  private let editor: YAMLEditor

  init(_ path: [String], _ theirs: YAMLEntry, from other: YAMLDocument, into document: YAMLDocument) {
    self.path = path
    key = theirs.key
    self.theirs = theirs
    self.other = other
    self.document = document
    editor = YAMLEditor(document)
  }

  private var otherParent: YAMLNode? { other.node(at: Array(path.dropLast())) }

  /// The ways to put the entry into `parent`, best first.
  func candidates(_ parent: YAMLNode) -> [[TextEdit]] {
    guard let entries = parent.entries else { return [] }
    let ours = entries.firstIndex { $0.key == key }
    let found: [[TextEdit]?]
    switch (parent.style, otherParent?.style) {
    case (.block?, .block?): found = [blockText(entries, ours), rebuiltBlock(entries, ours)]
    case (.block?, _): found = [bracketsAsBlock(entries, ours), rebuiltBlock(entries, ours)]
    case (.flow?, .flow?):
      found = [inBrackets(bracketText(), entries, ours), inBrackets(rebuiltBracketText(), entries, ours)]
    default: found = [inBrackets(rebuiltBracketText(), entries, ours)]
    }
    return found.compactMap { $0 }
  }

  /// Where a new entry goes: behind the nearest entry that precedes it there and exists here.
  func position(in parent: YAMLNode) -> Int {
    guard let entries = parent.entries, let siblings = otherParent?.entries,
      let index = siblings.firstIndex(where: { $0.key == key })
    else { return 0 }
    for sibling in siblings[..<index].reversed() {
      if let found = entries.firstIndex(where: { $0.key == sibling.key }) { return found + 1 }
    }
    for sibling in siblings[(index + 1)...] {
      if let found = entries.firstIndex(where: { $0.key == sibling.key }) { return found }
    }
    return entries.count
  }

  private func position(_ entries: [YAMLEntry]) -> Int {
    document.node(at: Array(path.dropLast())).map(position) ?? entries.count
  }

  // MARK: Block style

  /// Their lines as they are, but for the indentation.
  private func blockText(_ entries: [YAMLEntry], _ ours: Int?) -> [TextEdit]? {
    let from = TextLines.column(theirs.keyRange.lowerBound, in: other.bytes)
    return inBlock(entries, ours) { column in
      let extent = theirs.extent
      let start = TextLines.start(extent.lowerBound, in: other.bytes)
      // The first entry of a compact mapping has no margin of its own.
      let lead = extent.lowerBound == start ? [] : Array(repeating: UInt8(0x20), count: from)
      return YAMLIndent.shifted(lead + other.bytes[extent], by: column - from)
    }
  }

  /// Their text out of brackets, its comments above it.
  private func bracketsAsBlock(_ entries: [YAMLEntry], _ ours: Int?) -> [TextEdit]? {
    inBlock(entries, ours) { column in
      let margin = String(repeating: " ", count: column)
      let behind = commentsBehind.enumerated().map { $0 == 0 ? " " + $1 : "\n" + margin + "  " + $1 }.joined()
      return commentsAbove.map { margin + $0 + "\n" }.joined() + margin + bracketPair(indent: column + 4) + behind
    }
  }

  /// Written anew, with all comments above it.
  private func rebuiltBlock(_ entries: [YAMLEntry], _ ours: Int?) -> [TextEdit]? {
    inBlock(entries, ours) { column in
      let value = CommentedTree(theirs.value)
      return CommentedTree.entry(key, value, comment: value.ownComment(in: theirs.commentText), indent: column)
    }
  }

  /// Puts whole lines into a block mapping; `lines` gets the column of the mapping's keys.
  private func inBlock(_ entries: [YAMLEntry], _ ours: Int?, _ lines: (Int) -> String) -> [TextEdit]? {
    guard let first = entries.first else { return nil }
    let bytes = document.bytes
    let column = TextLines.column(first.keyRange.lowerBound, in: bytes)
    var text = lines(column)
    if !text.hasSuffix("\n"), !text.hasSuffix("\r"), !text.hasSuffix("\r\n") { text += "\n" }
    let margin = String(repeating: " ", count: column)
    let isCommented = text.drop { $0 == " " }.hasPrefix("#")
    let target: Range<Int>
    if let ours {
      target = entries[ours].extent
    } else {
      let position = position(entries)
      let offset = position > 0 ? entries[position - 1].extent.upperBound : first.extent.lowerBound
      target = offset..<offset
      text = editor.lineBreakMissing(at: offset).isEmpty || position == 0 ? text : "\n" + text
    }
    guard TextLines.start(target.lowerBound, in: bytes) != target.lowerBound, text.first != "\n" else {
      return [TextEdit(target, text)]
    }
    // The place shares its line with a dash.
    let behind = target.isEmpty ? margin : ""
    if isCommented {
      return [TextEdit(TextLines.beforeBlanks(target.lowerBound, in: bytes)..<target.upperBound, "\n" + text + behind)]
    }
    return [TextEdit(target, text.dropFirst(column) + behind)]
  }

  // MARK: Brackets

  private func inBrackets(_ text: String, _ entries: [YAMLEntry], _ ours: Int?) -> [TextEdit]? {
    let elements = editor.elements(entries)
    guard let ours else { return editor.flowInsertion(text, elements, at: position(entries)) }
    let element = elements[ours]
    let isBare = element.outer.lowerBound == element.extent.lowerBound && !hasCommentBehind(element)
    if isBare, !text.hasPrefix("#") { return [TextEdit(element.extent, text)] }
    // Comments come or go: the element and its comma are written on lines of their own.
    let bytes = document.bytes
    let hasComma = bytes[element.extent.upperBound..<element.outer.upperBound].contains(0x2C)
    let indent =
      TextLines.isFirst(element.extent.lowerBound, in: bytes)
      ? TextLines.column(element.extent.lowerBound, in: bytes)
      : TextLines.indent(element.extent.lowerBound, in: bytes) + 4
    let margin = "\n" + String(repeating: " ", count: indent)
    let lower = TextLines.beforeBlanks(element.outer.lowerBound, in: bytes)
    return [
      TextEdit(
        lower..<element.outer.upperBound,
        margin + text.replacingBreaks(with: margin) + (hasComma ? "," : "") + margin)
    ]
  }

  private func hasCommentBehind(_ element: YAMLEditor.Element) -> Bool {
    document.bytes[element.extent.upperBound..<element.outer.upperBound].contains(0x23)
  }

  /// Comments of their entry in brackets, each with its `#`.
  private var commentsAbove: [String] { comments(theirs.outer.lowerBound..<theirs.keyRange.lowerBound) }
  private var commentsBehind: [String] { comments(theirs.extent.upperBound..<theirs.outer.upperBound) }

  private func comments(_ range: Range<Int>) -> [String] {
    var found: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard other.bytes[index] == 0x23 else {
        index += 1
        continue
      }
      let end = TextLines.end(index, in: other.bytes)
      found.append(String(decoding: other.bytes[index..<end], as: UTF8.self))
      index = end
    }
    return found
  }

  /// Their key and value as written in brackets, later lines indented anew.
  private func bracketPair(indent: Int) -> String {
    let text = String(decoding: other.bytes[theirs.extent], as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    let margin = String(repeating: " ", count: indent)
    return lines.enumerated().map { $0 == 0 ? String($1) : margin + $1.drop { $0 == " " } }.joined(separator: "\n")
  }

  private func bracketText() -> String {
    (commentsAbove + commentsBehind + [bracketPair(indent: 0)]).joined(separator: "\n")
  }

  private func rebuiltBracketText() -> String {
    let tree = CommentedTree(theirs.value)
    return CommentedTree.comments(tree.ownComment(in: theirs.commentText), 0) + YAMLWriter.key(key, isFlow: true) + ": "
      + tree.bracketText
  }
}

/// Moves lines to another indentation.
enum YAMLIndent {
  /// The text with each line that is not empty moved right, or left by at most the spaces it has.
  static func shifted(_ text: [UInt8], by delta: Int) -> String {
    guard delta != 0 else { return String(decoding: text, as: UTF8.self) }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if delta > 0, !TextLines.isBreak(text[index]) {
        result.append(contentsOf: repeatElement(0x20, count: delta))
      }
      var spaces = 0
      while delta < 0, spaces < -delta, index < text.count, text[index] == 0x20 {
        spaces += 1
        index += 1
      }
      let next = TextLines.next(index, in: text)
      result.append(contentsOf: text[index..<next])
      index = next
    }
    return String(decoding: result, as: UTF8.self)
  }
}
