import Foundation
import Testing

/// Anna heads sales, Ben is her deputy, Dora is a member, the office is controller.
@Suite("Deciding about what is held")
struct SettleTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private static let actuals = "departments/sales/actuals/win-rate.csv"

  /// A ledger in which Dora, who may not, has changed targets, and everybody knows of it.
  private func proposed(_ targets: String...) throws -> Workplace {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    for target in targets {
      try work.kpi("define", "sales/win-rate", "--target", target, "-m", "Dora's \(target)", in: "dora")
    }
    try work.sync("dora", "anna")
    return work
  }

  @Test("All that is held of a KPI is accepted in one commit, with its reason in the history")
  func wholeKPI() throws {
    let work = try proposed("2026=1", "2021=2")
    let before = try work.git("rev-list", "--count", "HEAD", in: "anna")
    let said = try work.kpi("settle", "sales/win-rate", "--accept", "-m", "Agreed on Monday", in: "anna").output
    #expect(said.contains("targets.2026 is now 1 instead of 25000"), "\(said)")
    #expect(said.contains("targets.2021 is now 2 instead of 12000"), "\(said)")
    let after = try work.git("rev-list", "--count", "HEAD", in: "anna")
    #expect(Int(after.dropLast()) == Int(before.dropLast()).map { $0 + 1 })
    try work.sync("anna", "dora")
    let text = try work.read("dora/" + Self.rate)
    #expect(text.contains("2026: 1") && text.contains("2021: 2") && text.contains("2020: 24000"), "\(text)")
    #expect(try work.held(in: "dora").isEmpty)
    let audit = try work.kpi("audit", "sales/win-rate", "--format", "json", in: "dora").output
    #expect(audit.contains("Agreed on Monday"), "\(audit)")
  }

  @Test("A new KPI by somebody who may not define it comes into being when all that is held of it is accepted")
  func newKPI() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "office", "eve"])
    try work.kpi(
      "define", "sales/deals", "--name", "Deals", "--unit", "count", "--target", "2026=5", in: "eve")
    let sync = try work.kpi("sync", in: "eve").output
    #expect(!sync.contains("From others") && sync.contains("held, until somebody settles them"), "\(sync)")
    try work.sync("anna")
    let part = try work.kpi("settle", work.heldID("targets.2026", in: "anna"), "--accept", in: "anna", expecting: [1])
    #expect(part.errors.contains("There is no KPI sales/deals now"), "\(part.errors)")
    #expect(part.errors.contains("kpi settle sales/deals --accept"), "\(part.errors)")
    try work.kpi("settle", "sales/deals", "--accept", "-m", "Good idea", in: "anna")
    try work.sync("anna", "eve")
    let text = try work.read("eve/departments/sales/kpis/deals.yaml")
    #expect(text.contains("name: Deals") && text.contains("2026: 5") && text.contains("unit: count"), "\(text)")
    #expect(try work.held(in: "eve").isEmpty)
  }

  @Test("A new KPI whose id is nearly another's is pointed out")
  func nearlyTheSame() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let said = try work.kpi("define", "sales/win-rates", "--target", "2026=5", in: "anna").errors
    #expect(said.contains("Did you mean sales/win-rate? Then take this back: kpi undo"), "\(said)")
  }

  @Test("A held removal and a held member are told in words, with what stands")
  func removalInWords() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora"])
    try work.kpi("remove", "sales/win-rate", "--yes", in: "dora")
    try work.write(
      "name: Sales\nhead: head-of-sales\nmembers: [dora, ben]\n", to: "dora/departments/sales/department.yaml")
    let said = try work.kpi("sync", in: "dora").output
    #expect(said.contains("file: Dora removed it, in force is the file (needs"), "\(said)")
    #expect(said.contains("members has ben: Dora wants in it, in force is not in it (needs"), "\(said)")
    let listed = try work.kpi("proposals", in: "dora").output
    #expect(listed.contains("no file") && listed.contains("the file"), "\(listed)")
  }

  @Test("Another value settles what two people wanted, and the rest of what is held stays held")
  func anotherValue() throws {
    let work = try proposed("2026=1", "2021=2")
    let id = try work.heldID("targets.2026", in: "anna")
    let wrong = try work.kpi("settle", id, "--value", "plenty", in: "anna", expecting: [1])
    #expect(wrong.errors.contains("Not saved") && wrong.errors.contains("targets"), "\(wrong.errors)")
    let unreadable = try work.kpi("settle", id, "--value", "", in: "anna", expecting: [64])
    #expect(unreadable.errors.contains("--value needs a value"))
    try work.kpi("settle", id, "--value", "26", "-m", "Between the two", in: "anna")
    try work.sync("anna", "dora")
    #expect(
      try work.read("dora/" + Self.rate).contains("2026: 26\n") || work.read("dora/" + Self.rate).contains("2026: 26}"))
    #expect(try work.held(in: "dora").compactMap { $0["key"] as? String } == ["targets.2021"])
  }

  @Test("Nobody settles their own proposal; they are told who does, and can take it back")
  func fourEyes() throws {
    let work = try proposed("2026=1")
    let id = try work.heldID("targets.2026", in: "dora")
    let own = try work.kpi("settle", id, "--accept", in: "dora", expecting: [1]).errors
    #expect(own.contains("your own proposal") && own.contains("head-of-sales (Anna, Ben)"), "\(own)")
    let foreign = try work.kpi("settle", id, "--withdraw", in: "anna", expecting: [1]).errors
    #expect(foreign.contains("Only who proposed it can withdraw") && foreign.contains("Dora"), "\(foreign)")
    let back = try work.kpi("settle", id, "--withdraw", "-m", "I was wrong", in: "dora").output
    #expect(back.contains("targets.2026 stays 25000; you have withdrawn 1."), "\(back)")
    try work.sync("dora", "anna")
    #expect(try work.held(in: "anna").isEmpty)
    #expect(try work.read("anna/" + Self.rate).contains("2026: 25000"))
  }

  @Test("A KPI's name settles what is theirs to settle; what is not is left, and named with who could")
  func partlyTheirs() throws {
    let work = try proposed("2026=1")
    try work.kpi("define", "sales/win-rate", "--weight", "3", "-m", "It counts more", in: "dora")
    try work.sync("dora", "anna")
    let weight = try work.heldID("weight", in: "anna")
    let refused = try work.kpi("settle", weight, "--accept", in: "anna", expecting: [1]).errors
    #expect(refused.contains("not yours to settle") && refused.contains("controller (Office)"), "\(refused)")
    let said = try work.kpi("settle", "sales/win-rate", "--reject", "-m", "No", in: "anna").output
    #expect(said.contains("Still held: \(weight), weight") && said.contains("controller (Office)"), "\(said)")
    try work.sync("anna", "dora")
    #expect(try work.held(in: "dora").compactMap { $0["key"] as? String } == ["weight"])
  }

  @Test("Two proposals of one key that want different values are not accepted together")
  func rivals() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben", "dora"])
    for (person, value) in [("anna", "26000"), ("ben", "24000"), ("dora", "1")] {
      try work.kpi("define", "sales/win-rate", "--target", "2026=\(value)", "-m", "\(person)'s", in: person)
    }
    try work.sync("anna", "ben", "dora", "anna")
    let refused = try work.kpi("settle", "sales/win-rate", "--accept", in: "anna", expecting: [64]).errors
    #expect(refused.contains("Both cannot be accepted") && refused.contains("24000") && refused.contains("1 ("))
    try work.kpi("settle", "sales/win-rate", "--value", "25500", "-m", "Between them all", in: "anna")
    try work.sync("anna", "ben", "dora")
    #expect(try work.read("dora/" + Self.rate).contains("2026: 25500"))
    #expect(try work.held(in: "dora").isEmpty)
  }

  @Test("Held rows of the actuals and their notes are settled like fields")
  func rows() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    try work.kpi("record", "sales/win-rate", "2019-12", "value=8", "--note", "counted", in: "anna")
    try work.kpi("record", "sales/win-rate", "2019-12", "value=9", "--note", "estimated", in: "ben")
    try work.sync("anna", "ben", "anna")
    #expect(Set(try work.held(in: "anna").compactMap { $0["key"] as? String }) == ["row 2019-12", "note 2019-12"])
    try work.kpi("settle", try work.heldID("row 2019-12", in: "anna"), "--accept", "-m", "Ben is right", in: "anna")
    try work.kpi("settle", try work.heldID("note 2019-12", in: "anna"), "--reject", in: "anna")
    try work.sync("anna", "ben")
    #expect(try work.read("ben/" + Self.actuals).contains("2019-12,9,,counted"))
    #expect(try work.held(in: "ben").isEmpty)
  }

  @Test("A list of more than 50 held changes is one proposal, which is settled as a whole")
  func list() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    for (person, value) in [("anna", 1), ("ben", 2)] {
      let rows = (1960..<2015).map { "\($0)-01,\(value)00,,\n" }.joined()
      try work.write("period,value,status,note\n\(rows)2019-12,7,,\n", to: "\(person)/" + Self.actuals)
    }
    try work.sync("anna", "ben", "anna")
    let held = try work.held(in: "anna")
    #expect(held.count == 55 && Set(held.compactMap { $0["id"] as? String }).count == 1)
    let id = try #require(held.first?["id"] as? String)
    try work.kpi("settle", id, "--accept", "-m", "Ben counted again", in: "anna")
    try work.sync("anna", "ben")
    let text = try work.read("ben/" + Self.actuals)
    #expect(text.contains("1960-01,200,,") && text.contains("2014-01,200,,") && !text.contains(",100,"))
    #expect(try work.held(in: "ben").isEmpty)
  }

  @Test("A part of a definition that was removed meanwhile is not put in force by itself")
  func removed() throws {
    let work = try proposed("2026=1")
    try work.kpi("remove", "sales/win-rate", "--yes", "-m", "Nobody looks at it", in: "anna")
    let id = try work.heldID("targets.2026", in: "anna")
    let refused = try work.kpi("settle", id, "--accept", in: "anna", expecting: [1]).errors
    #expect(refused.contains("There is no KPI sales/win-rate now"), "\(refused)")
    #expect(!work.exists("anna/" + Self.rate))
    try work.kpi("settle", id, "--reject", "-m", "It is gone", in: "anna")
    try work.sync("anna", "dora")
    #expect(try work.held(in: "dora").isEmpty)
    #expect(!work.exists("dora/" + Self.rate))
  }

  @Test("What names nothing that is held is said so; a decision is one of four")
  func badNames() throws {
    let work = try proposed("2026=1", "2021=2")
    #expect(
      try work.kpi("settle", "zzzz", "--accept", in: "anna", expecting: [64]).errors.contains("Nothing that is held"))
    #expect(
      try work.kpi("settle", "sales/none", "--accept", in: "anna", expecting: [64]).errors.contains(
        "Nothing of sales/none is held"))
    #expect(try work.kpi("settle", "", "--accept", in: "anna", expecting: [64]).errors.contains("several ids"))
    try work.kpi("settle", "sales/win-rate", "--accept", "--reject", in: "anna", expecting: [64])
    let both = try work.kpi("settle", "sales/win-rate", "--value", "5", in: "anna", expecting: [64]).errors
    #expect(both.contains("several keys"), "\(both)")
  }
}
