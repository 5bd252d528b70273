import ArgumentParser
import Foundation
import Git
import LedgerStore
import Syncing

/// `kpi clone`
struct CloneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone",
    abstract: "Get a copy of a ledger to work in, complete and usable offline.",
    discussion: """
      Examples:
        kpi clone /srv/ledger.git
        kpi clone ssh://git@ledger.example.com/ledger.git sales-ledger
        kpi clone hub.git anna --name "Anna Berg" --email anna@example.com
      """)

  @Argument(help: "Where the hub is: a folder, or an address as git takes it.", completion: .directory)
  var address: String

  @Argument(help: "The folder to make. Without it, the hub's name.", completion: .directory)
  var folder: String?

  @Option(help: "Your name, as others will see it.")
  var name: String?

  @Option(help: "Your mail address, as people.yaml has it.")
  var email: String?

  func run() async throws {
    let place = folder ?? Self.folder(for: address)
    guard !FileManager.default.fileExists(atPath: place) else {
      throw Failure("\(place) is there already.", hint: "Name another folder: kpi clone \(address) FOLDER")
    }
    let git = GitProgram(folder: nil, environment: Console.environment)
    if Console.canAsk { Console.note("Getting the ledger from \(address) …") }
    if let reason = try await git.clone(address, into: place) {
      throw Failure(
        "The ledger could not be got from \(address): \(reason)",
        hint: "Is the address right, and are you online and let in there?", status: .offline)
    }
    let clone = try LedgerClone(containing: place)
    try setIdentity(of: clone)
    let who = try clone.author()
    Console.print("Your copy is in \(place). You are \(who).")
    Console.print("Go on with: cd \(place) && kpi status")
  }

  private static func folder(for address: String) -> String {
    let last = address.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "ledger"
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }

  /// What was said on the command line, else what git knows, else what the person answers.
  private func setIdentity(of clone: LedgerClone) throws {
    let repository = clone.repository
    let known = (try repository.configuration("user.name"), try repository.configuration("user.email"))
    let name = name ?? known.0 ?? Console.ask("Your name, as others will see it:")
    let email = email ?? known.1 ?? Console.ask("Your mail address:")
    guard let name, let email, !name.isEmpty, email.contains("@") else {
      throw Failure(
        "Your copy is there, but it does not know who you are.",
        hint: "Say it in its folder: git config user.name 'Your Name'; git config user.email you@example.com")
    }
    if self.name != nil || known.0 == nil { try repository.setConfiguration("user.name", to: name) }
    if self.email != nil || known.1 == nil { try repository.setConfiguration("user.email", to: email) }
  }
}
