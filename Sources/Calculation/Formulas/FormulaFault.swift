/// What is wrong with a formula's text, and where.
public struct FormulaFault: Error, Hashable, Sendable {
  /// Counted in characters from 1, within the formula.
  public let column: Int
  /// One sentence that says what is wrong and what to write.
  public let message: String

  init(column: Int, _ message: String) {
    self.column = column
    self.message = message
  }
}
