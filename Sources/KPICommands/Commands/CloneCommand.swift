import ArgumentParser
import Foundation
import Git
import LedgerFiles
import LedgerModel
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

  func validate() throws { try Identity.check(email) }

  func run() async throws {
    let place = folder ?? Self.folder(for: address)
    guard !FileManager.default.fileExists(atPath: place) else {
      throw Failure(
        "\(place) is there already.",
        hint: "Name another folder: kpi clone \(RemoteAddress.withoutPassword(address)) FOLDER")
    }
    let git = GitProgram(folder: nil, environment: Console.environment)
    let shown = RemoteAddress.withoutPassword(address)
    if Console.canAsk { Console.note("Getting the ledger from \(shown) …") }
    switch try await git.clone(address, into: place) {
    case .done: break
    case .denied(let reason, let lines):
      let denial = DenialText(address: address, reason: reason, lines: lines)
      throw Failure(denial.message, hint: denial.hint, status: .refused)
    case .failed(let reason):
      guard !reason.contains(Failure.fullDisk) else {
        throw Failure("The disk is full: \(reason).", hint: Failure.makeRoom)
      }
      throw Failure(
        "The ledger could not be got from \(shown): \(reason)",
        hint: "Is the address right, and are you online and let in there?", status: .offline)
    }
    let clone = try LedgerClone(containing: place)
    try Identity(name: name, email: email).settle(
      in: clone.repository,
      otherwise: "Your copy is there. Say it in it: cd \(place) && git config user.name 'Your Name' && "
        + "git config user.email you@example.com")
    let who = try clone.author()
    Console.print("Your copy is in \(place). You are \(who).")
    try Self.noteStranger(clone)
    Console.print("Go on with: cd \(place) && kpi status")
  }

  /// Says to somebody whom people.yaml does not know what that means.
  private static func noteStranger(_ clone: LedgerClone) throws {
    let desk = try OrganisationDesk(clone)
    guard let people = desk.view.people.value, try desk.me(in: people) == nil else { return }
    Console.note(
      "people.yaml has nobody with that address: what you change will be held until somebody accepts it. To be added, "
        + "ask \(people.text(ofRole: Role.administrator, on: desk.day)).")
  }

  private static func folder(for address: String) -> String {
    let last = address.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "ledger"
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }
}
