/// A recursive-descent reader of YAML bytes: one pass, no line buffer, comments kept by index.
///
/// `pos` is always at most `bytes.count`; reading at the end gives 0, which the text itself cannot hold. After each
/// value the *gap* (blanks, comments, line breaks) up to the next content is skipped, and `column` says where that
/// content stands: its indentation, or -1 at the document's end.
struct YAMLParser {
  struct Fault {
    let rule: String
    let offset: Int
    let message: String
  }

  /// A comment, from `#` to the end of its line.
  struct Comment {
    let start: Int
    let end: Int
    let lineStart: Int
    /// Its column where it has a line of its own, else -1.
    let indent: Int
    /// Behind the line break.
    let next: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let count: Int
  var pos = 0
  var lineStart = 0
  var column = -1
  var depth = 0
  var faults: [Fault] = []
  var comments: [Comment] = []
  /// Index of the first comment of the run of comment lines directly above the content at `pos`.
  var run = 0
  /// Index of the first comment of the last gap that has a line of its own.
  var gapFirstOwn = 0
  /// Where the line ends (behind its break) on which the last gap began.
  var gapLineEnd = 0
  /// After a fault: `pos` is already at the start of a line that does not belong to the faulty value.
  var resumesHere = false
  /// Index of the first comment behind the last outermost flow collection.
  var flowCommentEnd = 0
  /// Whether the last gap held a line break, or began at the start of a line.
  var gapCrossedLine = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    count = bytes.count
  }

  @inline(__always)
  func at(_ index: Int) -> UInt8 { index < count ? bytes[index] : 0 }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// A line break, or the end.
  @inline(__always)
  static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0 }

  @inline(__always)
  static func isBlankOrEnd(_ byte: UInt8) -> Bool { isBlank(byte) || isEnd(byte) }

  @inline(__always)
  static func isFlowIndicator(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x7D
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  /// Notes a fault; after a hundred the rest of the text is not read.
  mutating func fault(_ rule: String, at offset: Int, _ message: String) {
    faults.append(Fault(rule: rule, offset: min(offset, count), message: message))
    if faults.count >= 100 { abort() }
  }

  /// Ends the reading here.
  mutating func abort() {
    pos = count
    lineStart = count
    column = -1
  }

  // MARK: Gaps

  /// Steps over the line break at `pos`, if there is one.
  @inline(__always)
  mutating func skipBreak() {
    guard pos < count else { return }
    pos += at(pos) == 0x0D && at(pos + 1) == 0x0A ? 2 : 1
    lineStart = pos
  }

  @inline(__always)
  mutating func skipBlanks() {
    while Self.isBlank(at(pos)) { pos += 1 }
  }

  mutating func skipToLineEnd() {
    while !Self.isEnd(at(pos)) { pos += 1 }
  }

  /// Reads the comment at `pos` up to its line's end.
  mutating func skipComment(ownLine: Bool) {
    let start = pos
    skipToLineEnd()
    let length = pos >= count ? 0 : at(pos) == 0x0D && at(pos + 1) == 0x0A ? 2 : 1
    comments.append(
      Comment(
        start: start, end: pos, lineStart: lineStart, indent: ownLine ? start - lineStart : -1, next: pos + length))
  }

  /// Skips to the next content, or to the document's end, noting comments on the way.
  mutating func skipGap() {
    var fresh = pos == lineStart
    gapCrossedLine = fresh
    gapFirstOwn = comments.count
    run = comments.count
    if fresh { gapLineEnd = pos }
    var blankLine = true
    var tab = -1
    while true {
      var byte = at(pos)
      while byte == 0x20 || byte == 0x09 {
        if byte == 0x09, tab < 0 { tab = pos }
        pos += 1
        byte = at(pos)
      }
      if byte == 0x23, fresh || Self.isBlank(at(pos - 1)) {
        skipComment(ownLine: fresh)
        if !fresh {
          gapFirstOwn = comments.count
          run = comments.count
        }
        blankLine = false
        continue
      }
      guard byte == 0x0A || byte == 0x0D else { break }
      skipBreak()
      if !gapCrossedLine { gapLineEnd = pos } else if blankLine { run = comments.count }
      gapCrossedLine = true
      fresh = true
      blankLine = true
      tab = -1
    }
    if pos >= count {
      if !gapCrossedLine { gapLineEnd = count }
      column = -1
    } else {
      if fresh, tab >= 0 { tabFault(tab) }
      column = fresh && isDocumentMarker() ? -1 : pos - lineStart
    }
    if pos >= count { column = -1 }
  }

  mutating func tabFault(_ offset: Int) {
    fault("tab-indentation", at: offset, "The line is indented with a tab. Indent it with spaces.")
  }

  /// Whether `---` or `...` stands at the start of the line at `pos`.
  func isDocumentMarker() -> Bool { isDocumentMarker(at: pos, lineStart: lineStart) }

  @inline(__always)
  func isDocumentMarker(at index: Int, lineStart: Int) -> Bool {
    guard index == lineStart else { return false }
    let byte = at(index)
    return (byte == 0x2D || byte == 0x2E) && at(index + 1) == byte && at(index + 2) == byte
      && Self.isBlankOrEnd(at(index + 3))
  }

  /// After a fault: goes on with the next line that is indented no deeper than `indent`.
  mutating func recover(_ indent: Int) {
    let isAtNextLine = resumesHere && column <= indent
    resumesHere = false
    guard !isAtNextLine else { return }
    repeat {
      skipToLineEnd()
      skipGap()
    } while column > indent
  }

  // MARK: Comments

  /// Ends an entry or item that stands at `indent`: the end of its extent, and the first comment behind it. Comment
  /// lines indented deeper than the entry are its own.
  mutating func closeExtent(_ indent: Int) -> (end: Int, comment: Int) {
    var end = gapLineEnd
    var index = gapFirstOwn
    while index < comments.count, comments[index].indent > indent {
      end = comments[index].next
      index += 1
    }
    run = max(run, index)
    return (end, index)
  }

  /// The words of some comments: without `#`, trimmed, one a line.
  func commentText(_ range: Range<Int>) -> String {
    var text = ""
    for comment in comments[range] {
      var start = comment.start
      var end = comment.end
      while at(start) == 0x23, start < end { start += 1 }
      while start < end, Self.isBlank(at(start)) { start += 1 }
      while end > start, Self.isBlank(at(end - 1)) { end -= 1 }
      if !text.isEmpty { text += "\n" }
      text += self.text(start, end)
    }
    return text
  }

  /// As `commentText`, leaving out the comments inside a mapping value: they belong to its entries.
  func commentText(_ range: Range<Int>, value: YAMLNode, inside: Range<Int>) -> String {
    if range.isEmpty { return "" }
    guard case .mapping = value.kind, !inside.isEmpty else { return commentText(range) }
    let above = commentText(range.lowerBound..<inside.lowerBound)
    let behind = commentText(inside.upperBound..<max(range.upperBound, inside.upperBound))
    return above.isEmpty || behind.isEmpty ? above + behind : above + "\n" + behind
  }
}
