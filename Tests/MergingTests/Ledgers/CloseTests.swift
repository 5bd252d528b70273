import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// M1's closed periods, and closes judged by themselves.
@Suite("Closed periods") struct CloseTests {
  private let row = "2026-03,8,30,,"
  private func closed(_ period: String = "2026-03", scope: String = "company") throws -> Books {
    try Books().fetch("eva", "ben", "otto", "ana").close("cleo", period, scope: scope).sync("cleo")
  }

  @Test("A row of a closed period is held, the other rows go through")
  func rowIsHeld() throws {
    let books = try closed()
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,\n2026-04,7,20,,").sync("eva")
    #expect(try books.file(Books.actuals)?.contains("2026-03,8,30") == true)
    #expect(try books.file(Books.actuals)?.contains("2026-04,7,20") == true)
    #expect(books.held == ["row 2026-03 of Eva: period-closed"])
  }

  @Test(
    "A close that says nothing more closes as well, and goes when it is taken back",
    arguments: ["", "# final\n", "{}\n"])
  func bareClose(_ text: String) throws {
    let path = "closes/company/2026-03.yaml"
    let books = try Books().fetch("eva").commit("cleo") { $0[path] = text }.sync("cleo")
    #expect(try books.file(path) == text)
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,").sync("eva")
    #expect(books.held == ["row 2026-03 of Eva: period-closed"])
    try books.commit("cleo") { $0[path] = nil }.sync("cleo")
    #expect(try books.file(path) == nil)
  }

  @Test("A close that says nothing more is held like any other where a row came in")
  func bareCloseIsOvertaken() throws {
    let books = Books().fetch("eva", "cleo")
    try books.commit("cleo") { $0["closes/company/2026-03.yaml"] = "" }
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,").sync("eva")
    try books.sync("cleo")
    #expect(try books.file("closes/company/2026-03.yaml") == nil)
    #expect(books.held == ["close of Cleo: changed-on-both-sides"])
  }

  @Test("A note explains a closed figure and goes through")
  func noteIsOpen() throws {
    let books = try closed()
    try books.edit("eva", Books.actuals, row, "2026-03,8,30,,two deals fell through").sync("eva")
    #expect(try books.file(Books.actuals)?.contains("two deals") == true)
    #expect(books.held == [])
  }

  @Test("A controller who saw the close restates; one who had not is held like anybody")
  func restatement() throws {
    let seen = try closed()
    try seen.edit("cleo", Books.actuals, row, "2026-03,9,30,,").sync("cleo")
    #expect(try seen.file(Books.actuals)?.contains("2026-03,9,30") == true)
    #expect(seen.held == [])

    // Cleo works on two machines: the other one had not heard of the close.
    let unseen = Books()
    try unseen.edit("cleo", Books.actuals, row, "2026-03,9,30,,")
    try unseen.commit("adam") { $0["README.md"] = "Our ledger\n" }.sync("adam")
    let other = Books.author("cleo")
    let close = unseen.history.add(
      try unseen.history.files(of: unseen.hub).merging(["closes/company/2026-03.yaml": Array("note: x\n".utf8)]) { $1 },
      parents: [unseen.hub], author: other)
    let outcome = try #require(
      try LedgerMerge.of(unseen.history).outcome(hub: unseen.hub, local: close, bringer: other))
    let hub = try unseen.history.addMerge(outcome.files, hub: unseen.hub, local: close, author: other)
    #expect(try unseen.history.files(of: hub)["closes/company/2026-03.yaml"] != nil)
    let late = try #require(
      try LedgerMerge.of(unseen.history).outcome(hub: hub, local: unseen.tip("cleo"), bringer: other))
    #expect(late.held.map(\.because) == [.periodClosed])
  }

  @Test("A period that is closed in a commit's parent stays closed for it, though the hub has opened it again")
  func closedWhenItWasEntered() throws {
    let books = try closed()
    books.fetch("eva")
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,")
    try books.commit("cleo") { $0["closes/company/2026-03.yaml"] = nil }.sync("cleo")
    #expect(try books.file("closes/company/2026-03.yaml") == nil)
    try books.sync("eva")
    #expect(books.held == ["row 2026-03 of Eva: period-closed"])
    try books.edit("eva", Books.actuals, row, "2026-03,10,30,,").sync("eva")
    #expect(try books.file(Books.actuals)?.contains("2026-03,10,30") == true)
  }

  @Test("A close covers the periods that end within it: the quarter's and the days', not the year's")
  func covers() throws {
    let extra = ["departments/sales/actuals/calls.csv": "period,value\n2026-03-30,4\n2026-Q1,9\n2026,20\n2026-W14,3\n"]
    let books = try Books(extra).fetch("eva").close("cleo", "2026-03", scope: "sales").sync("cleo")
    try books.commit("eva") {
      $0["departments/sales/actuals/calls.csv"] = "period,value\n2026-03-30,5\n2026-Q1,10\n2026,21\n2026-W14,4\n"
    }.sync("eva")
    // Week 14 ends on Sunday, 5 April.
    #expect(books.held == ["row 2026-03-30 of Eva: period-closed", "row 2026-Q1 of Eva: period-closed"])
  }

  @Test("The close of a department binds no other")
  func scope() throws {
    let books = try closed("2026-03", scope: "emea")
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,").sync("eva")
    #expect(books.held == [])
  }

  @Test("The closed month's target stands, the year's may still be changed")
  func targets() throws {
    let books = try closed()
    try books.edit("otto", "2026: 25\n  2026-03: 24", "2026: 26\n  2026-03: 20").sync("otto")
    #expect(try books.file()?.contains("2026: 26\n  2026-03: 24") == true)
    #expect(books.held == ["targets.2026-03 of Otto: period-closed"])
  }

  @Test("Another calculation may begin after the close, and none may reach into it")
  func calculation() throws {
    let later = try closed()
    try later.edit(
      "otto", "formula: won / decided * 100",
      "formula: won / decided\neffective_from: 2026-04\nearlier:\n"
        + "  - {effective_from: 2020-01, unit: percent, direction: higher, inputs: {won: {aggregate: sum}, decided: {aggregate: sum}}, "
        + "formula: won / decided * 100, period: month}"
    ).sync("otto")
    #expect(later.held == [])
    #expect(try later.file()?.contains("effective_from: 2026-04") == true)

    let reaching = try closed()
    try reaching.edit("otto", "formula: won / decided * 100", "formula: won / decided").sync("otto")
    #expect(reaching.held == ["calculation of Otto: period-closed"])
  }

  @Test("Closed figures cannot be taken away with their file")
  func removal() throws {
    let books = try closed()
    try books.commit("ana") { $0[Books.actuals] = nil }.sync("ana")
    #expect(try books.file(Books.actuals) != nil)
    #expect(books.held == ["file of Ana: period-closed"])
  }

  @Test("A close takes effect only over the rows that it was made on")
  func judged() throws {
    let books = try Books().close("cleo", "2026-03")
    try books.edit("eva", Books.actuals, row, "2026-03,9,30,,").sync("eva", "cleo")
    #expect(try books.file("closes/company/2026-03.yaml") == nil)
    #expect(books.held == ["close of Cleo: changed-on-both-sides"])
    // She looks again, and settles her close as it is now.
    try books.settle("cleo", "close") { $0["closes/company/2026-03.yaml"] = "note: final\n" }.sync("cleo")
    #expect(try books.file("closes/company/2026-03.yaml") == "note: final\n")
    #expect(books.held == [])
  }

  @Test("A row of another period does not hold up a close")
  func otherPeriods() throws {
    let books = try Books().close("cleo", "2026-03")
    try books.edit("eva", Books.actuals, "2026-02,9", "2026-02,10").sync("eva", "cleo")
    #expect(try books.file("closes/company/2026-03.yaml") != nil)
  }

  @Test("A close and rows of one person's line: the close sees the rows below it")
  func closesAndRows() throws {
    let books = Books()
    try books.edit("ben", Books.actuals, row, "2026-03,9,30,,").sync("ben")
    books.fetch("cleo")
    try books.close("cleo", "2026-03").sync("cleo")
    #expect(books.held == [])
    #expect(try books.file("closes/company/2026-03.yaml") != nil)
  }

  @Test("Only a controller closes and opens again")
  func authority() throws {
    let books = try Books().close("ana", "2026-03").sync("ana")
    #expect(books.held == ["close of Ana: no-authority"])
    let open = try closed()
    try open.fetch("ana").commit("ana") { $0["closes/company/2026-03.yaml"] = nil }.sync("ana")
    #expect(try open.file("closes/company/2026-03.yaml") != nil)
    #expect(open.held == ["file of Ana: no-authority"])
  }

  @Test("A held close that says something else than the one in force is not taken for it")
  func otherWords() throws {
    let books = try Books().close("ana", "2026-03").sync("ana")
    #expect(books.held == ["close of Ana: no-authority"])
    try books.fetch("cleo").commit("cleo") { $0["closes/company/2026-03.yaml"] = "note: final\nreason: audited\n" }
    try books.sync("cleo")
    #expect(books.held == ["close of Ana: no-authority"])
  }

  @Test("A close that counted on a column which is given back in the same commit is held")
  func columnStays() throws {
    let books = try Books().commit("cleo") { files in
      files["closes/company/2026-01.yaml"] = "note: final\n"
      files[Books.actuals] = "period,decided,status,note\n2026-01,41,,\n2026-02,38,,\n2026-03,30,,\n"
    }.sync("cleo")
    #expect(try books.file(Books.actuals)?.contains("2026-01,12,41,,") == true)
    #expect(try books.file("closes/company/2026-01.yaml") == nil)
    #expect(books.held.contains("close of Cleo: changed-on-both-sides"))
  }
}
