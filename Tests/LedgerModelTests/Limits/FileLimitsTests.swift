import LedgerModel
import Testing

struct FileLimitsTests {
  private func rules(_ path: String, size: Int? = nil, mode: UInt32? = nil) -> [String] {
    FileLimits.standard.findings(for: path, size: size, mode: mode).map(\.rule)
  }

  @Test(
    "the layout's own paths are within the limits",
    arguments: [
      "ledger.yaml", "departments/sales/kpis/win-rate.yaml", "rates/EUR-USD.csv", "README.md", ".ci/run",
      "proposals/departments/sales/kpis/win-rate.yaml/0f3a.yaml", "docs/Übersicht.md",
    ])
  func ordinaryPaths(_ path: String) { #expect(rules(path, size: 100, mode: 0o100644) == []) }

  @Test(
    "names that some machine cannot store, or that hide the repository",
    arguments: [
      ".git/config", ".GIT/hooks", "a/.git/x", ".git./x", "git~1/x", "a//b", "a/../b", "./a", "tab\tname.csv",
      "con.yaml",
      "a/LPT1.csv", "what?.csv", "back\\slash", "trailing.", "trailing ", "zero\u{200B}width", "", "new\nline.yaml",
      "col:on.csv",
    ])
  func badNames(_ path: String) { #expect(rules(path).first == "bad-file-name") }

  @Test("names that only look reserved are fine", arguments: ["console.yaml", "com10.csv", ".gitignore", "lpt.txt"])
  func goodNames(_ path: String) { #expect(rules(path) == []) }

  @Test("lock files of spreadsheets", arguments: ["a/~$win-rate.csv", "a/.~lock.win-rate.csv#"])
  func lockFiles(_ path: String) { #expect(rules(path) == ["lock-file"]) }

  @Test func sizeDependsOnTheKindOfFile() {
    #expect(rules("goals.yaml", size: 1 << 20) == [])
    #expect(rules("goals.yaml", size: 1 << 20 + 1) == ["file-too-large"])
    #expect(rules("rates/EUR-USD.csv", size: 1 << 20 + 1) == [])
    #expect(rules("rates/EUR-USD.csv", size: 100_000_000) == ["file-too-large"])
  }

  @Test("only plain files", arguments: [0o100755, 0o120000, 0o160000, 0o040000] as [UInt32])
  func modes(_ mode: UInt32) { #expect(rules("goals.yaml", mode: mode) == ["bad-mode"]) }

  @Test func lengthAndDepth() {
    #expect(rules(String(repeating: "a", count: 201)) == ["bad-file-name"])
    #expect(rules(Array(repeating: "a", count: 11).joined(separator: "/")) == ["path-too-deep"])
    #expect(
      rules(Array(repeating: String(repeating: "a", count: 100), count: 5).joined(separator: "/")) == ["path-too-long"])
  }

  @Test func foldingFindsNamesThatAreOneOnSomeMachines() {
    #expect(FileName.folded("Win-Rate.yaml") == FileName.folded("win-rate.YAML"))
    #expect(FileName.folded("U\u{308}") == FileName.folded("ü"))
  }
}
