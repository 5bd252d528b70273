import Calculation
import Consolidation
import LedgerFiles

/// A key's value as the index keeps it: JSON on one line.
enum IndexedValue {
  /// The text; nil where there is no value.
  static func text(_ value: YAMLValue?) -> String? {
    guard let value else { return nil }
    var json = JSONWriter()
    json.value(value)
    return json.text
  }

  /// The value of a text that ``text(_:)`` made.
  static func value(_ text: String?) -> YAMLValue? {
    text.map { text in YAMLDocument(parsing: Array(text.utf8)).root.map { YAMLValue($0) } ?? .null }
  }
}
