import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi goal move`
struct GoalMoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Put a goal, with all below it, under another one.",
    discussion: """
      Examples:
        kpi goal move grow-revenue --under prosper
        kpi goal move grow-revenue --top
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The goal.", completion: .goal) var id: String
  @Option(help: ArgumentHelp("The goal above it.", valueName: "goal"), completion: .goal) var under: String?
  @Flag(help: "It stands at the top, with none above it.") var top = false
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    guard (under != nil) != top else { throw ValidationError("Say where it goes: --under GOAL, or --top") }
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var fields = GoalsEditor.Fields()
    fields.parent = under ?? ""
    let files = try Failure.ofEntry { () throws(EntryFault) in
      var goals = try GoalsEditor(desk.view)
      try goals.change(id, fields)
      return goals.files
    }
    let place = under.map { "under \($0)" } ?? "to the top"
    try desk.save(files, message: message ?? "Move the goal \(id) \(place)", said: ["\(id) is moved \(place)."])
  }
}
