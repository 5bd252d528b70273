import ArgumentParser
import Foundation
import Git
import LedgerModel

/// Who works in a copy: what was said on the command line, else what git knows, else what the person answers.
struct Identity {
  let name: String?
  let email: String?

  /// Refuses a mail address that is none, before anything is done.
  static func check(_ email: String?) throws {
    guard let email, Author.fault(ofEmail: email) != nil else { return }
    throw ValidationError("--email needs a mail address, as ana@example.com; '\(email)' is none.")
  }

  /// Makes sure that the repository knows who works in it, for itself alone.
  /// - Parameter hint: what to do where it does not.
  /// - Throws: `Failure` where nobody can be asked, or what git knows cannot be used
  func settle(in repository: Repository, otherwise hint: String) throws {
    let known = (try repository.configuration("user.name"), try repository.configuration("user.email"))
    let name = (name ?? known.0 ?? Console.ask("Your name, as others will see it:"))?.trimmed
    let email = (email ?? known.1 ?? Console.ask("Your mail address:"))?.trimmed
    guard let name, let email, !name.isEmpty, !email.isEmpty else {
      throw Failure("Nobody has said who you are: git knows no name and mail address.", hint: hint)
    }
    if let fault = Author.fault(ofName: name) ?? Author.fault(ofEmail: email) { throw Failure(fault, hint: hint) }
    if self.name != nil || known.0 == nil { try repository.setConfiguration("user.name", to: name) }
    if self.email != nil || known.1 == nil { try repository.setConfiguration("user.email", to: email) }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
