import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// A file of actuals that the check refuses, whose rows bring its columns back.
@Suite("Rows and columns that break a rule") struct RefusedColumnTests {
  private let calls = "departments/sales/kpis/calls.yaml"

  @Test("Rows for a KPI that the hub has removed meanwhile are held, and the sync ends")
  func ends() throws {
    let books = Books([calls: "name: Calls\nclass: metric\nunit: percent\nstatus: draft\n"]).fetch("eva", "ana")
    try books.commit("ana") { $0[calls] = nil }.sync("ana")
    try books.commit("eva") { $0["departments/sales/actuals/calls.csv"] = "period,value\n2026-01,5\n" }.sync("eva")
    #expect(try books.file("departments/sales/actuals/calls.csv") == nil)
    #expect(books.held.contains("row 2026-01 of Eva: does-not-validate"))
  }
}
