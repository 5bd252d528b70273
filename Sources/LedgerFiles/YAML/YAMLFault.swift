public import LedgerModel

/// Something in a YAML text that is not YAML, or not the YAML that a ledger uses.
///
/// Rules: `too-large`, `invalid-utf8`, `control-character`, `byte-order-mark`, `tab-indentation`, `bad-indentation`,
/// `duplicate-key`, `anchor`, `alias`, `tag`, `directive`, `multiple-documents`, `complex-key`, `too-deep`,
/// `unclosed-quote`, `unclosed-bracket`, `bad-escape`, `bad-block-header`, `missing-colon`, `missing-comma`,
/// `missing-key`, `unexpected-colon`, `unexpected-list-item`, `unexpected-text`, `reserved-character`, `bare-pair`,
/// `conflict-marker`.
public struct YAMLFault: Hashable, Sendable {
  /// The kebab-case name of the rule.
  public let rule: String
  /// The byte at which it was found.
  public let offset: Int
  public let position: Position
  /// What is wrong and what to do, for somebody who does not know YAML.
  public let message: String

  public init(rule: String, offset: Int, position: Position, message: String) {
    self.rule = rule
    self.offset = offset
    self.position = position
    self.message = message
  }
}
