import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// Another KPI that comes to stand where one has moved away, in the same sync.
@Suite("New KPIs under the names of moved ones") struct SuccessorTests {
  private let moved = "departments/sales/kpis/hit-rate.yaml"
  private let movedActuals = "departments/sales/actuals/hit-rate.csv"
  private let draft = "name: Another\nclass: metric\nunit: percent\nstatus: draft\n"

  /// Moves the win rate, and then makes another KPI in its place.
  private func replace(_ books: Books, _ person: String, to: String) throws {
    try books.move(person, to: to).commit(person) {
      $0[Books.definition] = draft
      $0[Books.actuals] = "period,value\n2026-01,77\n"
    }.sync(person)
  }

  @Test("It takes nothing of the old one, whose edits by others go where it moved")
  func ofItsOwn() throws {
    let books = Books().fetch("ana")
    try books.edit("otto", "2026: 25", "2026: 27").edit("eva", Books.actuals, "2026-03,8", "2026-03,9")
    try books.sync("otto", "eva")
    try replace(books, "ana", to: "sales/hit-rate")
    #expect(try books.file(moved)?.contains("2026: 27") == true)
    #expect(try books.file(movedActuals)?.contains("2026-03,9,30") == true)
    #expect(try books.file() == draft)
    #expect(try books.file(Books.actuals) == "period,value\n2026-01,77\n")
    #expect(books.held == [])
  }

  @Test("Where the move is held it has no place, and is held too, with all that was entered in it")
  func heldWithTheMove() throws {
    let books = Books()
    let (definition, actuals) = (try books.file(), try books.file(Books.actuals))
    try replace(books, "ana", to: "emea/win-rate")
    #expect(try books.file() == definition)
    #expect(try books.file(Books.actuals) == actuals)
    #expect(books.held.contains("name of Ana: changed-on-both-sides"))
    #expect(books.held.contains("row 2026-01 of Ana: changed-on-both-sides"))
    #expect(books.held.contains("place of Ana: no-authority"))
  }

  @Test("One commit that changes both: what is held of the two are two proposals")
  func bothHeld() throws {
    let books = Books()
    try books.move("eva", to: "sales/hit-rate").commit("eva") {
      $0[Books.definition] = draft
    }.commit("eva") { files in
      files[moved] = files[moved]?.replacing("decision: Shift capacity", with: "decision: Hire")
      files[Books.definition] = draft + "decision: Wait\n"
    }.sync("eva")
    #expect(books.held.filter { $0.hasPrefix("decision of Eva") }.count == 2)
  }
}
