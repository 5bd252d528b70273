/// A currency's code, as ISO 4217 forms them: three capital letters.
public enum Currency {
  /// Whether the text has the form of a code. Which codes exist is not checked: a ledger may have its own.
  public static func isCode(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// ISO 4217's code for "no currency": a ledger whose settings could not be read.
  public static let none = "XXX"
}

/// The form of a column's name in the actuals, and so of an input or dimension: `[a-z][a-z0-9_]*`, at most 60 characters.
public enum ColumnName {
  /// The columns with a meaning of their own.
  public static let reserved: Set<String> = ["period", "status", "note"]
  /// Words that a formula reads as a function.
  public static let functions: Set<String> = ["min", "max", "abs", "if", "kpi"]

  /// Whether the text has the form of a name and is no reserved word.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 60, isSmall(first) else { return false }
    guard text.utf8.allSatisfy({ isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "_") }) else { return false }
    let text = String(text)
    return !reserved.contains(text) && !functions.contains(text)
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
