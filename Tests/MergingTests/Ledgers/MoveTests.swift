import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// A KPI that one side moved takes the other side's edits along.
@Suite("Moved KPIs") struct MoveTests {
  private let moved = "departments/sales/kpis/hit-rate.yaml"
  private let movedActuals = "departments/sales/actuals/hit-rate.csv"

  @Test("What was entered under the old name arrives under the one that the hub gave it meanwhile")
  func theHubMoved() throws {
    let books = Books().fetch("otto", "eva")
    try books.move("ana", to: "sales/hit-rate").sync("ana")
    try books.edit("otto", "2026: 25", "2026: 27").sync("otto")
    try books.edit("eva", Books.actuals, "2026-03,8", "2026-03,9").sync("eva")
    #expect(try books.file() == nil)
    #expect(try books.file(Books.actuals) == nil)
    #expect(try books.file(moved)?.contains("2026: 27") == true)
    #expect(try books.file(moved)?.contains("was: [sales/win-rate]") == true)
    #expect(try books.file(movedActuals)?.contains("2026-03,9") == true)
    #expect(books.held == [])
  }

  @Test("A move takes along what others have changed at the hub meanwhile")
  func theLocalMoved() throws {
    let books = Books().fetch("ana")
    try books.edit("otto", "2026: 25", "2026: 27").sync("otto")
    try books.edit("eva", Books.actuals, "2026-03,8", "2026-03,9").sync("eva")
    try books.move("ana", to: "sales/hit-rate").sync("ana")
    #expect(try books.file() == nil)
    #expect(try books.file(moved)?.contains("2026: 27") == true)
    #expect(try books.file(movedActuals)?.contains("2026-03,9") == true)
    #expect(try books.file(Books.actuals) == nil)
    #expect(books.held == [])
  }

  @Test("Actuals that the mover had not seen yet go along")
  func newActualsGoAlong() throws {
    let calls = "departments/sales/kpis/calls.yaml"
    let books = Books([calls: "name: Calls\nclass: metric\nwas: []\nstatus: draft\n"]).fetch("ana")
    try books.commit("eva") { $0["departments/sales/actuals/calls.csv"] = "period,value\n2026-01,5\n" }.sync("eva")
    try books.move("ana", from: "sales/calls", to: "sales/phone-calls").sync("ana")
    #expect(try books.file("departments/sales/actuals/calls.csv") == nil)
    #expect(try books.file("departments/sales/actuals/phone-calls.csv") == "period,value\n2026-01,5\n")
  }

  @Test("The mover's own later edits come with the move, and survive where it is held")
  func editsAfterTheMove() throws {
    let books = Books().fetch("eva")
    try books.move("otto", to: "emea/win-rate").edit(
      "otto", "departments/emea/kpis/win-rate.yaml", "2026: 25", "2026: 28"
    )
    .sync("otto")
    #expect(try books.file()?.contains("2026: 28") == true)
    #expect(try books.file()?.contains("was: []") == true)
    #expect(try books.file(Books.actuals) != nil)
    #expect(try books.file("departments/emea/kpis/win-rate.yaml") == nil)
    #expect(books.held == ["place of Otto: no-authority"])
    // He goes on where he is, and then on what the hub has.
    try books.edit("otto", "2026: 28", "2026: 29").sync("otto")
    #expect(try books.file()?.contains("2026: 29") == true)
  }

  @Test("A move to another department needs its head, too")
  func bothEnds() throws {
    let books = try Books().move("ana", to: "emea/win-rate").sync("ana")
    #expect(books.held == ["place of Ana: no-authority"])
    let coo = [
      "departments/emea/department.yaml": "name: EMEA\nhead: head-of-sales\nmembers: []\n"
    ]
    let both = try Books(coo).move("ana", to: "emea/win-rate").sync("ana")
    #expect(both.held == [])
    #expect(try both.file("departments/emea/kpis/win-rate.yaml") != nil)
    #expect(try both.file("departments/emea/actuals/win-rate.csv") != nil)
  }

  @Test("Moved to two places: the first stands, the other move is held, and all edits are in force")
  func twoPlaces() throws {
    let books = Books()
    try books.move("ana", to: "sales/hit-rate").edit("ana", moved, "2026: 25", "2026: 27")
    // Ana's other machine.
    let other = books.history.add(
      try books.history.files(of: books.hub).filter { $0.key != Books.definition }.merging([
        "departments/sales/kpis/success.yaml": Array(
          try #require(try books.file()).replacing("was: []", with: "was: [sales/win-rate]")
            .replacing("2026-03: 24", with: "2026-03: 23").utf8)
      ]) { $1 }, parents: [books.hub], author: Books.author("ana"))
    try books.sync("ana")
    try books.take(other, as: "ana")
    #expect(try books.file(moved)?.contains("2026: 27\n  2026-03: 23") == true)
    #expect(try books.file("departments/sales/kpis/success.yaml") == nil)
    #expect(try books.file(movedActuals) != nil)
    #expect(books.held == ["place of Ana: changed-on-both-sides"])
  }

  @Test("Where another KPI has come to stand, nothing is moved over it")
  func occupied() throws {
    let books = Books().fetch("ana")
    try books.commit("gil") { _ in }
    let adam = ["name: Hit rate", "class: metric", "status: draft", ""].joined(separator: "\n")
    try books.commit("eva") { $0[moved] = adam }.sync("eva")
    try books.move("ana", to: "sales/hit-rate").edit("ana", moved, "2026: 25", "2026: 27").sync("ana")
    #expect(try books.file(moved) == adam)
    #expect(try books.file()?.contains("2026: 27") == true)
    #expect(books.held == ["place of Ana: changed-on-both-sides"])
  }

  @Test("A proposal is found under the KPI's new name, and settled there")
  func proposalsStay() throws {
    let books = Books().fetch("eva")
    try books.edit("eva", "2026: 25", "2026: 31").sync("eva")
    #expect(books.held == ["targets.2026 of Eva: no-authority"])
    books.fetch("ana")
    try books.move("ana", to: "sales/hit-rate").sync("ana")
    #expect(books.held == ["targets.2026 of Eva: no-authority"])
    try books.fetch("otto").settle("otto", "targets.2026") { files in
      files[moved] = files[moved]?.replacing("2026: 25", with: "2026: 31")
    }.sync("otto")
    #expect(try books.file(moved)?.contains("2026: 31") == true)
    #expect(books.held == [])
  }

  @Test("Moved and moved back is no move")
  func movedBack() throws {
    let books = Books().fetch("otto")
    try books.move("ana", to: "sales/hit-rate").commit("ana") { files in
      files[Books.definition] = files[moved]?.replacing("was: [sales/win-rate]", with: "was: []")
      files[Books.actuals] = files[movedActuals]
      files[moved] = nil
      files[movedActuals] = nil
    }
    try books.edit("otto", "2026: 25", "2026: 27").sync("otto", "ana")
    #expect(try books.file()?.contains("2026: 27") == true)
    #expect(try books.file(moved) == nil)
    #expect(books.held == [])
  }

  @Test("A draft that its member renames before the first sync is just a new draft")
  func newDraft() throws {
    let books = try Books().commit("eva") {
      $0["departments/sales/kpis/fresh.yaml"] = "name: Fresh\nclass: metric\nstatus: draft\n"
    }
    try books.commit("eva") {
      $0["departments/sales/kpis/fresh.yaml"] = nil
      $0["departments/sales/kpis/newer.yaml"] = "name: Fresh\nclass: metric\nwas: [sales/fresh]\nstatus: draft\n"
    }.sync("eva")
    #expect(try books.file("departments/sales/kpis/newer.yaml")?.contains("name: Fresh") == true)
    #expect(try books.file("departments/sales/kpis/fresh.yaml") == nil)
    #expect(books.held == [])
  }

  @Test("Moved twice in one line: the file says both that it was, and who entered its rows is still known")
  func movedTwice() throws {
    let note = ["departments/sales/actuals/win-rate.csv": "period,won,decided,status,note\n2026-02,9,38,,old\n"]
    let books = try Books(note).edit("ana", Books.actuals, ",old", ",")
    books.fetch("cleo", "ben")
    try books.move("ana", to: "sales/hit-rate").commit("ana") { files in
      files["departments/sales/kpis/success.yaml"] = files[moved]?.replacing(
        "was: [sales/win-rate]", with: "was: [sales/win-rate, sales/hit-rate]")
      files["departments/sales/actuals/success.csv"] = files[movedActuals]
      files[moved] = nil
      files[movedActuals] = nil
    }.sync("ana")
    #expect(
      try books.file("departments/sales/kpis/success.yaml")?.contains("was: [sales/win-rate, sales/hit-rate]") == true)
    try books.edit("ben", Books.actuals, ",old", ",new").sync("ben")
    #expect(try books.file("departments/sales/actuals/success.csv")?.contains(",new") == true)
    #expect(books.held == ["note 2026-02 of Ana: removed-but-changed"])
  }

  @Test("The move of a KPI that is held as a whole is held as well")
  func moveOfWhatIsHeld() throws {
    let fresh = "departments/emea/kpis/fresh.yaml"
    let books = try Books().commit("eva") { files in
      files[fresh] = "name: Fresh\nclass: metric\nwas: []\nstatus: draft\n"
    }
    books.take("otto", from: "eva")
    try books.move("otto", from: "emea/fresh", to: "emea/newer").sync("eva", "otto")
    #expect(try books.file(fresh) == nil)
    #expect(try books.file("departments/emea/kpis/newer.yaml") == nil)
    #expect(books.held.contains("place of Otto: no-authority"))
  }

  @Test("Where the figures moved along lack what the calculation got, the calculation gives way, and the sync ends")
  func calculationWithoutItsColumn() throws {
    let books = try Books().close("cleo", "2026-Q1", scope: "sales").sync("cleo").fetch("ana")
    try books.edit("ana", "status: active", "status: draft").sync("ana")
    try books.move("ana", to: "sales/hit-rate").commit("ana") { files in
      files[moved] = files[moved]?.replacing("inputs:\n", with: "inputs:\n  lost: {aggregate: sum}\n")
      files[movedActuals] = files[movedActuals]?.replacing("period,won", with: "period,lost,won")
        .split(separator: "\n")
        .map { $0.hasPrefix("2026") ? $0.prefix(7) + ",1" + $0.dropFirst(7) : $0 }.joined(separator: "\n")
    }.sync("ana")
    #expect(try books.file()?.contains("lost") == false)
    #expect(try books.file(Books.actuals) == Books.file(Books.actuals))
    #expect(books.held.contains("calculation of Ana: does-not-validate"))
    #expect(books.held.contains("column lost of Ana: period-closed"))
  }

  @Test("Moved back by restoring an older state: who entered what meanwhile is still known")
  func movedBackByRestoring() throws {
    let books = Books().fetch("ben", "eva", "ana")
    let before = try books.files(of: "ana")
    try books.move("ana", to: "sales/hit-rate").sync("ana").commit("ana") { $0 = before }
    try books.edit("eva", Books.actuals, "2026-03,8", "2026-03,9").sync("eva").sync("ana")
    #expect(try books.file(Books.actuals)?.contains("2026-03,9") == true)
    try books.edit("ben", Books.actuals, "2026-03,8", "2026-03,10").sync("ben")
    #expect(try books.file(Books.actuals)?.contains("2026-03,10") == true)
    #expect(books.held == ["row 2026-03 of Eva: changed-on-both-sides"])
  }
}
