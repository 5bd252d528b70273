/// Fits text into columns of a terminal, where some characters take two cells and some none.
public enum TextWidth {
  /// How many cells a text takes.
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + cells(of: $1) }
  }

  /// The text on so many cells: filled with spaces, or cut with an ellipsis.
  public static func fitted(_ text: String, to width: Int, rightAligned: Bool = false) -> String {
    let cut = truncated(text, to: width)
    let fill = String(repeating: " ", count: Swift.max(0, width - of(cut)))
    return rightAligned ? fill + cut : cut + fill
  }

  /// The text on so many cells at most, with an ellipsis where something is missing.
  public static func truncated(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    guard width > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let size = cells(of: character)
      if used + size > width - 1 { break }
      result.append(character)
      used += size
    }
    while result.last == " " { result.removeLast() }
    return result + "\u{2026}"
  }

  /// The words of a text in lines of at most so many cells.
  public static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if of(line) + 1 + of(String(word)) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { truncated($0, to: Swift.max(1, width)) }
  }

  /// The text without control characters: nothing in a ledger may steer somebody's terminal.
  public static func plain(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isControl(scalar) ? " " : scalar) }
    return String(result)
  }

  /// C0, C1 and the characters that turn the direction of writing.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func cells(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if character.unicodeScalars.count > 1, scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0x300..<0x370: return 0
    case 0x1100..<0x1160, 0x2E80..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFE30..<0xFE70, 0xFF00..<0xFF61,
      0xFFE0..<0xFFE7, 0x1F300..<0x1F650, 0x1F680..<0x1F700, 0x1F900..<0x1FA00, 0x20000..<0x3FFFE:
      return 2
    default: return 1
    }
  }
}
