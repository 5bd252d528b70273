import Calculation
import Foundation
import LedgerFiles
import LedgerModel

/// The demo's scenes, in their order.
struct DemoPlay {
  let stage: DemoStage
  let plan: DemoPlan
  let ledger: String

  /// Who plays: two of the first department, one each of the next two. Dora is offline throughout.
  private static let people = [
    ("anna", "Anna"), ("ben", "Ben"), ("carl", "Carl"), ("dora", "Dora"),
  ]

  func run() async throws {
    try setUp()
    try recordOffline()
    try disagree()
    try lastSync()
    try lookBack()
  }

  private var kpi: String { plan.contested.kpi.description }
  private var department: String { plan.contested.kpi.department }

  private func setUp() throws {
    stage.say("A hub, made from \(ledger), and four people with a copy each.")
    Console.print("Anna heads \(department) and Ben is her deputy; Carl and Dora head other departments.")
    let cast = "ledger"
    try stage.copyLedger(from: ledger, to: cast, changing: ["people.yaml": casting])
    try stage.kpi(
      ["hub", "init", "hub.git", "--from", cast, "--admin", "Office", "office@example.org"], in: ".", expecting: [0])
    for (place, name) in Self.people {
      try stage.kpi(
        ["clone", "hub.git", place, "--name", name, "--email", "\(place)@example.org"], in: ".", expecting: [0])
    }
  }

  /// Gives the four their parts in `people.yaml`.
  private func casting(_ people: [UInt8]) -> [UInt8] {
    var editor = YAMLEditor(YAMLDocument(parsing: people))
    for (id, name) in Self.people {
      editor.set(
        ["people", id],
        to: .map([("name", .string(name)), ("emails", .list([.string("\(id)@example.org")]))]))
    }
    for (holder, entry) in zip(["anna", "carl", "dora"], plan.entries) {
      editor.set(["roles", entry.head, "holder"], to: .string(holder))
    }
    editor.set(["roles", plan.contested.head, "deputy"], to: .string("ben"))
    return editor.bytes
  }

  private func recordOffline() throws {
    stage.say("Three agencies record their next month. Nobody needs a network for that.")
    for (place, entry) in zip(["anna", "carl", "dora"], plan.entries) {
      try record(entry, factor: "1.01", in: place)
    }
    stage.say("Anna and Carl sync. Dora is on a train and stays offline.")
    try stage.kpi(["sync"], in: "anna")
    try stage.kpi(["sync"], in: "carl")
    try stage.kpi(["status"], in: "dora")
  }

  private func disagree() throws {
    stage.say("Anna and Ben change different fields of one definition: both go through.")
    try stage.kpi(
      ["define", kpi, "--decision", "Move two crews to where the plan is missed", "-m", "Agreed on Monday"], in: "anna")
    try stage.kpi(["define", kpi, "--priority", "\(plan.priority + 1)", "-m", "Less urgent than it was"], in: "ben")
    try stage.kpi(["sync"], in: "anna")
    try stage.kpi(["sync"], in: "ben")
    stage.say("Then the same target, differently: the first to sync stands, the other is held.")
    try stage.kpi(["sync"], in: "anna")
    try target(factor: "1.1", why: "Ridership grows", in: "anna")
    try target(factor: "0.9", why: "Two stations close", in: "ben")
    try stage.kpi(["sync"], in: "ben")
    try stage.kpi(["sync"], in: "anna")
    stage.say("Then the same figure of the same month.")
    try stage.kpi(["sync"], in: "ben")
    try record(plan.contested, factor: "1.02", in: "anna")
    try record(plan.contested, factor: "1.03", in: "ben")
    try stage.kpi(["sync"], in: "anna")
    try stage.kpi(["sync"], in: "ben")
  }

  private func lastSync() throws {
    stage.say("Dora is back and syncs last. Her figures join everybody's.")
    try stage.kpi(["sync"], in: "dora")
  }

  private func lookBack() throws {
    stage.say("What is held, and how it is settled:")
    try stage.kpi(["sync"], in: "anna")
    try stage.kpi(["proposals"], in: "anna")
    stage.say("The department's scorecard, the same from every copy (without --department: the company's):")
    try stage.kpi(["scorecard", "--department", department], in: "dora")
    stage.say("Who changed the definition, when and why:")
    try stage.kpi(["audit", kpi], in: "dora")
    stage.say("The copies are in \(stage.folder). Go on with them:")
    Console.print("    cd \(stage.folder)/anna && kpi proposals")
    Console.print("    kpi settle PROPOSAL --accept -m 'Why'   (or --reject)")
    Console.print("    kpi sync")
  }

  private func record(_ entry: DemoPlan.Entry, factor: String, in place: String) throws {
    let value = ((Quantity(factor) ?? 1) * entry.last).rounded(toPlaces: 0)
    try stage.kpi(
      ["record", entry.kpi.description, entry.period.description, "value=\(value)"], in: place, expecting: [0])
  }

  private func target(factor: String, why: String, in place: String) throws {
    let value = ((Quantity(factor) ?? 1) * plan.target.value).rounded(toPlaces: 0)
    try stage.kpi(["define", kpi, "--target", "\(plan.target.period)=\(value)", "-m", why], in: place, expecting: [0])
  }
}
