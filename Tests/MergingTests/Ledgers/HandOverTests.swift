import LedgerFiles
import LedgerModel
import Policy
import Testing

@testable import Merging

/// Roles that are handed over on two sides, and what never happens: that nobody administrates any more.
@Suite("Handing over roles at the same time") struct HandOverTests {
  /// adam administrates, bea is his deputy; gil's address ends in no year.
  private static let people = """
    people:
      ana: {name: Ana, emails: [ana@example.com]}
      otto: {name: Otto, emails: [otto@example.com]}
      ben: {name: Ben, emails: [ben@example.com]}
      eva: {name: Eva, emails: [eva@example.com]}
      gil: {name: Gil, emails: [gil@example.com]}
      cleo: {name: Cleo, emails: [cleo@example.com]}
      adam: {name: Adam, emails: [adam@example.com]}
      bea: {name: Bea, emails: [bea@example.com]}
    roles:
      head-of-sales: {holder: ana}
      head-of-emea: {holder: gil}
      closer: {holder: otto}
      sales-operations: {holder: ben}
      controller: {holder: cleo}
      administrator: {holder: adam, deputy: bea}

    """
  private let books = Books(["people.yaml": Self.people])
  private let administrator = "administrator: {holder: adam, deputy: bea}"

  private func edit(_ person: String, _ old: String, _ new: String) throws {
    try books.edit(person, "people.yaml", old, new)
  }

  /// Who of some people may change people and settings at the hub.
  private func administrators() throws -> [String] {
    let authority = try LedgerAuthority.at(books.hub, in: books.history)
    let subject = Subject(file: "people.yaml", key: "roles.administrator.holder")
    return ["adam", "bea", "cleo", "eva", "gil", "mallory"].filter {
      authority.mayChange(subject, author: Books.author($0))
    }
  }

  private func isRight() throws -> Bool {
    let files = try books.history.files(of: books.hub)
    return LedgerCheck.findings(in: LedgerView(FilesInMemory(files))).allSatisfy { $0.severity == .warning }
  }

  @Test("Two hand-overs of one role to two people: one is planned, whole, and the other is held, whole")
  func concurrent() throws {
    books.fetch("adam", "bea")
    try edit(
      "adam", "head-of-sales: {holder: ana}", "head-of-sales: {holder: ana, next: {holder: ben, from: 2026-12-01}}")
    try edit(
      "bea", "head-of-sales: {holder: ana}", "head-of-sales: {holder: ana, next: {holder: eva, from: 2027-01-01}}")
    try books.sync("adam", "bea")
    #expect(try books.file("people.yaml")?.contains("next: {holder: ben, from: 2026-12-01}") == true)
    #expect(books.held == ["roles.head-of-sales.next of Bea: changed-on-both-sides"])
  }

  @Test("A role that is given away at once on one side, and planned on the other: both hold")
  func atOnceAndPlanned() throws {
    books.fetch("adam", "bea")
    try edit("adam", "head-of-sales: {holder: ana}", "head-of-sales: {holder: otto}")
    try edit(
      "bea", "head-of-sales: {holder: ana}", "head-of-sales: {holder: ana, next: {holder: eva, from: 2027-01-01}}")
    try books.sync("adam", "bea")
    let text = try books.file("people.yaml") ?? ""
    #expect(text.contains("head-of-sales: {holder: otto, next: {holder: eva, from: 2027-01-01}}"))
    #expect(books.held.isEmpty)
  }

  @Test("Two administrators who remove each other: the first to sync is heard, and remains")
  func removingEachOther() throws {
    books.fetch("adam", "bea")
    try edit("adam", administrator, "administrator: {holder: adam}")
    try edit("bea", administrator, "administrator: {holder: bea}")
    try books.sync("adam", "bea")
    #expect(try administrators() == ["adam"])
    #expect(books.held == ["roles.administrator.holder of Bea: no-authority"])
    let other = Books(["people.yaml": Self.people]).fetch("adam", "bea")
    try other.edit("adam", "people.yaml", administrator, "administrator: {holder: adam}")
    try other.edit("bea", "people.yaml", administrator, "administrator: {holder: bea}").sync("bea", "adam")
    #expect(try other.file("people.yaml")?.contains("administrator: {holder: bea}") == true)
  }

  @Test(
    "The role goes to somebody whose address another administrator ends meanwhile: the hand-over is held",
    arguments: [
      "administrator: {holder: eva}",
      "administrator: {holder: adam, next: {holder: eva, from: 2030-01-01}}",
    ])
  func addressEndsMeanwhile(handedOver: String) throws {
    books.fetch("adam", "bea")
    try edit("bea", "emails: [eva@example.com]", "emails: [{address: eva@example.com, until: 2026-12-31}]")
    try edit("adam", administrator, handedOver)
    try books.sync("bea", "adam")
    #expect(try isRight())
    #expect(try administrators().contains("adam"))
    #expect(books.held.contains { $0.hasSuffix("of Adam: does-not-validate") })
  }

  @Test("The same in the other order: whoever lost the role has no say any more")
  func handedOverFirst() throws {
    books.fetch("adam", "bea")
    try edit("adam", administrator, "administrator: {holder: eva}")
    try edit("bea", "emails: [eva@example.com]", "emails: [{address: eva@example.com, until: 2026-12-31}]")
    try books.sync("adam", "bea")
    #expect(try administrators() == ["eva"])
    #expect(books.held == ["people.eva.emails of Bea: no-authority"])
  }

  @Test(
    "What would leave nobody to administrate is held, whoever sends it, and the ledger opens to nobody",
    arguments: [
      ("administrator: {holder: adam, deputy: bea}", ""),
      ("administrator:", "administrators:"),
      ("administrator: {holder: adam, deputy: bea}", "administrator: {name: Administrator}"),
      ("administrator: {holder: adam, deputy: bea}", "administrator: {holder: nobody-there}"),
      (
        "administrator: {holder: adam, deputy: bea}",
        "administrator: {holder: adam, next: {holder: nobody-there, from: 2026-01-01}}"
      ),
      ("administrator: {holder: adam, deputy: bea}", "administrator: [adam, bea]"),
      ("people:\n", "people: [\n"),
      ("people:\n", "<<<<<<< mine\npeople:\n"),
      ("roles:\n", "offices:\n"),
      ("[adam@example.com]}\n  bea: {name: Bea, emails: [bea@example.com]}", "[]}\n  bea: {name: Bea}"),
      (
        "[adam@example.com]}\n  bea: {name: Bea, emails: [bea@example.com]}",
        "[{address: adam@example.com, until: 2020}]}\n  bea: {name: Bea, emails: [{address: bea@example.com, until: 2020}]}"
      ),
      ("people:\n", "people: {}\nformer:\n"),
    ])
  func nobodyLeft(old: String, new: String) throws {
    try edit("adam", old, new)
    try books.sync("adam")
    let left = try administrators()
    #expect(!left.isEmpty && Set(left).isSubset(of: ["adam", "bea"]), "\(left)")
    #expect(try isRight())
    #expect(
      !books.held.isEmpty && books.held.allSatisfy { $0.hasSuffix("of Adam: does-not-validate") }, "\(books.held)")
  }

  @Test("Removing people.yaml is held as well")
  func removed() throws {
    try books.commit("adam") { $0["people.yaml"] = nil }.sync("adam")
    #expect(try administrators() == ["adam", "bea"])
    #expect(books.held == ["file of Adam: does-not-validate"])
  }
}
