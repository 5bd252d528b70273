import Calculation
import LedgerFiles

/// Cells and comments as the checks read them.
enum CellText {
  static func trimmed(_ text: some StringProtocol) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  static func meaning(_ text: String) -> YAMLValue { Quantity(text).map(YAMLValue.number) ?? .string(text) }
}
