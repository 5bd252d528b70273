import ArgumentParser
import Calculation
import LedgerFiles
import LedgerModel

/// `kpi department hand-over`
struct DepartmentHandOverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: "Give the role that heads a department to somebody, now or from a day on.",
    discussion: """
      The same as 'kpi people hand-over' of that role: whatever else the role stands for goes along.

      Examples:
        kpi department hand-over supply --to ben-ortiz
        kpi department hand-over supply --to ben-ortiz --from 2026-12-01
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The department.", completion: .department) var id: String
  @Option(help: ArgumentHelp("Who gets it.", valueName: "person"), completion: .person) var to: String
  @Option(help: ArgumentHelp("The first day on which they head it, as 2026-12-01.", valueName: "day")) var from: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    let department = try KPIName.department(id, in: desk.view)
    guard let role = desk.view.department(department).value?.head else {
      throw Failure(
        "\(id) has no role that heads it.", hint: "Name one: kpi department change \(id) --head head-of-\(id)")
    }
    let plan = HandOver(role: role, to: to, from: try from.map(LedgerDay.read))
    let said = try Failure.ofEntry { () throws(EntryFault) in try plan.apply(to: &people, on: desk.day) }
    let others = desk.view.readableDepartments.filter { $0.head == role && $0.id != id }.map(\.id)
    let along = others.isEmpty ? [] : ["\(role) heads \(others.joined(separator: ", ")) as well."]
    try desk.save([PeopleEditor.path: people.bytes], message: message ?? plan.summary, said: said + along)
  }
}
