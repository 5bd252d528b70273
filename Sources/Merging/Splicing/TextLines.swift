/// Lines of a text in bytes.
enum TextLines {
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  /// How the first line of a text ends; LF where there is but one line.
  static func ending(of bytes: [UInt8]) -> [UInt8] {
    guard let index = bytes.firstIndex(of: lineFeed) else { return [lineFeed] }
    return index > 0 && bytes[index - 1] == carriageReturn ? [carriageReturn, lineFeed] : [lineFeed]
  }

  /// A piece of another text with the line endings of this one.
  static func withEndings(of bytes: [UInt8], _ piece: [UInt8]) -> [UInt8] {
    let ending = ending(of: bytes)
    return Array(lines(piece[...]).map { $0.filter { $0 != carriageReturn } }.joined(separator: ending))
  }

  /// A piece of text with its lines moved to the right or, as far as they are blank, to the left.
  static func shifted(_ piece: ArraySlice<UInt8>, by columns: Int) -> [UInt8] {
    guard columns != 0 else { return Array(piece) }
    let space = UInt8(ascii: " ")
    let lines = lines(piece).map { line -> [UInt8] in
      if line.isEmpty || line.first == carriageReturn { return Array(line) }
      if columns > 0 { return Array(repeating: space, count: columns) + line }
      let blank = line.prefix { $0 == space }.count
      return Array(line.dropFirst(min(blank, -columns)))
    }
    return Array(lines.joined(separator: [lineFeed]))
  }

  /// A gap without the lines that hold a comment, and without the blank lines that parted them from what follows.
  static func withoutComments(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    let lines = lines(piece)
    let isComment = { (line: ArraySlice<UInt8>) in
      line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "#")
    }
    let above = lines.prefix { !isComment($0) }
    if above.count == lines.count { return Array(piece) }
    let kept = above.isEmpty ? lines.filter { !isComment($0) } : above + [[]]
    return Array(kept.joined(separator: [lineFeed]))
  }

  /// How many bytes stand before an offset on its line.
  static func column(of offset: Int, in bytes: [UInt8]) -> Int {
    offset - (bytes[..<offset].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0)
  }

  private static func lines(_ piece: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    piece.split(separator: lineFeed, omittingEmptySubsequences: false)
  }
}
