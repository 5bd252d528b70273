extension YAMLDocument {
  /// The comments in a stretch of text that holds nothing but blank lines and comments (and `---`): without `#`,
  /// trimmed, one a line.
  func comments(in range: Range<Int>) -> String {
    guard range.lowerBound < range.upperBound, range.upperBound <= bytes.count,
      bytes[range].contains(UInt8(ascii: "#"))
    else { return "" }
    return bytes[range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard text.first == UInt8(ascii: "#") else { return nil }
      return CSVText.trimmed(String(decoding: text.drop { $0 == UInt8(ascii: "#") }, as: UTF8.self))
    }.joined(separator: "\n")
  }

  /// The bytes before the first field that belong to none.
  var top: Range<Int>? {
    guard case .mapping(let entries, .block)? = root?.kind, let first = entries.first else { return nil }
    return 0..<first.extent.lowerBound
  }

  /// The bytes behind the last field that belong to none; all of an empty text.
  var end: Range<Int>? {
    guard let root else { return 0..<bytes.count }
    guard case .mapping(let entries, .block) = root.kind, let last = entries.last else { return nil }
    return last.extent.upperBound..<bytes.count
  }

  /// The bytes before an entry of a block mapping that belong to none of its entries.
  func gap(before path: [String]) -> Range<Int>? {
    guard let key = path.last else { return nil }
    guard case .mapping(let entries, .block)? = node(at: Array(path.dropLast()))?.kind,
      let index = entries.firstIndex(where: { $0.key == key })
    else { return nil }
    return gap(before: index, of: entries, in: path.count > 1 ? entry(at: Array(path.dropLast())) : nil)
  }

  /// The bytes before one of the entries of a block mapping that belong to none of them.
  /// - Parameter holder: the entry whose value the mapping is; nil for the document's own.
  func gap(before index: Int, of entries: [YAMLEntry], in holder: YAMLEntry?) -> Range<Int> {
    let end = entries[index].extent.lowerBound
    if index > 0 { return entries[index - 1].extent.upperBound..<max(end, entries[index - 1].extent.upperBound) }
    let start = holder.map { lineEnd($0.keyRange.upperBound) } ?? 0
    return start..<max(start, end)
  }

  /// Where the line after the one of an offset begins.
  private func lineEnd(_ offset: Int) -> Int {
    bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
  }

  /// All comments that go where an entry goes: its own, and those inside a map that it has.
  func comments(of entry: YAMLEntry) -> String { joined(entry.commentText, inside: entry.value) }

  /// All comments that go where an element of a list goes.
  func comments(of item: YAMLItem) -> String { joined(item.commentText, inside: item.value) }

  private func joined(_ own: String, inside value: YAMLNode) -> String {
    guard case .mapping(let entries, let style) = value.kind else { return own }
    var texts = [own]
    for (index, entry) in entries.enumerated() {
      if style == .block, index > 0 {
        let start = entries[index - 1].extent.upperBound
        texts.append(comments(in: start..<max(start, entry.extent.lowerBound)))
      }
      texts.append(comments(of: entry))
    }
    return texts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// An entry's comments without those of a list's elements.
  func ownComment(of entry: YAMLEntry) -> String {
    guard let items = entry.value.items, !entry.commentText.isEmpty else { return entry.commentText }
    var lines = entry.commentText.split(separator: "\n", omittingEmptySubsequences: false)
    for line in items.flatMap({ comments(of: $0).split(separator: "\n", omittingEmptySubsequences: false) }) {
      if let index = lines.firstIndex(of: line) { lines.remove(at: index) }
    }
    return lines.joined(separator: "\n")
  }
}
