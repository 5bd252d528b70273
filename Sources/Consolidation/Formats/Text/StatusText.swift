public import Calculation

extension Status {
  /// A shape for each status, so that nobody needs colour to tell them apart.
  public var symbol: String {
    switch self {
    case .green: "\u{25CF}"
    case .amber: "\u{25D0}"
    case .red: "\u{25B2}"
    case .grey: "\u{25CB}"
    }
  }

  /// What it says in a word or two.
  public var words: String {
    switch self {
    case .green: "on target"
    case .amber: "close"
    case .red: "off target"
    case .grey: "not rated"
    }
  }
}
