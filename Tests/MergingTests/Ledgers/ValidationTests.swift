import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// M9: what breaks a rule is held, the keys concerned before the whole file.
@Suite("Merges that would break a rule") struct ValidationTests {
  @Test("Two good changes that do not go together: the later one's key is held, its others go through")
  func keysConcerned() throws {
    let books = Books().fetch("ana", "otto")
    // A target of zero needs a baseline.
    try books.edit("ana", "targets:", "baseline: 18\ntargets:").sync("ana")
    books.fetch("otto")
    try books.edit("otto", "2026: 25", "2026: 0").edit("otto", "decision: Shift capacity", "decision: Hire")
    try books.fetch("ana").edit("ana", "baseline: 18\n", "").sync("ana", "otto")
    #expect(try books.file()?.contains("decision: Hire") == true)
    #expect(try books.file()?.contains("2026: 25") == true)
    #expect(books.held == ["targets.2026 of Otto: does-not-validate"])
  }

  @Test("A goal that somebody has begun to use is not removed, and all else of that sync goes through")
  func acrossFiles() throws {
    let books = Books().fetch("cleo")
    try books.commit("eva") {
      $0["departments/sales/kpis/calls.yaml"] = "name: Calls\nclass: metric\ngoal: save\nstatus: draft\n"
    }.sync("eva")
    try books.commit("cleo") {
      $0["goals.yaml"] = "goals:\n  grow: {name: Grow faster}\n"
      $0["rates/USD-EUR.csv"] = "period,average,closing\n2026-01,0.9,0.91\n"
    }.sync("cleo")
    #expect(try books.file("goals.yaml")?.contains("save") == true)
    #expect(try books.file("goals.yaml")?.contains("Grow faster") == true)
    #expect(try books.file("rates/USD-EUR.csv") != nil)
    #expect(books.held == ["goals.save.name of Cleo: does-not-validate"])
  }

  @Test("The last administrator stays")
  func administrator() throws {
    let books = try Books().edit("adam", "people.yaml", "  administrator: {holder: adam}\n", "").sync("adam")
    #expect(try books.file("people.yaml")?.contains("administrator") == true)
    #expect(books.held.allSatisfy { $0.hasSuffix("does-not-validate") })
    #expect(books.held.count == 1)
  }

  @Test("Breaking a file and mending it gives nobody a right that they have not")
  func brokenAndMended() throws {
    let books = try Books().edit("ana", "name: Win rate", "<<<<<<< mine\nname: Win rate")
    try books.edit("ana", "<<<<<<< mine\n", "").edit("ana", "goal: grow", "goal: save")
    try books.edit("ana", "2026: 25", "2026: 26").sync("ana")
    #expect(try books.file()?.contains("goal: grow") == true)
    #expect(try books.file()?.contains("2026: 26") == true)
    #expect(books.held == ["goal of Ana: no-authority"])
  }

  @Test("Nor does breaking it and dropping that in a merge of one's own")
  func brokenAndDropped() throws {
    let books = try Books().fetch("ana", "otto").edit("ana", "name: Win rate", "<<<<<<< mine\nname: Win rate")
    try books.edit("otto", "goal: grow", "goal: save")
    let theirs = try books.history.files(of: books.tip("otto"))
    let merged = books.history.add(
      theirs, parents: [books.tip("ana"), books.tip("otto")], author: Books.author("ana"), message: "theirs")
    try books.take(merged, as: "ana")
    #expect(try books.file()?.contains("goal: grow") == true)
    #expect(books.held == ["goal of Ana: no-authority"])
  }

  @Test("Nor does it open a closed period")
  func brokenAndMendedFigures() throws {
    let books = try Books().close("cleo", "2026-01").sync("cleo").fetch("ben")
    try books.edit("ben", Books.actuals, "2026-01,12,40,,", "2026-01,12,40,,\n<<<<<<<")
    try books.edit("ben", Books.actuals, "\n<<<<<<<", "").edit("ben", Books.actuals, "2026-01,12", "2026-01,39")
    try books.sync("ben")
    #expect(try books.file(Books.actuals)?.contains("2026-01,12,40") == true)
    #expect(books.held == ["row 2026-01 of Ben: period-closed"])
  }
}
