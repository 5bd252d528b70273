import Foundation
import Testing

/// Closing and reopening through the built program: the office is controller, Anna heads sales, Dora is a member.
@Suite("Closing periods")
struct ClosingTests {
  private static let actuals = "departments/sales/actuals/win-rate.csv"

  @Test("A close says what is open, reaches everybody, and holds what others record in it until it is opened again")
  func closed() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora", "office"])
    try work.kpi("record", "sales/win-rate", "2020-01", "value=5", "--status", "provisional", in: "dora")
    try work.kpi("sync", in: "dora")

    let asked = try work.kpi("close", "2020-Q1", in: "office", expecting: [64])
    #expect(asked.errors.contains("--yes") && !work.exists("office/closes"))
    let close = try work.kpi("close", "2020-Q1", "--yes", "-m", "After the audit", in: "office").output
    #expect(close.contains("Nothing is recorded for 1: sales/win-rate (2020-02, 2020-03)"), "\(close)")
    #expect(close.contains("Provisional or estimated for 1: sales/win-rate (2020-01)"), "\(close)")
    #expect(close.contains("is closed for everybody."), "\(close)")
    #expect(try work.read("office/closes/company/2020-Q1.yaml") == "note: After the audit\n")
    #expect(try work.kpi("close", "2020-Q1", "--yes", in: "office").output.contains("closed already"))

    try work.kpi("sync", in: "dora")
    let listed = try work.kpi("close", "--format", "csv", in: "dora").output
    #expect(listed.contains("company,2020-Q1,") && listed.contains("office@example.org"), "\(listed)")
    let record = try work.kpi("record", "sales/win-rate", "2020-01", "value=6", in: "dora")
    #expect(record.errors.contains("January 2020 is closed: this will be held for a controller (Office)."))
    let sync = try work.kpi("sync", in: "dora").output
    #expect(sync.contains("row 2020-01") && sync.contains("the period is closed"), "\(sync)")
    #expect(try work.read("dora/" + Self.actuals).contains("2020-01,5,provisional"))

    let reopened = try work.kpi("reopen", "2020-Q1", "-m", "Invoices came late", in: "office").output
    #expect(reopened.contains("is open again."), "\(reopened)")
    try work.kpi("sync", in: "dora")
    #expect(try work.kpi("close", in: "dora").output == "Nothing is closed.\n")
    #expect(try work.kpi("record", "sales/win-rate", "2020-01", "value=7", in: "dora").errors == "")
    try work.kpi("sync", in: "dora")
    #expect(try work.git("show", "main:" + Self.actuals, in: "hub.git").contains("2020-01,7"))
  }

  @Test("What is held of a closed period is for the controller, and a decision of another comes to nothing aloud")
  func decidedByAnother() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "dora", "office"])
    try work.kpi("close", "2019-12", "--yes", in: "office")
    try work.kpi("record", "sales/win-rate", "2019-12", "value=8", in: "dora")
    let sync = try work.kpi("sync", in: "dora").output
    #expect(sync.contains("From others: close of 2019-12 for company\n"), "\(sync)")
    for person in ["dora", "anna"] {
      try work.sync(person)
      let id = try work.heldID("row 2019-12", in: person)
      let refused = try work.kpi("settle", id, "--accept", in: person, expecting: [1]).errors
      #expect(refused.contains("It is for controller (Office)."), "\(refused)")
    }
    let paper = try work.git("ls-files", "proposals", in: "dora").split(separator: "\n").map(String.init)
    try work.git("rm", "-q", paper[0], in: "anna")
    try work.write("period,value,status,note\n2019-12,8,,\n", to: "anna/" + Self.actuals)
    try work.git("commit", "-qam", "By hand", in: "anna")
    let status = try work.kpi("status", in: "anna").output
    #expect(status.contains("1 proposal that you decided about would stay held"), "\(status)")
    let said = try work.kpi("sync", in: "anna").output
    #expect(said.contains("1 proposal that you decided about stays held"), "\(said)")
    #expect(try work.held(in: "anna").count == 1)
  }

  @Test("A period that another close covers too is not called open again")
  func coveredTwice() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"])
    try work.kpi("close", "2019-12", "--yes", in: "office")
    try work.kpi("close", "2019-Q4", "--yes", in: "office")
    let said = try work.kpi("reopen", "2019-12", "-m", "Booked late", in: "office").output
    #expect(said.contains("stays closed by another:\n  Q4 2019: kpi reopen 2019-Q4 -m 'Why'"), "\(said)")
    #expect(try work.kpi("reopen", "2019-Q4", "-m", "Too", in: "office").output == "Q4 2019 is open again.\n")
  }

  @Test("Who is no controller closes and opens nothing, and is told whom to ask")
  func authority() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let close = try work.kpi("close", "2019-12", "--yes", in: "anna", expecting: [1])
    #expect(
      close.errors.contains("Only a controller closes a period, and Anna is none.\nAsk Office."), "\(close.errors)")
    let reopen = try work.kpi("reopen", "2019-12", "-m", "x", in: "anna", expecting: [1])
    #expect(reopen.errors.contains("Only a controller opens a period again"), "\(reopen.errors)")
    #expect(!work.exists("anna/closes"))
  }

  @Test("Without a way to the hub nothing is closed and nothing opened")
  func offline() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"])
    try work.kpi("close", "2019-12", "--yes", in: "office")
    try work.git("remote", "set-url", "origin", "/nowhere/hub.git", in: "office")
    let before = try work.git("rev-parse", "HEAD", in: "office")
    #expect(
      try work.kpi("close", "2020-01", "--yes", in: "office", expecting: [3]).errors.contains("Nothing was closed."))
    let reopen = try work.kpi("reopen", "2019-12", "-m", "Late", in: "office", expecting: [3])
    #expect(reopen.errors.contains("Nothing was opened."), "\(reopen.errors)")
    #expect(try work.git("rev-parse", "HEAD", in: "office") == before)
    #expect(work.exists("office/closes/company/2019-12.yaml") && !work.exists("office/closes/company/2020-01.yaml"))
  }

  @Test("A controller who saw the close restates, notes stay open, another department is free")
  func restated() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office", "dora"])
    try work.kpi("close", "2019-12", "--department", "sales", "--yes", in: "office")
    let own = try work.kpi("record", "sales/win-rate", "2019-12", "value=8", in: "office")
    #expect(own.errors.contains("December 2019 is closed: you restate it, as a controller may."), "\(own.errors)")
    try work.kpi("sync", in: "office")
    #expect(try work.git("show", "main:" + Self.actuals, in: "hub.git").contains("2019-12,8"))
    try work.kpi("sync", in: "dora")
    #expect(try work.kpi("record", "sales/win-rate", "2019-12", "--note", "Two fell through", in: "dora").errors == "")
    let target = try work.kpi("define", "sales/win-rate", "--target", "2019-12=3", in: "dora")
    #expect(target.errors.contains("December 2019 is closed"), "\(target.errors)")
    try work.write("kpi,period,value\nsales/win-rate,2019-12,9\n", to: "table.csv")
    let imported = try work.kpi("import", "../table.csv", "--dry-run", in: "dora")
    #expect(imported.errors.contains("December 2019 is closed: this will be held"), "\(imported.errors)")
  }

  @Test("A period or department that is none, and a reopening without a reason, are refused")
  func refused() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["office"])
    #expect(
      try work.kpi("close", "March", "--yes", in: "office", expecting: [64]).errors.contains("'March' is no period."))
    let department = try work.kpi("close", "2019-12", "--department", "sale", "--yes", in: "office", expecting: [64])
    #expect(department.errors.contains("Did you mean \"sales\"?"), "\(department.errors)")
    #expect(
      try work.kpi("reopen", "2019-12", "-m", " ", in: "office", expecting: [64]).errors.contains("A reason is needed.")
    )
    #expect(
      try work.kpi("reopen", "2019-12", "-m", "x", in: "office", expecting: [64]).errors.contains("is not closed."))
    let before = try work.git("rev-parse", "main", in: "hub.git")
    try work.write("period,value,status,note\n2019-12,7,,\n2020-01,1,,\n", to: "office/" + Self.actuals)
    try work.kpi("close", "2019-12", "--dry-run", in: "office")
    #expect(try work.git("rev-parse", "main", in: "hub.git") == before)
  }
}
