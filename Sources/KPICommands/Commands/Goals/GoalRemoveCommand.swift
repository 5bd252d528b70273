import ArgumentParser
import LedgerFiles
import LedgerModel

/// `kpi goal remove`
struct GoalRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a goal out.",
    discussion: """
      KPIs that serve it, and goals below it, go to another goal with --move-to; without it, a goal that still has any \
      stays.

      Examples:
        kpi goal remove old-goal
        kpi goal remove old-goal --move-to grow-revenue -m "Merged in the strategy of 2027"
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The goal.", completion: .goal) var id: String
  @Option(help: ArgumentHelp("The goal that gets its KPIs.", valueName: "goal"), completion: .goal) var moveTo: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let (files, kpis) = try Failure.ofEntry { () throws(EntryFault) in
      var goals = try GoalsEditor(desk.view)
      let kpis = goals.kpis(of: id)
      try goals.remove(id, heir: moveTo)
      return (goals.files, kpis)
    }
    Console.print("Removed would be: the goal \(id)")
    if let moveTo, !kpis.isEmpty {
      let names = kpis.prefix(20).map(\.description).joined(separator: ", ")
      Console.print("To \(moveTo) would go: \(names)" + (kpis.count > 20 ? " and \(kpis.count - 20) more" : ""))
    }
    guard try consent.isGiven("Remove it? [y/N]") else { return }
    try desk.save(files, message: message ?? "Remove the goal \(id)", said: ["\(id) is removed."])
  }
}
