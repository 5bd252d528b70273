import ArgumentParser
import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// `kpi goal list`
struct GoalListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The goals as a tree, with weights, owners and KPIs.",
    discussion: """
      The number of KPIs is without retired ones; it does not count those of the goals below.

      Examples:
        kpi goal
        kpi goal list --format json
      """)

  @OptionGroup var ledger: LedgerOption
  @OptionGroup var form: FormatOption

  private struct Entry {
    let goal: Goal
    let depth: Int
    let kpis: Int
    let owner: String
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let goals = try Failure.ofEntry { () throws(EntryFault) in try GoalsEditor(desk.view) }.goals
    let people = desk.view.people.value ?? People()
    var kpis: [String: Int] = [:]
    for id in desk.view.kpis {
      guard let definition = desk.view.definition(id).value, definition.status != .retired else { continue }
      if let goal = definition.goal { kpis[goal, default: 0] += 1 }
    }
    let entries = ParentTree.walk(goals.mapValues(\.parent)).compactMap { id, depth in
      goals[id].map { goal in
        Entry(
          goal: goal, depth: depth, kpis: kpis[id] ?? 0,
          owner: goal.owner.map { people.text(ofRole: $0, on: desk.day) } ?? "")
      }
    }
    if entries.isEmpty, form.format == .table {
      Console.print("There is no goal yet. Add one: kpi goal add grow-revenue --name \"Grow revenue\"")
      return
    }
    Console.print(Self.listing.text(entries, as: form.format), terminator: "")
  }

  private static var listing: Listing<Entry> {
    Listing(
      fields: [
        .init("id") { $0.goal.id }, .init("name") { $0.goal.name }, .init("parent") { $0.goal.parent },
        .init("weight", text: { $0.goal.weight.description }, json: { $1.number($0.goal.weight) }),
        .init("owner") { $0.goal.owner }, .init("status") { $0.goal.status.rawValue },
        .init("kpis", text: { "\($0.kpis)" }, json: { $1.number($0.kpis) }),
      ],
      columns: [
        .init("Goal") { ParentTree.indent($0.depth) + $0.goal.id }, .init("Name", wraps: true) { $0.goal.name },
        .init("Weight", isRight: true) { $0.goal.weight.description }, .init("Owner", wraps: true) { $0.owner },
        .init("Status") { $0.goal.status == .weighted ? "" : $0.goal.status.rawValue },
        .init("KPIs", isRight: true) { "\($0.kpis)" },
      ])
  }
}

/// Things that lie below each other, in the order in which a tree shows them.
enum ParentTree {
  /// Each with its depth: what has no parent, or one that is not there, first, and below it what it has. What lies in a
  /// circle comes last.
  static func walk(_ parents: [String: String?]) -> [(id: String, depth: Int)] {
    let below = Dictionary(grouping: parents.keys) { parents[$0].flatMap { $0 } ?? "" }
    var (found, met): ([(id: String, depth: Int)], Set<String>) = ([], [])
    func visit(_ id: String, _ depth: Int) {
      guard met.insert(id).inserted else { return }
      found.append((id, depth))
      for child in (below[id] ?? []).sorted() { visit(child, depth + 1) }
    }
    let isTop = { (id: String) in (parents[id].flatMap { $0 }).map { parents[$0] == nil } ?? true }
    for id in parents.keys.filter(isTop).sorted() { visit(id, 0) }
    for id in parents.keys.sorted() { visit(id, 0) }
    return found
  }

  /// The blanks before a name, of a kind that a table keeps.
  static func indent(_ depth: Int) -> String {
    depth == 0 ? "" : String(repeating: "\u{A0}", count: 2 * min(depth, 20))
  }
}
