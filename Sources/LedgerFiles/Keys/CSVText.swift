import Calculation
/// Cells as text.
enum CSVText {
  /// The text without blanks at its ends.
  static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return text }
    // Whitespace beyond ASCII begins and ends with a byte above 127.
    guard first <= 0x20 || last <= 0x20 || first > 0x7F || last > 0x7F else { return text }
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// The text in quotes, its own doubled.
  static func inQuotes(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// What a cell means: a number where it is one, whatever its layout; else its text.
enum CellMeaning {
  static func of(_ text: String) -> YAMLValue {
    let first = text.utf8.first ?? 0
    let mayBeNumber = first >= 0x30 && first <= 0x39 || first == 0x2D || first == 0x2E || first == 0x2B
    return mayBeNumber ? Quantity(text).map(YAMLValue.number) ?? .string(text) : .string(text)
  }
}
