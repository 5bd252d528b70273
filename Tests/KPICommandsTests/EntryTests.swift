import Foundation
import Testing

@Suite("Entering definitions and actuals")
struct EntryTests {
  private static let rate = "departments/sales/kpis/win-rate.yaml"

  @Test("Several months of a simple KPI are one entry and one commit")
  func months() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let said = try work.kpi("record", "sales/win-rate", "2026-01=5", "2026-02=6", in: "anna").output
    #expect(said.contains("2026-01: value 5") && said.contains("2026-02: value 6"), "\(said)")
    #expect(try work.git("log", "-1", "--format=%s", in: "anna") == "Record 2026-01, 2026-02 of sales/win-rate\n")
    try work.kpi("record", "sales/win-rate", "2026-03", "7", in: "anna")
    let text = try work.read("anna/departments/sales/actuals/win-rate.csv")
    #expect(text.contains("2026-01,5,,\n2026-02,6,,\n2026-03,7,,\n"), "\(text)")
    #expect(
      try work.kpi("record", "sales/win-rate", "2026-01=5", in: "anna").output.contains("has these values"))
  }

  @Test("A target of a period that is none is refused, and nothing is changed")
  func badTarget() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let before = try work.read("anna/" + Self.rate)
    let refused = try work.kpi("define", "sales/win-rate", "--target", "soon=5", in: "anna", expecting: [64]).errors
    #expect(refused.contains("'soon' is no period"), "\(refused)")
    #expect(try work.read("anna/" + Self.rate) == before)
  }

  @Test("A new ledger says what to do next, and a mail address that is none is refused before anything is made")
  func begins() throws {
    let work = try Workplace()
    let refused = try work.kpi("init", "new", "--name", "Ana", "--email", "ana", "--currency", "EUR", expecting: [64])
    #expect(refused.errors.contains("'ana' is none") && !work.exists("new"))
    let said = try work.kpi("init", "new", "--name", "Ana", "--email", "ana@example.org", "--currency", "EUR").output
    #expect(said.contains("cd new") && said.contains("kpi define"), "\(said)")
    try work.kpi("define", "sales/win-rate", "--name", "Win rate", "--unit", "percent", in: "new")
    try work.kpi("record", "sales/win-rate", "2026-03", "25", in: "new")
    try work.kpi("check", in: "new", expecting: [0])
  }

  @Test("A shell is offered the KPIs and departments there are, and what is held")
  func completions() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna"])
    let script = try work.kpi("--generate-completion-script", "bash").output
    #expect(script.contains("settle") && script.contains("---completion"))
    let offered = try work.kpi(
      "---completion", "remove", "--", "positional@0", "2", "0", "kpi", "remove", "", in: "anna")
    #expect(offered.output.contains("sales/win-rate") && offered.output.contains("sales\n"), "\(offered.output)")
  }

  @Test("merge-file merges a definition's calculation as one key, wherever the copies lie")
  func mergeFile() throws {
    let work = try Workplace()
    let base = "name: A\nunit: percent\ndirection: higher\nperiod: month\n"
    try work.write(base, to: "base.yaml")
    try work.write(base.replacingOccurrences(of: "percent", with: "count"), to: "hub.yaml")
    try work.write(base.replacingOccurrences(of: "higher", with: "lower"), to: "local.yaml")
    let merged = try work.kpi("merge-file", "base.yaml", "hub.yaml", "local.yaml", expecting: [1])
    #expect(merged.errors.contains("calculation") && merged.output.contains("direction: higher"))
    try work.write("a,b\n1,2\n", to: "x.csv")
    let strange = try work.kpi("merge-file", "x.csv", "x.csv", "x.csv", "--key", "aa", expecting: [64]).errors
    #expect(strange.contains("No version has a column 'aa'"), "\(strange)")
  }
}
