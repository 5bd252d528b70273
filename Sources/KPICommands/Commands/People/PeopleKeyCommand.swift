import ArgumentParser
import LedgerFiles
import LedgerModel
import Syncing

/// `kpi people key`
struct PeopleKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Register your own key, for signing and for ssh.",
    discussion: """
      Unless you are administrator it waits as a proposal until one accepts it.

      Examples:
        kpi people key add ~/.ssh/id_ed25519.pub
      """,
    subcommands: [PeopleKeyAddCommand.self])
}

/// `kpi people key add`
struct PeopleKeyAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a public key to your own.",
    discussion: """
      Examples:
        kpi people key add ~/.ssh/id_ed25519.pub
        ssh-keygen -t ed25519      makes one
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The file that ends in .pub, or its line.", completion: .file(extensions: ["pub"])) var key: String
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let key = try PublicKeyLine.read(key)
    var people = try desk.people()
    let author = try desk.clone.author()
    guard let me = try desk.me(in: people.people) else {
      throw Failure(
        "people.yaml has nobody with your address, \(author.email).",
        hint: "Ask \(people.people.text(ofRole: Role.administrator, on: desk.day)) to add you, with the key: "
          + "kpi people add \(Slug.suggested(for: author.name) ?? "ID") --name \"\(author.name)\" --email \(author.email) --key …",
        status: .findings)
    }
    try Failure.ofEntry { () throws(EntryFault) in try people.add(.key, key.line, to: me.id) }
    try desk.save(
      [PeopleEditor.path: people.bytes], message: message ?? "Add a key of \(me.name)",
      said: ["Added to the keys of \(me.name): \(key.kind) \(key.fingerprint)"])
  }
}
