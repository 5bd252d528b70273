import ArgumentParser
import Git

/// Who works in a copy: what was said on the command line, else what git knows, else what the person answers.
struct Identity {
  let name: String?
  let email: String?

  /// Refuses a mail address that is none, before anything is done.
  static func check(_ email: String?) throws {
    guard let email, !email.contains("@") || email.contains(where: { $0.isWhitespace || "<>".contains($0) }) else {
      return
    }
    throw ValidationError("--email needs a mail address, as ana@example.com; '\(email)' is none.")
  }

  /// Makes sure that the repository knows who works in it, for itself alone.
  /// - Throws: `Failure` where nobody can be asked
  func settle(in repository: Repository) throws {
    let known = (try repository.configuration("user.name"), try repository.configuration("user.email"))
    let name = name ?? known.0 ?? Console.ask("Your name, as others will see it:")
    let email = email ?? known.1 ?? Console.ask("Your mail address:")
    guard let name, let email, !name.isEmpty, email.contains("@") else {
      throw Failure(
        "The folder is there, but it does not know who you are.",
        hint: "Say it in that folder: git config user.name 'Your Name'; git config user.email you@example.com")
    }
    if self.name != nil || known.0 == nil { try repository.setConfiguration("user.name", to: name) }
    if self.email != nil || known.1 == nil { try repository.setConfiguration("user.email", to: email) }
  }
}
