/// What became of a spreadsheet's cell.
public enum SpreadsheetReading<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Nothing but blanks: missing, never zero.
  case blank
  case value(Value)
  /// It can be read in two ways; the text says which, and what to do.
  case ambiguous(String)
  /// It is no such value; the text says what was expected.
  case invalid(String)

  /// The value, or nil for anything else.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}
