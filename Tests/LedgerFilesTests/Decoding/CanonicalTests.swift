import LedgerFiles
import LedgerModel
import Testing

struct CanonicalTests {
  private func fixed(_ path: String, _ text: String) -> String? {
    Canonical.fixed(path: path, bytes: Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func lineEndsAndTrailingBlanksOfYAML() {
    let found = fixed("goals.yaml", "\u{FEFF}goals:  \r\n  # a comment \t\r\n  grow: {name: Grow }   # why  \r\n\r\n")
    #expect(found == "goals:\n  # a comment\n  grow: {name: Grow }   # why\n\n")
  }

  @Test func theLastLineGetsItsEnd() { #expect(fixed("goals.yaml", "goals: {}") == "goals: {}\n") }

  @Test("texts of several lines keep their blanks")
  func texts() {
    let text = "goals:\n  grow:\n    name: |\n      two blanks  \n      end\n    owner: a \n"
    #expect(fixed("goals.yaml", text) == "goals:\n  grow:\n    name: |\n      two blanks  \n      end\n    owner: a\n")
  }

  @Test(
    "what is right, or not to be understood, is left alone",
    arguments: [
      "goals: {}\n", "goals: {\r\n", "goals: *a \n", "",
    ])
  func leftAlone(_ text: String) { #expect(fixed("goals.yaml", text) == nil) }

  @Test func otherFilesAreLeftAlone() { #expect(fixed("README.md", "# Notes  \r\n") == nil) }

  @Test func aSpreadsheetsTable() throws {
    let id = try #require(KPIID("sales/new-orders"))
    let files = try Fixture(kind: "valid", name: "actuals-from-a-spreadsheet").files()
    let (ledger, _) = LedgerReader.read(files.map { (path: $0.key, bytes: $0.value) })
    let (bytes, findings) = try #require(
      Canonical.fixed(
        path: id.actualsPath, bytes: files[id.actualsPath] ?? [], definition: ledger.definitions[id]))
    #expect(findings == [])
    #expect(String(decoding: bytes, as: UTF8.self) == "period,value\n2026-01,98000\n2026-02,101500.5\n")
    #expect(Canonical.fixed(path: id.actualsPath, bytes: bytes, definition: ledger.definitions[id]) == nil)
  }

  @Test func exchangeRates() {
    #expect(
      fixed("rates/USD-EUR.csv", "period;average;closing\r\nJan-26;0,91;0,905\r\n")
        == "period,average,closing\n2026-01,0.91,0.905\n")
  }
}
