import Foundation
import Testing

/// `kpi history` through the built program.
@Suite("What was known when")
struct HistoryCommandTests {
  private static let id = "sales/orders"
  private static let definition = "departments/sales/kpis/orders.yaml"
  private static let actuals = "departments/sales/actuals/orders.csv"

  private static func ledger() throws -> DatedLedger {
    let ledger = try DatedLedger()
    try ledger.commit(
      [definition: DatedLedger.definition(), actuals: DatedLedger.actuals("2026-01,80,provisional,")], on: "2026-02-10",
      "January")
    try ledger.commit(
      [actuals: DatedLedger.actuals("2026-01,80,,", "2026-02,90,,")], on: "2026-03-10", "February")
    try ledger.commit(
      [actuals: DatedLedger.actuals("2026-01,80,,", "2026-02,99,,")], on: "2026-03-11", "=Booked late")
    return ledger
  }

  @Test("The table has a row a period and a column a sync, marks what changed, and says how much was restated")
  func table() throws {
    let ledger = try Self.ledger()
    // 90 -> 99 is 9 / 90 = 10 %
    let text = try ledger.kpi("history", Self.id).output
    #expect(
      text == """
        Orders  sales/orders, figures as they were known
        period   2026-02-10    2026-03-10    2026-03-11
        2026-01          80 p          80            80
        2026-02                        90            99 *
        1 of 2 values was restated: 2026-02 from 90 to 99 (+10 %), by Anna, known from 2026-03-11: =Booked
        late.

        """, "\(text)")
    ledger.work.environment["COLUMNS"] = "40"
    let narrow = try ledger.kpi("history", Self.id).output
    #expect(narrow.contains("period   2026-03-10    2026-03-11\n"), "\(narrow)")
    #expect(narrow.contains("1 earlier column left out: '--format csv' has all changes."), "\(narrow)")
    let day = try ledger.kpi("history", Self.id, "--as-of", "2026-01-31", "--targets").output
    #expect(day.contains("2026-Q1") && day.contains("None of 1 value was restated."), "\(day)")
    let early = try ledger.kpi("history", Self.id, "--as-of", "2026-01-31").output
    #expect(early.contains("2026-01") && !early.contains("2026-02  "), "\(early)")
  }

  @Test("JSON and CSV have a line for each change, safe for spreadsheets")
  func lines() throws {
    let ledger = try Self.ledger()
    let changes = try ledger.list("history", Self.id)
    let short = changes.map { "\($0["period"] ?? "") \($0["was"] ?? "") \($0["value"] ?? "") \($0["status"] ?? "")" }
    #expect(
      short == [
        "2026-01 <null> 80 provisional", "2026-01 80 80 final", "2026-02 <null> 90 final", "2026-02 90 99 final",
      ])
    #expect(changes.map { $0["restated"] as? Bool } == [false, false, false, true])
    #expect(changes[3]["known_from"] as? String == "2026-03-11T12:00:00Z")
    #expect(changes[3]["by"] as? String == "Anna <anna@example.org>" && changes[3]["kpi"] as? String == Self.id)
    let csv = try ledger.kpi("history", Self.id, "--format", "csv").output
    #expect(
      csv.hasPrefix(
        "period,limit,known_from,known_at,value,was,status,restated,by,entered_at,commit,message,settled_by,kpi\n2026-01,,2026-02-10T"
      ))
    #expect(csv.contains(",'=Booked late,"))
  }

  @Test("The page is written to a file; an input and what is not there are said")
  func page() throws {
    let ledger = try Self.ledger()
    let written = try ledger.kpi("history", Self.id, "--format", "html", "--output", "orders.html")
    #expect(written.output.isEmpty && written.errors.contains("Written to orders.html."))
    let page = try ledger.work.read(DatedLedger.place + "/orders.html")
    #expect(page.contains("<h1>Orders</h1>") && page.contains("head-of-sales: Anna") && page.contains("1 of 2 values"))
    #expect(page.contains("kpi history sales/orders --format html --at "))
    #expect(try ledger.kpi("history", Self.id, "--input", "value", "--format", "csv").output.contains("2026-02,,"))
    let none = try ledger.kpi("history", Self.id, "--input", "vlue", expecting: [64]).errors
    #expect(
      none.contains("has no input 'vlue'. Did you mean \"value\"?") && none.contains("Its inputs: value"), "\(none)")
    #expect(
      try ledger.kpi("history", Self.id, "--input", "value", "--targets", expecting: [64]).errors.contains("Say one of")
    )
    try ledger.commit(
      [Self.definition: DatedLedger.definition(), Self.actuals: "period,value\n"], on: "2026-04-01", "Nothing")
    let empty = try DatedLedger()
    try empty.commit([Self.definition: DatedLedger.definition()], on: "2026-02-10", "Planned")
    #expect(try empty.kpi("history", Self.id).output == "Nothing is known of the figures of sales/orders.\n")
    #expect(try empty.kpi("history", Self.id, "--format", "json").output == "[]\n")
    #expect(try empty.kpi("history", Self.id, "--format", "html").output.contains("<h1>Orders</h1>"))
  }
}
