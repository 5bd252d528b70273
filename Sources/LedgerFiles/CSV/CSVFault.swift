public import LedgerModel

/// Something in a CSV text that keeps it from being a table.
///
/// Rules: `too-large`, `invalid-utf8`, `control-character`, `missing-header`, `csv-unclosed-quote`, `csv-stray-quote`,
/// `csv-ragged-row`, `csv-duplicate-column`, `conflict-marker`.
public struct CSVFault: Hashable, Sendable {
  /// The kebab-case name of the rule.
  public let rule: String
  /// The byte at which it was found.
  public let offset: Int
  public let position: Position
  /// What is wrong and what to do.
  public let message: String

  public init(rule: String, offset: Int, position: Position, message: String) {
    self.rule = rule
    self.offset = offset
    self.position = position
    self.message = message
  }
}
