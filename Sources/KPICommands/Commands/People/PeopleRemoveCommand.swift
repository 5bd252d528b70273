import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi people remove`
struct PeopleRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take somebody out, who may then change nothing any more.",
    discussion: """
      What they entered stays, under their name. Whoever still holds roles hands them over first, or with \
      --hand-over-to all of them to one person. Of departments they are members no more.

      Examples:
        kpi people remove ben-ortiz
        kpi people remove ana-ruiz --hand-over-to ben-ortiz -m "Ana leaves us"
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The person's id.", completion: .person) var id: String
  @Option(help: ArgumentHelp("Who gets their roles.", valueName: "person"), completion: .person) var handOverTo: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    let person = try Failure.ofEntry { () throws(EntryFault) in try people.person(id) }
    if let handOverTo, handOverTo == id { throw Failure("\(person.name) cannot hand over to themselves.") }
    let heir = try Failure.ofEntry { () throws(EntryFault) in
      try handOverTo.map { id throws(EntryFault) in try people.person(id) }
    }
    let duties = Duties(of: id, on: desk.day, in: people.people, departments: desk.view.readableDepartments)
    guard duties.roles.isEmpty || heir != nil else {
      throw Failure(
        "\(person.name) still holds \(Self.text(duties)).",
        hint: "Hand over one by one (kpi people hand-over ROLE --to …), or all at once: kpi people remove \(id) "
          + "--hand-over-to PERSON", status: .findings)
    }
    var (files, said): ([String: [UInt8]?], [String]) = ([:], [])
    try Failure.ofEntry { () throws(EntryFault) in
      for role in people.people.roles.keys.sorted() { people.takeEffect(role, on: desk.day) }
      if let heir { said += try handOver(duties, from: person, to: heir, &people, desk) }
      try people.remove(id)
      for department in duties.memberOf {
        var editor = try DepartmentEditor(department, in: desk.view)
        editor.removeMember(id)
        files[editor.path] = editor.bytes
        said.append("\(person.name) is no member of \(department) any more.")
      }
    }
    files[PeopleEditor.path] = people.bytes
    Console.print("Removed would be: \(person.name) (\(id))")
    for line in said { Console.print("  " + line) }
    guard try consent.isGiven("Remove \(person.name)? [y/N]") else { return }
    try desk.save(
      files, message: message ?? "Remove \(person.name)", said: ["\(person.name) is removed; history keeps the name."])
  }

  private func handOver(
    _ duties: Duties, from person: Person, to heir: Person, _ people: inout PeopleEditor, _ desk: OrganisationDesk
  ) throws(EntryFault) -> [String] {
    var said: [String] = []
    for (role, part) in duties.roles {
      switch part {
      case .holder:
        let next = people.people.roles[role]?.next
        try people.handOver(role, to: heir.id, from: nil, today: desk.day)
        if let next, next.holder != heir.id, next.holder != id {
          try people.handOver(role, to: next.holder, from: next.from, today: desk.day)
        }
        said.append("\(heir.name) holds \(role).")
      case .deputy:
        let holder = people.people.roles[role]?.holder
        try people.setDeputy(of: role, to: holder == heir.id ? nil : heir.id, today: desk.day)
        said.append(holder == heir.id ? "\(role) has no deputy any more." : "\(heir.name) is deputy of \(role).")
      case .next(let from):
        try people.handOver(role, to: heir.id, from: from, today: desk.day)
        said.append(
          people.people.roles[role]?.next == nil
            ? "\(heir.name) keeps \(role)." : "\(heir.name) takes over \(role) on \(from).")
      }
    }
    return said
  }

  private static func text(_ duties: Duties) -> String {
    duties.roles.map { role in
      switch role.part {
      case .holder: role.id
      case .deputy: "\(role.id) (as deputy)"
      case .next(let from): "\(role.id) (from \(from) on)"
      }
    }.joined(separator: ", ")
  }
}
