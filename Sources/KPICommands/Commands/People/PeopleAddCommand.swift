import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi people add`
struct PeopleAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add somebody.",
    discussion: """
      The mail address says who enters a change: it is the one that their git has (git config user.email). With \
      --role they become its holder; a role that is not there yet is made.

      Examples:
        kpi people add ben-ortiz --name "Ben Ortiz" --email ben@example.com
        kpi people add zoe --name "Zoe Kim" --email zoe@example.com --role head-of-supply --department supply
        kpi people add ben-ortiz --name "Ben Ortiz" --email ben@example.com --key ben.pub
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The id by which files name the person, as ben-ortiz.") var id: String
  @Option(help: "The person's name.") var name: String
  @Option(help: "The person's mail address.") var email: String
  @Option(help: ArgumentHelp("The person's public key: a file that ends in .pub, or its line.", valueName: "file|text"))
  var key: [String] = []
  @Option(help: "A role that the person holds from now on. May be repeated.", completion: .role) var role: [String] = []
  @Option(help: "A department that the person is a member of. May be repeated.", completion: .department)
  var department: [String] = []
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    if let fault = Author.fault(ofName: name) ?? Author.fault(ofEmail: email) { throw Failure(fault) }
    let desk = try OrganisationDesk(ledger)
    let keys = try key.map { try PublicKeyLine.read($0).line }
    var people = try desk.people()
    var files: [String: [UInt8]?] = [:]
    var said = ["\(name) is added as \(id)."]
    try Failure.ofEntry { () throws(EntryFault) in
      try people.add(id, name: name, email: email)
      for line in keys { try people.add(.key, line, to: id) }
      for role in role { said.append(try give(role, &people, desk)) }
      for department in department {
        var editor = try DepartmentEditor(department, in: desk.view)
        editor.addMember(id)
        files[editor.path] = editor.bytes
      }
    }
    files[PeopleEditor.path] = people.bytes
    try desk.save(files, message: message ?? "Add \(name)", said: said)
  }

  /// Makes the person the holder of a role that nobody holds.
  private func give(_ role: String, _ people: inout PeopleEditor, _ desk: OrganisationDesk) throws(EntryFault) -> String
  {
    guard let known = people.people.roles[role] else {
      if let meant = Suggestion.nearest(to: role, in: people.people.roles.keys) {
        throw EntryFault(
          "There is no role \"\(role)\" in people.yaml. Did you mean \"\(meant)\"?",
          hint: "If it is a new one, make it first: kpi people role add \(role)")
      }
      try people.addRole(role, name: nil, holder: id)
      return "\(role) is a new role, which \(name) holds."
    }
    if let holder = known.holder(on: desk.day) {
      throw EntryFault(
        "\(role) is held by \(people.people.name(of: holder)).",
        hint: "Add \(id) without it, then: kpi people hand-over \(role) --to \(id)")
    }
    try people.handOver(role, to: id, from: nil, today: desk.day)
    return "\(name) holds \(role)."
  }
}
