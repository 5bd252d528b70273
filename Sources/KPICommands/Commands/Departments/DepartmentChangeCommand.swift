import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi department change`
struct DepartmentChangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Change a department's name, parent, or the role that heads it.",
    discussion: """
      An empty text clears a field (--parent ""). Who holds the head's role: kpi department hand-over. Another id: \
      kpi move.

      Examples:
        kpi department change emea --name "Europe, Middle East, Africa"
        kpi department change emea --parent sales --head head-of-emea
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The department.", completion: .department) var id: String
  @Option(help: "Another name.") var name: String?
  @Option(help: "The department above it.", completion: .department) var parent: String?
  @Option(help: "The role that heads it.", completion: .role) var head: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    guard name != nil || parent != nil || head != nil else {
      throw ValidationError("Say what to change: --name, --parent or --head.")
    }
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let people = try desk.people()
    let editor = try Failure.ofEntry { () throws(EntryFault) in
      var editor = try DepartmentEditor(id, in: desk.view)
      if let name { try editor.rename(to: name) }
      if let parent { try editor.setParent(parent) }
      if let head { editor.setHead(head.isEmpty ? "" : try people.role(head).id) }
      return editor
    }
    try desk.save(
      [editor.path: editor.bytes], message: message ?? "Change the department \(id)", said: ["\(id) is changed."])
  }
}
