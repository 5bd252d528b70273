import Calculation
import Consolidation

/// Colour and weight, on a terminal only; what is said is said without them too.
enum Style {
  /// What stands out.
  static func strong(_ text: String) -> String { wrapped(text, "1") }
  /// What may be skipped.
  static func faint(_ text: String) -> String { wrapped(text, "2") }

  /// A status by shape and word, in its colour.
  static func status(_ status: Status) -> String {
    let text = Console.isTerminal ? "\(status.symbol) \(status.words)" : status.words
    return wrapped(text, colour(of: status))
  }

  private static func colour(of status: Status) -> String {
    switch status {
    case .green: "32"
    case .amber: "33"
    case .red: "31"
    case .grey: "90"
    }
  }

  private static func wrapped(_ text: String, _ code: String) -> String {
    Console.hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
