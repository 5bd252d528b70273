import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi goal change`
struct GoalChangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Change a goal's name, weight, owner or status.",
    discussion: """
      An empty text clears a field (--owner ""). The id stays: KPIs name the goal by it.

      Examples:
        kpi goal change grow-revenue --weight 3 -m "Plan of the spring meeting"
        kpi goal change grow-revenue --owner coo --status worst-of
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The goal.", completion: .goal) var id: String
  @Option(help: "Another name.") var name: String?
  @OptionGroup var options: GoalOptions
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    guard name != nil || options.weight != nil || options.owner != nil || options.status != nil else {
      throw ValidationError("Say what to change: --name, --weight, --owner or --status. Another place: kpi goal move")
    }
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let fields = options.fields(name: name, parent: nil)
    let files = try Failure.ofEntry { () throws(EntryFault) in
      var goals = try GoalsEditor(desk.view)
      try goals.change(id, fields)
      return goals.files
    }
    try desk.save(files, message: message ?? "Change the goal \(id)", said: ["\(id) is changed."])
  }
}
