import ArgumentParser
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi remove`
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a KPI with its actuals, or a whole department, out of the ledger.",
    discussion: """
      History keeps all of it, and 'kpi undo' brings it back. A KPI that is no longer steered by is better retired: \
      its past stays on the scorecard (kpi define ID --status retired).

      Examples:
        kpi remove sales/phone-calls -m "Nobody looks at it"
        kpi remove test-department --yes
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The KPI's id, or the department's.", completion: .kpiOrDepartment) var id: String
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let source = FolderSource(desk.clone.folder)
    let plan = try Failure.ofEntry { () throws(EntryFault) in
      if let kpi = KPIID(id) { return try Rearrangement.removing(kpi, in: source) }
      return try Rearrangement.removing(department: id, in: source)
    }
    guard plan.mentions.isEmpty else {
      throw Failure(
        "\(id) is named by others: \(FileNames.text(plan.mentions.sorted())).",
        hint: "Take it out there first, or retire it: kpi define \(id) --status retired", status: .findings)
    }
    Console.print("Removed would be: \(FileNames.text(plan.changes.keys.sorted(), limit: 20))")
    guard try consent.isGiven("Remove it? [y/N]") else { return }
    try desk.save(plan.changes, message: message ?? "Remove \(id)")
    Console.print("Removed here; 'kpi sync' sends it, 'kpi undo' brings it back.")
  }
}
