import ArgumentParser

/// Whether a change with consequences is meant: asked for on a terminal, given beforehand in scripts.
struct ConsentOption: ParsableArguments {
  @Flag(name: [.short, .long], help: "Do not ask.") var yes = false
  @Flag(help: "Say what would be changed; change nothing.") var dryRun = false

  /// - Returns: false where nothing is to be done.
  /// - Throws: `Failure` where nobody can be asked.
  func isGiven(_ question: String) throws -> Bool {
    if dryRun { return false }
    if yes { return true }
    guard Console.canAsk else {
      throw Failure("Nobody is here to be asked, so nothing was changed.", hint: "Say that it is meant: --yes")
    }
    guard ["y", "yes"].contains(Console.ask(question)?.lowercased()) else {
      Console.print("Nothing was changed.")
      return false
    }
    return true
  }
}
