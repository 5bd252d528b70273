import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi department add`
struct DepartmentAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a department, with the role that heads it.",
    discussion: """
      With --holder the role is given to somebody, and made where it is not there yet; without --head it is \
      head-of-ID. A department without a head is the administrator's.

      Examples:
        kpi department add supply --name Supply --holder zoe
        kpi department add emea --name EMEA --parent sales --head head-of-emea --holder gil --member ben-ortiz
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "Its id, as supply.") var id: String
  @Option(help: "What people call it.") var name: String
  @Option(help: "The department above it.", completion: .department) var parent: String?
  @Option(help: "The role that heads it.", completion: .role) var head: String?
  @Option(help: ArgumentHelp("Who holds that role.", valueName: "person"), completion: .person) var holder: String?
  @Option(help: ArgumentHelp("A member. May be repeated.", valueName: "person"), completion: .person)
  var member: [String] = []
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    var said = ["\(id) is a new department."]
    let editor = try Failure.ofEntry { () throws(EntryFault) in
      var editor = try DepartmentEditor(new: id, name: name, in: desk.view)
      if let parent { try editor.setParent(parent) }
      if let role = head ?? holder.map({ _ in "head-of-\(id)" }) {
        said.append(contentsOf: try give(role, &people, desk))
        editor.setHead(role)
      }
      for person in member { editor.addMember(try people.person(person).id) }
      return editor
    }
    try desk.save(
      [editor.path: editor.bytes, PeopleEditor.path: people.bytes], message: message ?? "Add the department \(id)",
      said: said)
  }

  /// Sees to it that the role is there, and held by whoever is to hold it.
  private func give(_ role: String, _ people: inout PeopleEditor, _ desk: OrganisationDesk) throws(EntryFault)
    -> [String]
  {
    if let known = people.people.roles[role] {
      guard let holder, known.holder(on: desk.day) != holder else { return [] }
      if let other = known.holder(on: desk.day) {
        throw EntryFault(
          "\(role) is held by \(people.people.name(of: other)).",
          hint: "Leave out --holder, or hand it over first: kpi people hand-over \(role) --to \(holder)")
      }
      return try HandOver(role: role, to: holder).apply(to: &people, on: desk.day)
    }
    guard let holder else {
      _ = try people.role(role)
      return []
    }
    try people.addRole(role, name: nil, holder: holder)
    return ["\(people.people.text(ofRole: role, on: desk.day)) is a new role."]
  }
}
