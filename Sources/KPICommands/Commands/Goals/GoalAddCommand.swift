import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi goal add`
struct GoalAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a goal.",
    discussion: """
      Examples:
        kpi goal add prosper --name "Prosper"
        kpi goal add grow-revenue --name "Grow revenue" --parent prosper --weight 2 --owner coo
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "Its id, as grow-revenue.") var id: String
  @Option(help: "What people call it.") var name: String
  @Option(help: "The goal above it.", completion: .goal) var parent: String?
  @OptionGroup var options: GoalOptions
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let fields = options.fields(name: name, parent: parent)
    let files = try Failure.ofEntry { () throws(EntryFault) in
      var goals = try GoalsEditor(desk.view)
      try goals.add(id, fields)
      return goals.files
    }
    try desk.save(files, message: message ?? "Add the goal \(id)", said: ["\(id) is a new goal."])
  }
}

extension GoalOptions {
  func fields(name: String?, parent: String?) -> GoalsEditor.Fields {
    var fields = GoalsEditor.Fields()
    (fields.name, fields.parent, fields.weight, fields.owner, fields.status) = (name, parent, weight, owner, status)
    return fields
  }
}
