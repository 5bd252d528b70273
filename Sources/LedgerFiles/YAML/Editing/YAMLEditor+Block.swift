/// Edits in block style: whole lines.
extension YAMLEditor {
  /// Puts a value in the place of an entry's, whatever kind either is.
  func valueEdits(_ entry: YAMLEntry, _ path: [String], _ value: YAMLValue) -> [TextEdit] {
    let parent = document.node(at: Array(path.dropLast()))
    if parent?.style == .flow { return flowValueEdits(entry, value) }
    let column = TextLines.column(entry.keyRange.lowerBound, in: bytes)
    var prefersBlock = false
    if entry.value.style == .block, case .map = value { prefersBlock = true }
    if entry.value.style == .block, case .list = value { prefersBlock = true }
    return blockEdits(
      entry,
      YAMLWriter.rendered(value, indent: column + 2, style: entry.value.scalar?.style, prefersBlock: prefersBlock))
  }

  /// Puts new text behind the key of an entry in a block mapping.
  func blockEdits(_ entry: YAMLEntry, _ new: YAMLWriter.Rendered) -> [TextEdit] {
    let old = entry.value.range
    let afterColon = colonEnd(entry)
    let head = new.head.isEmpty ? "" : " " + new.head
    if old.isEmpty {
      return [TextEdit(afterColon..<afterColon, head)] + lineEdits(below: afterColon, new.lines)
    }
    if let style = entry.value.scalar?.style, style == .literal || style == .folded {
      let lineEnd = TextLines.end(old.lowerBound, in: bytes)
      let comment = bytes[old.lowerBound..<lineEnd].firstIndex(of: 0x23).map { index in
        String(decoding: bytes[TextLines.beforeBlanks(index, in: bytes)..<lineEnd], as: UTF8.self)
      }
      let lower = new.head.isEmpty ? TextLines.beforeBlanks(old.lowerBound, in: bytes) : old.lowerBound
      return [TextEdit(lower..<old.upperBound, new.head + (comment ?? "") + "\n" + new.lines)]
    }
    if entry.value.style == .block {
      // Comments between the key and the value's first line go with the value.
      let lower = TextLines.next(afterColon, in: bytes)
      return [TextEdit(afterColon..<afterColon, head), TextEdit(lower..<old.upperBound, new.lines)]
    }
    let lower = new.head.isEmpty ? TextLines.beforeBlanks(old.lowerBound, in: bytes) : old.lowerBound
    return [TextEdit(lower..<old.upperBound, new.head)] + lineEdits(below: old.upperBound, new.lines)
  }

  private func lineEdits(below offset: Int, _ lines: String) -> [TextEdit] {
    if lines.isEmpty { return [] }
    let next = TextLines.next(offset, in: bytes)
    return [TextEdit(next..<next, lineBreakMissing(at: next) + lines)]
  }

  /// The offset behind the colon of an entry.
  func colonEnd(_ entry: YAMLEntry) -> Int {
    var index = entry.keyRange.upperBound
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index < bytes.count && bytes[index] == 0x3A ? index + 1 : entry.keyRange.upperBound
  }

  /// A line break where the text before `offset` does not end with one.
  func lineBreakMissing(at offset: Int) -> String {
    offset > 0 && offset <= bytes.count && !TextLines.isBreak(bytes[offset - 1]) ? "\n" : ""
  }

  // MARK: Entries

  /// Adds a line, or lines, for a new entry of a block mapping.
  func entryInsertion(_ key: String, _ value: YAMLValue, _ entries: [YAMLEntry], at position: Int) -> [TextEdit]? {
    guard let first = entries.first else { return nil }
    let column = TextLines.column(first.keyRange.lowerBound, in: bytes)
    let text = YAMLWriter.entry(key, value, indent: column)
    return insertion(of: text, column: column, among: entries.map(\.extent), at: position)
  }

  /// Puts lines, whose first has no margin yet, before, between or behind the extents of a block collection.
  func insertion(of text: String, column: Int, among extents: [Range<Int>], at position: Int) -> [TextEdit]? {
    let margin = String(repeating: " ", count: column)
    if position > 0 {
      let offset = extents[min(position, extents.count) - 1].upperBound
      return [TextEdit(offset..<offset, lineBreakMissing(at: offset) + margin + text)]
    }
    guard let first = extents.first else { return nil }
    let isOwnLine = TextLines.start(first.lowerBound, in: bytes) == first.lowerBound
    return [TextEdit(first.lowerBound..<first.lowerBound, isOwnLine ? margin + text : text + margin)]
  }

  /// Takes an entry's lines out of a block mapping.
  func blockRemoval(_ path: [String], _ entry: YAMLEntry, _ parent: YAMLNode) -> [TextEdit]? {
    guard let entries = parent.entries, let index = entries.firstIndex(where: { $0.key == entry.key }) else {
      return nil
    }
    if entries.count > 1 {
      return lineRemoval(entries.map(\.extent), starts: entries.map(\.keyRange.lowerBound), index)
    }
    let holder = path.count > 1 ? document.entry(at: Array(path.dropLast())) : nil
    if let holder {
      let colon = colonEnd(holder)
      return [TextEdit(colon..<colon, " {}"), TextEdit(entry.extent, "")]
    }
    let isOwnLine = TextLines.start(entry.extent.lowerBound, in: bytes) == entry.extent.lowerBound
    let column = TextLines.column(entry.keyRange.lowerBound, in: bytes)
    return [TextEdit(entry.extent, (isOwnLine ? String(repeating: " ", count: column) : "") + "{}\n")]
  }

  /// Takes the lines of one of several extents out; `starts` are where their keys or dashes stand.
  private func lineRemoval(_ extents: [Range<Int>], starts: [Int], _ index: Int) -> [TextEdit] {
    let extent = extents[index]
    guard TextLines.start(extent.lowerBound, in: bytes) != extent.lowerBound, index + 1 < extents.count else {
      return [TextEdit(extent, "")]
    }
    // The first of a compact collection shares its line with a dash: what follows moves up, unless comments are between.
    let next = extents[index + 1].lowerBound
    let isBare = next == extent.upperBound && TextLines.start(starts[index + 1], in: bytes) == next
    if isBare { return [TextEdit(extent.lowerBound..<starts[index + 1], "")] }
    return [TextEdit(TextLines.beforeBlanks(extent.lowerBound, in: bytes)..<extent.upperBound, "\n")]
  }

  // MARK: Items

  /// Adds a line, or lines, for a new element of a block list.
  func itemInsertion(_ value: YAMLValue, _ items: [YAMLItem], at position: Int) -> [TextEdit]? {
    guard let first = items.first else { return nil }
    let column = TextLines.column(dash(first), in: bytes)
    return insertion(
      of: YAMLWriter.item(value, indent: column), column: column, among: items.map(\.extent), at: position)
  }

  /// Takes an element's lines out of a block list that has others.
  func blockRemoval(_ items: [YAMLItem], _ index: Int) -> [TextEdit]? {
    lineRemoval(items.map(\.extent), starts: items.map(dash), index)
  }

  /// Where the dash of an element stands: behind the comments above it.
  private func dash(_ item: YAMLItem) -> Int {
    var offset = item.extent.lowerBound
    while offset < item.value.range.lowerBound {
      var index = offset
      while index < bytes.count, bytes[index] == 0x20 { index += 1 }
      if index >= bytes.count || bytes[index] != 0x23 { return index }
      offset = TextLines.next(index, in: bytes)
    }
    return item.extent.lowerBound
  }
}
