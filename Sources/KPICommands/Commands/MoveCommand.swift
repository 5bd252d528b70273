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
    let others = plan.places.keys.filter { LedgerPath($0).kpi == nil }.sorted()
    if !others.isEmpty { Console.print("  with it: \(FileNames.text(others))") }
    if !plan.mentions.isEmpty { Console.print("Changed along: \(FileNames.text(plan.mentions.sorted()))") }
    Self.print("No longer counted in", plan.left, "add up KPIs of the old name")
    Self.print("Counted from now on in", plan.joined, "add up KPIs of the new name")
    guard try consent.isGiven("Move it? [y/N]") else { return }
    try desk.save(plan.changes, message: message ?? "Move \(from) to \(to)")
    Console.print("Saved here; 'kpi sync' sends it.")
  }

  private static func print(_ what: String, _ ids: Set<KPIID>, _ why: String) {
    guard !ids.isEmpty else { return }
    Console.print("\(what): \(ids.sorted().map(\.description).joined(separator: ", ")), as these \(why)")
  }

  private func plan(in source: FolderSource) throws(EntryFault) -> Rearrangement {
    if let old = KPIID(from), let new = KPIID(to) {
      guard source.names(in: "departments").contains(new.department + "/") else {
        throw .missing(department: new.department, in: source)
      }
      return try .moving(old, to: new, in: source)
    }
    if Slug.isValid(from), Slug.isValid(to) { return try .moving(department: from, to: to, in: source) }
    let meant = [from, to].map { text in
      text.split(separator: "/").compactMap(Slug.suggested).joined(separator: "/")
    }
    let isPlain = meant.allSatisfy { KPIID($0) != nil } || meant.allSatisfy(Slug.isValid)
    throw EntryFault(
      "'\(from)' and '\(to)' are not two KPIs' ids, nor two departments'.",
      hint: isPlain
        ? "Did you mean: kpi move \(meant.joined(separator: " "))"
        : "Write: kpi move sales/win-rate emea/win-rate, or kpi move sales emea-sales")
  }
}
