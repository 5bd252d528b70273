import ArgumentParser
import Consolidation
import LedgerFiles
import LedgerModel

/// `kpi department list`
struct DepartmentListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The departments as a tree, with heads, members and KPIs.",
    discussion: """
      Examples:
        kpi department
        kpi department list --format csv
      """)

  @OptionGroup var ledger: LedgerOption
  @OptionGroup var form: FormatOption

  private struct Entry {
    let department: Department
    let depth: Int
    let kpis: Int
    let head: String
    let holder: String?
    let members: [String]
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let people = desk.view.people.value ?? People()
    var departments: [String: Department] = [:]
    for id in desk.view.departments {
      departments[id] = desk.view.department(id).value ?? Department(id: id, name: id)
    }
    let kpis = Dictionary(grouping: desk.view.kpis, by: \.department).mapValues(\.count)
    let entries = ParentTree.walk(departments.mapValues(\.parent)).compactMap { id, depth in
      departments[id].map { department in
        Entry(
          department: department, depth: depth, kpis: kpis[id] ?? 0,
          head: department.head.map { people.text(ofRole: $0, on: desk.day) }
            ?? "nobody: \(people.text(ofRole: Role.administrator, on: desk.day)) stands in",
          holder: department.head.flatMap { people.roles[$0]?.holder(on: desk.day) },
          members: department.members.map { people.name(of: $0) })
      }
    }
    if entries.isEmpty, form.format == .table {
      Console.print("There is no department yet. Add one: kpi department add sales --name Sales --holder PERSON")
      return
    }
    Console.print(Self.listing.text(entries, as: form.format), terminator: "")
  }

  private static var listing: Listing<Entry> {
    Listing(
      fields: [
        .init("id") { $0.department.id }, .init("name") { $0.department.name },
        .init("parent") { $0.department.parent }, .init("head") { $0.department.head }, .init("holder") { $0.holder },
        .init(
          "members", text: { $0.department.members.joined(separator: "; ") },
          json: { entry, json in
            json.array(inline: true) { json in for id in entry.department.members { json.string(id) } }
          }),
        .init("kpis", text: { "\($0.kpis)" }, json: { $1.number($0.kpis) }),
      ],
      columns: [
        .init("Department") { ParentTree.indent($0.depth) + $0.department.id },
        .init("Name", wraps: true) { $0.department.name }, .init("Head", wraps: true) { $0.head },
        .init("Members", wraps: true) { $0.members.joined(separator: ", ") },
        .init("KPIs", isRight: true) { "\($0.kpis)" },
      ])
  }
}
