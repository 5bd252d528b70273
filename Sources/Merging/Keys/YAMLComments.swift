import LedgerFiles

extension YAMLDocument {
  /// The comments in a stretch of text that holds nothing but blank lines and comments (and `---`): without `#`,
  /// trimmed, one a line.
  func comments(in range: Range<Int>) -> String {
    guard range.lowerBound < range.upperBound, range.upperBound <= bytes.count else { return "" }
    return bytes[range].split(separator: UInt8(ascii: "\n")).compactMap { line in
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard text.first == UInt8(ascii: "#") else { return nil }
      var words = Substring(String(decoding: text.dropFirst(), as: UTF8.self))
      while words.first?.isWhitespace == true { words.removeFirst() }
      while words.last?.isWhitespace == true { words.removeLast() }
      return String(words)
    }.joined(separator: "\n")
  }

  /// The bytes before a top-level field that belong to no field; nil stands for the end of the file.
  func gap(before field: String?) -> Range<Int>? {
    guard case .mapping(let entries, .block)? = root?.kind else { return root == nil ? 0..<bytes.count : nil }
    guard let field else { return (entries.last?.extent.upperBound ?? 0)..<bytes.count }
    guard let index = entries.firstIndex(where: { $0.key == field }) else { return nil }
    let start = index == 0 ? 0 : entries[index - 1].extent.upperBound
    return start..<entries[index].extent.lowerBound
  }
}
