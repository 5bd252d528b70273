import Testing

@Suite("Undoing what one changed last")
struct UndoTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"
  private static let actuals = "departments/sales/actuals/win-rate.csv"

  private func ledger(_ people: String...) throws -> Workplace {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: people)
    return work
  }

  @Test("Undoing goes back step by step, in new commits, and leaves everything else")
  func steps() throws {
    let work = try ledger("anna")
    let before = try work.read("anna/" + Self.rate)
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", "-m", "Spring plan", in: "anna")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=5", in: "anna")
    let rehearsed = try work.kpi("undo", "--dry-run", in: "anna").output
    #expect(rehearsed.contains("row 2026-01") && work.exists("anna/" + Self.actuals), "\(rehearsed)")
    #expect(try work.read("anna/" + Self.actuals).contains("2026-01,5"))
    try work.kpi("undo", "--yes", "-m", "Wrong month", in: "anna")
    #expect(!(try work.read("anna/" + Self.actuals).contains("2026-01")))
    #expect(try work.read("anna/" + Self.rate).contains("2026: 26000"))
    let said = try work.kpi("undo", "--yes", in: "anna").output
    #expect(said.contains("Spring plan") && said.contains("targets.2026: 26000 -> 25000"), "\(said)")
    #expect(try work.read("anna/" + Self.rate) == before)
    #expect(try work.kpi("undo", "--yes", in: "anna").output == "There is nothing of yours to undo.\n")
    #expect(try work.git("log", "--format=%s", in: "anna").contains("Wrong month"))
  }

  @Test("Nobody is asked where nobody is there, and then nothing is undone")
  func asks() throws {
    let work = try ledger("anna")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=5", in: "anna")
    #expect(try work.kpi("undo", in: "anna", expecting: [64]).errors.contains("--yes"))
    #expect(try work.read("anna/" + Self.actuals).contains("2026-01,5"))
  }

  @Test("What was sent is undone too, for everybody; what somebody else changed since stays, and is named")
  func sent() throws {
    let work = try ledger("anna", "ben")
    try work.kpi("define", "sales/win-rate", "--target", "2026=26000", "--target", "2021=3", in: "anna")
    try work.sync("anna", "ben")
    try work.kpi("define", "sales/win-rate", "--target", "2021=4", "-m", "Counted again", in: "ben")
    try work.sync("ben", "anna")
    let said = try work.kpi("undo", "--yes", in: "anna").output
    #expect(said.contains("targets.2026: 26000 -> 25000"), "\(said)")
    #expect(said.contains("targets.2021: stays, it was changed again since"), "\(said)")
    try work.sync("anna", "ben")
    let text = try work.read("ben/" + Self.rate)
    #expect(text.contains("2026: 25000") && text.contains("2021: 4"), "\(text)")
    #expect(try work.held(in: "ben").isEmpty)
  }

  @Test("A move that nobody has seen is gone without a trace; one that was sent is moved back, and says what it was")
  func moves() throws {
    let work = try ledger("anna")
    let before = try work.read("anna/" + Self.rate)
    try work.kpi("move", "sales/win-rate", "sales/hit-rate", "--yes", in: "anna")
    try work.kpi("undo", "--yes", in: "anna")
    #expect(try work.read("anna/" + Self.rate) == before)
    try work.kpi("move", "sales/win-rate", "sales/hit-rate", "--yes", in: "anna")
    try work.sync("anna")
    try work.kpi("undo", "--yes", in: "anna")
    #expect(try work.read("anna/" + Self.rate).contains("was: [sales/hit-rate]"))
    try work.sync("anna")
    #expect(try work.held(in: "anna").isEmpty)
  }

  @Test("Where nothing is left to undo, it says so and changes nothing")
  func overtaken() throws {
    let work = try ledger("anna", "ben")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=5", in: "anna")
    try work.sync("anna", "ben")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=6", in: "ben")
    try work.sync("ben", "anna")
    let ended = try work.kpi("undo", "--yes", in: "anna", expecting: [1])
    #expect(ended.output.contains("row 2026-01: stays") && ended.errors.contains("Nothing of it is left"))
    #expect(try work.read("anna/" + Self.actuals).contains("2026-01,6"))
  }

  @Test("A removed KPI comes back with its figures, before it was sent and after")
  func removal() throws {
    let work = try ledger("anna", "ben")
    let (definition, figures) = (try work.read("anna/" + Self.rate), try work.read("anna/" + Self.actuals))
    for isSent in [false, true] {
      try work.kpi("remove", "sales/win-rate", "--yes", in: "anna")
      #expect(!work.exists("anna/" + Self.rate) && !work.exists("anna/" + Self.actuals))
      if isSent {
        try work.sync("anna", "ben")
        #expect(!work.exists("ben/" + Self.rate))
      }
      try work.kpi("undo", "--yes", in: "anna")
      try work.sync("anna", "ben")
      #expect(try work.read("ben/" + Self.rate) == definition, "sent: \(isSent)")
      #expect(try work.read("ben/" + Self.actuals) == figures, "sent: \(isSent)")
    }
  }

  @Test("What others recorded under the new id moves back with a move that is undone")
  func move() throws {
    let work = try ledger("anna", "ben")
    try work.kpi("move", "sales/win-rate", "sales/hit-rate", "--yes", in: "anna")
    try work.sync("anna", "ben")
    try work.kpi("record", "sales/hit-rate", "2026-01", "value=6", in: "ben")
    try work.sync("ben", "anna")
    try work.kpi("undo", "--yes", in: "anna")
    try work.sync("anna", "ben")
    #expect(try work.read("ben/" + Self.actuals).contains("2026-01,6"))
    #expect(work.exists("ben/" + Self.rate) && !work.exists("ben/departments/sales/kpis/hit-rate.yaml"))
    #expect(try work.held(in: "ben").isEmpty)
  }
}
