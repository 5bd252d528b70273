/// Texts as cells of a CSV file that somebody opens in a spreadsheet.
public enum SpreadsheetText {
  /// The text, with an apostrophe in front where a spreadsheet would run it: where it begins with `=`, `+`, `-`, `@`, a
  /// tab, a line break, or what looks like the first four, whatever blanks are before that.
  public static func inert(_ text: String) -> String { isFormula(text) ? "'" + text : text }

  private static func isFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first(where: { $0 != " " }) {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}
