import ArgumentParser
import Calculation
import LedgerFiles
import LedgerModel

/// `kpi people role`
struct PeopleRoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role",
    abstract: "The roles and who holds them: list, add, remove.",
    discussion: """
      Examples:
        kpi people role
        kpi people role add sales-operations --name "Sales operations" --holder ben-ortiz
        kpi people role remove sales-operations
      """,
    subcommands: [PeopleRoleListCommand.self, PeopleRoleAddCommand.self, PeopleRoleRemoveCommand.self],
    defaultSubcommand: PeopleRoleListCommand.self)
}

/// `kpi people role list`
struct PeopleRoleListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Every role, who holds it, and who stands in.",
    discussion: """
      Examples:
        kpi people role
        kpi people role list --format csv
      """)

  @OptionGroup var ledger: LedgerOption
  @OptionGroup var form: FormatOption

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let people = try desk.people().people
    let (day, name) = (desk.day, { (id: String?) in id.map { people.name(of: $0) } })
    let next = { (role: Role) in role.next.flatMap { $0.from > day ? $0 : nil } }
    let listing = Listing<Role>(
      fields: [
        .init("id") { $0.id }, .init("name") { $0.name }, .init("holder") { $0.holder(on: day) },
        .init("deputy") { $0.deputy }, .init("next") { next($0)?.holder }, .init("from") { next($0)?.from.description },
      ],
      columns: [
        .init("Role") { $0.id }, .init("Name", wraps: true) { $0.name ?? "" },
        .init("Holder") { name($0.holder(on: day)) ?? "nobody" }, .init("Deputy") { name($0.deputy) ?? "" },
        .init("Next", wraps: true) { role in next(role).map { "\(people.name(of: $0.holder)) from \($0.from)" } ?? "" },
      ])
    Console.print(listing.text(people.roles.values.sorted { $0.id < $1.id }, as: form.format), terminator: "")
  }
}

/// `kpi people role add`
struct PeopleRoleAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a role.",
    discussion: """
      Examples:
        kpi people role add sales-operations --name "Sales operations" --holder ben-ortiz
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "Its id, as sales-operations.") var id: String
  @Option(help: "What people call it.") var name: String?
  @Option(help: ArgumentHelp("Who holds it.", valueName: "person"), completion: .person) var holder: String?
  @Option(help: ArgumentHelp("Who stands in.", valueName: "person"), completion: .person) var deputy: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    try Failure.ofEntry { () throws(EntryFault) in
      try people.addRole(id, name: name, holder: holder)
      if let deputy { try people.setDeputy(of: id, to: deputy, today: desk.day) }
    }
    try desk.save(
      [PeopleEditor.path: people.bytes], message: message ?? "Add the role \(id)",
      said: ["\(people.people.text(ofRole: id, on: desk.day)) is a new role."])
  }
}

/// `kpi people role remove`
struct PeopleRoleRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a role out that nothing names any more.",
    discussion: """
      Examples:
        kpi people role remove sales-operations
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The role.", completion: .role) var id: String
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    Console.print("Removed would be: the role \(people.people.text(ofRole: id, on: desk.day))")
    try Failure.ofEntry { () throws(EntryFault) in try people.removeRole(id) }
    guard try consent.isGiven("Remove it? [y/N]") else { return }
    try desk.save(
      [PeopleEditor.path: people.bytes], message: message ?? "Remove the role \(id)", said: ["\(id) is removed."])
  }
}
