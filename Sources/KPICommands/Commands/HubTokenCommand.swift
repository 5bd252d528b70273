import ArgumentParser
import Calculation
import Hub
import LedgerModel

/// `kpi hub token`
struct HubTokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Who may come in over http: make, list and take away tokens.",
    discussion: """
      A token is a person's key to a hub that is served with 'kpi hub serve'. It is shown once, when it is made; the hub
      keeps nothing that it could be made from again. Whoever has it speaks for that person.

      Examples:
        kpi hub token add /srv/ledger.git ana --until 2027-06-30 --note "laptop"
        kpi hub token list /srv/ledger.git
        kpi hub token revoke /srv/ledger.git 3f2a81c0
      """,
    subcommands: [Add.self, List.self, Revoke.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a token for a person, and show it once.")

    @Argument(help: "The hub.", completion: .directory)
    var path: String

    @Argument(help: "Whose it is: the id in people.yaml.")
    var person: String

    @Option(help: "The last day on which it counts, as 2027-06-30. Without it, until it is revoked.")
    var until: String?

    @Option(help: "What it is for, as 'laptop'.")
    var note = ""

    func run() throws {
      let (until, today) = (try self.until.map(LedgerDay.read), HubTokenCommand.today)
      if let until, until < today { throw Failure("\(until) is over.", hint: "Name today or a later day.") }
      let token = try HubFailure.translating {
        let hub = try LedgerHub(at: path)
        guard let person = try hub.people()?.people[person] else { throw try unknown(in: hub) }
        return try TokenStore(in: hub.notesFolder).add(person: person.id, on: today, until: until, note: note)
      }
      Console.print(token.text)
      Console.note("This is \(person)'s token. It is not shown again: hand it over so that nobody else sees it.")
      Console.note("git and kpi ask for it as the password; the user name may be anything.")
    }

    private func unknown(in hub: LedgerHub) throws -> Failure {
      Failure(
        "Nobody in people.yaml has the id '\(person)'."
          + Suggestion.sentence(for: person, in: (try hub.people()?.people ?? [:]).keys.sorted()),
        hint: "Tokens are for people of the ledger, as it stands at the hub.")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show whose tokens there are; never the tokens.")

    @Argument(help: "The hub.", completion: .directory)
    var path = "."

    @OptionGroup var form: FormatOption

    func run() throws {
      let (entries, people) = try HubFailure.translating {
        let hub = try LedgerHub(at: path)
        return (try TokenStore(in: hub.notesFolder).entries(), try hub.people()?.people ?? [:])
      }
      guard form.format != .table || !entries.isEmpty else { return Console.print("There are no tokens.") }
      let today = HubTokenCommand.today
      let state = { (entry: TokenEntry) -> String in
        if people[entry.person] == nil { return "not in people.yaml" }
        return entry.isExpired(on: today) ? "run out" : "valid"
      }
      let listing = Listing<TokenEntry>(
        fields: [
          .init("id") { $0.id }, .init("person") { $0.person }, .init("state") { state($0) },
          .init("made") { "\($0.made)" }, .init("used") { $0.used?.description },
          .init("until") { $0.until?.description }, .init("note") { $0.note },
        ],
        columns: [
          .init("id") { $0.id }, .init("person") { $0.person }, .init("state") { state($0) },
          .init("made") { "\($0.made)" }, .init("last used") { $0.used?.description ?? "never" },
          .init("until") { $0.until?.description ?? "" }, .init("note", wraps: true) { $0.note },
        ])
      Console.print(listing.text(entries, as: form.format), terminator: "")
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take away a token, or all those of a person.")

    @Argument(help: "The hub.", completion: .directory)
    var path: String

    @Argument(help: "The token's id as 'list' shows it, or the id of a person.")
    var name: String

    func run() throws {
      let gone = try HubFailure.translating {
        try TokenStore(in: try LedgerHub(at: path).notesFolder).revoke(name)
      }
      guard !gone.isEmpty else {
        throw Failure("There is no token '\(name)'.", hint: "See which there are: kpi hub token list \(path)")
      }
      for entry in gone {
        Console.print("Revoked \(entry.id), of \(entry.person)\(entry.note.isEmpty ? "" : ": \(entry.note)")")
      }
    }
  }

  fileprivate static var today: Day { Day(daysSince1970: Int(Ambient.milliseconds / 86_400_000)) }
}
