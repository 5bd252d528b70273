import Calculation
import LedgerFiles

/// What is entered at a key: a text, or the fields or cells that are one key together.
enum Meaning: Hashable, CustomStringConvertible {
  case text(String)
  case cells([String: String])

  init(_ value: YAMLValue) { self = .text(Self.text(value)) }

  var plain: String {
    switch self {
    case .text(let text): text
    case .cells(let cells): cells.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
  }

  var description: String { plain }

  /// The same text for the same meaning.
  static func text(_ value: YAMLValue) -> String {
    switch value {
    case .null: "~"
    case .string(let text): text
    case .number(let number): number.description
    case .bool(let flag): flag ? "yes" : "no"
    case .float(let text): text
    case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .map(let pairs): "{" + pairs.map { "\($0.key):\(text($0.value))" }.sorted().joined(separator: ",") + "}"
    }
  }
}
