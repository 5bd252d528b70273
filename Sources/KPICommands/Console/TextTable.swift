import Consolidation

/// A table of text that fits the terminal: columns as wide as what is in them, long texts on several lines.
struct TextTable {
  /// A column's heading and how it gives way.
  struct Column {
    let title: String
    /// Numbers stand on the right.
    var isRight = false
    /// Whether its texts may be broken into lines where the table is too wide.
    var wraps = false

    init(_ title: String, isRight: Bool = false, wraps: Bool = false) {
      self.title = title
      self.isRight = isRight
      self.wraps = wraps
    }
  }

  private static let gap = 2
  private static let narrowest = 12

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; control characters and line breaks in its cells become blanks.
  mutating func add(_ cells: [String]) { rows.append(cells.map(TextWidth.plain)) }

  /// The lines, none wider than the width as long as the columns that do not wrap leave room, none with blanks at its
  /// end. Columns without a single text are left out.
  func lines(width: Int) -> [String] {
    let shown = columns.indices.filter { index in rows.contains { $0.count > index && !$0[index].isEmpty } }
    guard !shown.isEmpty else { return [] }
    let widths = fitted(shown, to: width)
    var lines = [line(shown.map { columns[$0].title }, shown, widths)]
    for row in rows { lines += self.lines(of: row, shown, widths) }
    return lines
  }

  private func lines(of row: [String], _ shown: [Int], _ widths: [Int]) -> [String] {
    let cells = zip(shown, widths).map { index, width -> [String] in
      let text = index < row.count ? row[index] : ""
      guard columns[index].wraps else { return [TextWidth.truncated(text, to: width)] }
      return TextWidth.wrapped(Self.broken(text, to: width), to: width)
    }
    let height = cells.map(\.count).max() ?? 0
    return (0..<Swift.max(1, height)).map { number in
      line(cells.map { number < $0.count ? $0[number] : "" }, shown, widths)
    }
  }

  /// The text with blanks in words that are wider than the column, behind a mark where there is one.
  private static func broken(_ text: String, to width: Int) -> String {
    let words = text.split(separator: " ").map { word -> String in
      guard TextWidth.of(String(word)) > width else { return String(word) }
      var (parts, part) = ([String](), "")
      for character in word {
        if TextWidth.of(part + String(character)) > width {
          let end = part.lastIndex { "/-.,_@".contains($0) }.map { part.index(after: $0) } ?? part.endIndex
          parts.append(String(part[..<end]))
          part = String(part[end...])
        }
        part.append(character)
      }
      return (parts + [part]).joined(separator: " ")
    }
    return words.joined(separator: " ")
  }

  private func line(_ cells: [String], _ shown: [Int], _ widths: [Int]) -> String {
    var line = ""
    for (position, cell) in cells.enumerated() {
      if position > 0 { line += String(repeating: " ", count: Self.gap) }
      line += TextWidth.fitted(cell, to: widths[position], rightAligned: columns[shown[position]].isRight)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The columns' widths: what they need, the widest of those that wrap giving way first.
  private func fitted(_ shown: [Int], to width: Int) -> [Int] {
    var widths = shown.map { index in
      rows.reduce(TextWidth.of(columns[index].title)) { widest, row in
        index < row.count ? Swift.max(widest, TextWidth.of(row[index])) : widest
      }
    }
    var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - width
    for wrapping in [true, false] {
      while excess > 0 {
        let candidates = widths.indices.filter { columns[shown[$0]].wraps == wrapping && widths[$0] > Self.narrowest }
        guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
        let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.narrowest
        let step = Swift.max(1, Swift.min(excess, widths[widest] - Swift.max(next, Self.narrowest)))
        widths[widest] -= step
        excess -= step
      }
    }
    return widths
  }
}
