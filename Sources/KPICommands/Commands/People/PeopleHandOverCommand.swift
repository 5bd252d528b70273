import ArgumentParser
import Calculation
import LedgerFiles
import LedgerModel

/// `kpi people hand-over`
struct PeopleHandOverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: "Give a role to somebody, now or from a day on.",
    discussion: """
      The KPIs that name the role stay as they are: whoever holds it answers for them. With a day the present holder \
      goes on until the day before. Handing over to whoever holds it takes a planned hand-over back. An empty text \
      leaves a role to nobody (--to "").

      Examples:
        kpi people hand-over head-of-sales --to ben-ortiz
        kpi people hand-over head-of-sales --to ben-ortiz --from 2026-12-01 -m "Ana moves to EMEA"
        kpi people hand-over head-of-sales --deputy --to zoe
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The role, as head-of-sales.", completion: .role) var role: String
  @Option(help: ArgumentHelp("Who gets it.", valueName: "person"), completion: .person) var to: String
  @Option(help: ArgumentHelp("The first day on which they hold it, as 2026-12-01.", valueName: "day")) var from: String?
  @Flag(help: "They stand in for the holder.") var deputy = false
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    if deputy, from != nil { throw ValidationError("A deputy stands in from now on: leave out --from.") }
    if to.isEmpty, from != nil { throw ValidationError("A role is left to nobody from now on: leave out --from.") }
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    var people = try desk.people()
    let plan = HandOver(role: role, to: to, from: try from.map(LedgerDay.read), isDeputy: deputy)
    let said = try Failure.ofEntry { () throws(EntryFault) in try plan.apply(to: &people, on: desk.day) }
    try desk.save([PeopleEditor.path: people.bytes], message: message ?? plan.summary, said: said)
  }
}

/// A role that goes to somebody.
struct HandOver {
  let role: String
  /// The person's id; empty: nobody.
  let to: String
  var from: Day?
  var isDeputy = false

  var summary: String {
    let what = isDeputy ? "deputy of \(role)" : role
    return to.isEmpty ? "Leave \(what) to nobody" : "Hand \(what) over to \(to)" + (from.map { " from \($0)" } ?? "")
  }

  /// - Returns: what has come of it, in words.
  func apply(to people: inout PeopleEditor, on today: Day) throws(EntryFault) -> [String] {
    let before = try people.role(role)
    let heir = to.isEmpty ? nil : try people.person(to)
    if isDeputy {
      try people.setDeputy(of: role, to: heir?.id, today: today)
      return [heir.map { "\($0.name) stands in for \(role)." } ?? "Nobody stands in for \(role) any more."]
    }
    guard let heir else {
      try people.vacate(role, today: today)
      return ["\(role) is held by nobody now."]
    }
    try people.handOver(role, to: heir.id, from: from, today: today)
    return said(heir, before, people.people, today)
  }

  private func said(_ heir: Person, _ before: Role, _ people: People, _ today: Day) -> [String] {
    var said: [String] = []
    let dropped = before.next.flatMap { next in
      next.from > today && people.roles[role]?.next != next ? next : nil
    }
    if let next = people.roles[role]?.next, next.holder == heir.id {
      let holder = people.roles[role]?.holder.map { people.name(of: $0) }
      said.append(
        "\(heir.name) takes over \(role) on \(next.from)"
          + (holder.map { "; until the day before \($0) holds it." } ?? "; until then nobody holds it."))
    } else {
      said.append(
        before.holder(on: today) == heir.id ? "\(heir.name) keeps \(role)." : "\(heir.name) holds \(role) now.")
    }
    if let dropped, dropped.holder != heir.id || people.roles[role]?.next == nil {
      said.append(
        "\(people.name(of: dropped.holder)) does not take it over on \(dropped.from), as was planned before.")
    }
    if let deputy = before.deputy, people.roles[role]?.deputy == nil {
      said.append("\(role) has no deputy any more: that was \(people.name(of: deputy)).")
    }
    return said
  }
}
