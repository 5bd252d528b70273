import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi department members`
struct DepartmentMembersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members",
    abstract: "Say who is a member of a department, and so records actuals there.",
    discussion: """
      Its head is a member without being named. Without an option, lists them.

      Examples:
        kpi department members supply
        kpi department members supply --add ben-ortiz --add zoe --remove ana-ruiz
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The department.", completion: .department) var id: String
  @Option(help: ArgumentHelp("Who becomes a member. May be repeated.", valueName: "person"), completion: .person)
  var add: [String] = []
  @Option(help: ArgumentHelp("Who is none any more. May be repeated.", valueName: "person"), completion: .person)
  var remove: [String] = []
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let people = try desk.people()
    var editor = try Failure.ofEntry { () throws(EntryFault) in try DepartmentEditor(id, in: desk.view) }
    guard !(add + remove).isEmpty else {
      for member in editor.members { Console.print("\(member)  \(people.people.name(of: member))") }
      return
    }
    var said: [String] = []
    for person in add {
      let person = try Failure.ofEntry { () throws(EntryFault) in try people.person(person) }
      said.append(
        editor.addMember(person.id) ? "\(person.name) is a member of \(id)." : "\(person.name) is a member already.")
    }
    for person in remove {
      guard editor.removeMember(person) else {
        throw Failure(
          "\(person) is no member of \(id)." + Suggestion.sentence(for: person, in: editor.members),
          hint: "See them: kpi department members \(id)")
      }
      said.append("\(people.people.name(of: person)) is no member of \(id) any more.")
    }
    try desk.save([editor.path: editor.bytes], message: message ?? "Change the members of \(id)", said: said)
  }
}
