extension YAMLParser {
  /// Reads the whole text: its root, or nil where there is no content.
  mutating func parseDocument() -> YAMLNode? {
    faults = YAMLEncoding.faults(in: bytes)
    guard faults.isEmpty else { return nil }
    skipByteOrderMark()
    skipGap()
    skipDirectives()
    var root: YAMLNode?
    if pos < count, isDocumentMarker(), at(pos) == 0x2D {
      pos += 3
      skipGap()
      if column >= 0 {
        root = parseNode(parent: -1, inline: !gapCrossedLine, mappingAllowed: gapCrossedLine)
      }
    } else if column >= 0 {
      root = parseNode(parent: -1, inline: false, mappingAllowed: true)
    }
    while root == nil, !faults.isEmpty, pos < count, column >= 0 {
      // The first line was at fault: what stands below it may be read all the same.
      skipToLineEnd()
      skipGap()
      if column >= 0 { root = parseNode(parent: -1, inline: false, mappingAllowed: true) }
    }
    finishDocument()
    return root
  }

  private mutating func skipByteOrderMark() {
    guard count >= 3, at(0) == 0xEF, at(1) == 0xBB, at(2) == 0xBF else { return }
    fault(
      "byte-order-mark", at: 0, "The file begins with a byte order mark. Save it as UTF-8 without one (BOM).")
    pos = 3
    lineStart = 3
  }

  private mutating func skipDirectives() {
    while column == 0, at(pos) == 0x25 {
      fault("directive", at: pos, "Lines that begin with % are not used in a ledger. Remove the line.")
      skipToLineEnd()
      skipGap()
    }
  }

  /// Behind the root only an end marker, or a bare `---`, may stand.
  private mutating func finishDocument() {
    while column >= 0 {
      fault("bad-indentation", at: pos, "This does not belong to what stands above it. Check the indentation.")
      recover(-1)
    }
    guard pos < count else { return }
    let marker = pos
    pos += 3
    skipGap()
    while column < 0, pos < count, at(marker) == 0x2E, at(pos) == 0x2E {
      pos += 3
      skipGap()
    }
    guard pos < count else { return }
    fault(
      "multiple-documents", at: marker, "A second document begins here. Put each document into a file of its own.")
    abort()
  }
}
