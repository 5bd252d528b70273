import LedgerModel
import Testing

struct IdentityTests {
  @Test(
    "paths of the layout",
    arguments: [
      ("ledger.yaml", LedgerPath.settings), ("people.yaml", .people), ("goals.yaml", .goals),
      ("rates/EUR-USD.csv", .rates(from: "EUR", to: "USD")),
      ("departments/sales/department.yaml", .department("sales")),
      ("departments/sales/actions/a1.yaml", .action(department: "sales", id: "a1")),
      ("departments/sales/reviews/2026-03.yaml", .review(department: "sales", period: "2026-03")),
      ("closes/company/2026-03.yaml", .close(scope: "company", period: "2026-03")),
      ("proposals/goals.yaml/0f.yaml", .proposal(file: "goals.yaml", id: "0f")),
      ("README.md", .other), ("departments/Sales/department.yaml", .other), ("departments/sales/kpis/.yaml", .other),
      ("", .other), ("departments/sales/kpis/a.yaml/b", .other), ("rates/eur-usd.csv", .other),
      ("/ledger.yaml", .other),
    ])
  func layout(_ path: String, _ meaning: LedgerPath) { #expect(LedgerPath(path) == meaning) }

  @Test func aKPIsFiles() throws {
    let id = try #require(KPIID("sales/win-rate"))
    #expect(LedgerPath(id.definitionPath) == .definition(id))
    #expect(LedgerPath(id.actualsPath) == .actuals(id))
  }

  @Test("what is no id", arguments: ["sales", "sales/", "/x", "a/b/c", "Sales/x", "sales/-x", "sales/win rate", "ü/x"])
  func badIDs(_ text: String) { #expect(KPIID(text) == nil) }

  @Test(
    "an id for a free text",
    arguments: [
      ("Mean Distance Between Failures", "mean-distance-between-failures"), ("  % of Bus (AM) ", "of-bus-am"),
    ])
  func suggestedIDs(_ text: String, _ id: String) {
    #expect(Slug.suggested(for: text) == id)
    #expect(Slug.isValid(id))
  }

  @Test(
    "names of columns",
    arguments: [
      ("won", true), ("won_2", true), ("Won", false), ("2won", false), ("period", false), ("kpi", false), ("", false),
      ("min", false), ("a-b", false),
    ])
  func columns(_ name: String, _ isValid: Bool) { #expect(ColumnName.isValid(name) == isValid) }

  @Test func currencies() {
    #expect(Currency.isCode("EUR"))
    #expect(!Currency.isCode("eur") && !Currency.isCode("EURO") && !Currency.isCode("É"))
  }
}
