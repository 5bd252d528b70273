import Foundation
import LedgerModel

/// Who plays: each has a part in the ledger's first files.
enum Person: String, CaseIterable {
  /// Heads sales; dora is her deputy.
  case ana, dora
  /// Owns sales' win rate and new orders.
  case otto
  /// Answers for the win rate's actuals, and is a member of sales.
  case ben
  /// A member of sales.
  case eva
  /// Heads emea.
  case gil
  /// The controller.
  case cleo
  /// The administrator.
  case adam

  var author: Author { Author(name: rawValue.capitalized, email: rawValue + "@example.com") }

  /// Whom a text like `Ana <ana@example.com>` names.
  init?(_ text: String) {
    guard let author = Author(text) else { return nil }
    self.init(rawValue: String(author.email.prefix { $0 != "@" }))
  }
}
