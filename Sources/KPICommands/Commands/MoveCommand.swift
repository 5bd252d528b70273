import ArgumentParser
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// `kpi move`
struct MoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Give a KPI, or a whole department, another id.",
    discussion: """
      The definition remembers what it was, the actuals go along, and every file that names the KPI is changed with it. \
      What others enter under the old id meanwhile arrives under the new one. A KPI that goes to another department \
      needs both heads' authority.

      Examples:
        kpi move sales/win-rate sales/hit-rate
        kpi move sales/win-rate emea/win-rate -m "EMEA sells by itself from April"
        kpi move sales emea-sales --dry-run
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The KPI's id, or the department's.", completion: .kpiOrDepartment) var from: String
  @Argument(help: "The new id.") var to: String
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let source = FolderSource(desk.clone.folder)
    let plan = try Failure.ofEntry { () throws(EntryFault) in try self.plan(in: source) }
    Console.print("\(from) becomes \(to):")
    for move in plan.moved.prefix(20) { Console.print("  \(move.from) -> \(move.to)") }
    if plan.moved.count > 20 { Console.print("  and \(plan.moved.count - 20) more") }
    if !plan.mentions.isEmpty { Console.print("Changed along: \(FileNames.text(plan.mentions.sorted()))") }
    guard try consent.isGiven("Move it? [y/N]") else { return }
    try desk.save(plan.changes, message: message ?? "Move \(from) to \(to)")
    Console.print("Saved here; 'kpi sync' sends it.")
  }

  private func plan(in source: FolderSource) throws(EntryFault) -> Rearrangement {
    if let old = KPIID(from), let new = KPIID(to) { return try .moving(old, to: new, in: source) }
    if Slug.isValid(from), Slug.isValid(to) { return try .moving(department: from, to: to, in: source) }
    throw EntryFault(
      "'\(from)' and '\(to)' are not two KPIs' ids, nor two departments'.",
      hint: "Write: kpi move sales/win-rate emea/win-rate, or kpi move sales emea-sales")
  }
}
