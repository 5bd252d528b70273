import LedgerFiles
import LedgerModel
import Testing

/// What a change breaks elsewhere, and how little is read to find out.
struct ChangeTests {
  private func findings(_ changes: [String: String?]) throws -> [Finding] {
    let base = FilesInMemory(try Fixture.base.files())
    let after = LedgerOverlay(over: base, changes: changes.mapValues { $0.map { Array($0.utf8) } })
    return LedgerCheck.findings(changing: changes.keys, from: LedgerView(base), to: LedgerView(after))
  }

  private func edited(_ path: String, _ old: String, _ new: String) throws -> String {
    let text = String(decoding: try #require(try Fixture.base.files()[path]), as: UTF8.self)
    try #require(text.contains(old))
    return text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }

  private let winRate = "departments/sales/kpis/win-rate.yaml"
  private let newOrders = "departments/sales/kpis/new-orders.yaml"

  @Test func aGoalThatIsTakenAwayIsMissedWhereItIsNamed() throws {
    let found = try findings(["goals.yaml": "goals:\n  grow: {name: Grow, owner: controller}\n"])
    #expect(found.map(\.rule) == ["unknown-goal", "unknown-goal", "unknown-goal"])
    #expect(found.map(\.file).contains(winRate))
  }

  @Test func aRoleThatIsTakenAwayIsMissedInGoalsDepartmentsAndDefinitions() throws {
    let people = try edited("people.yaml", "  head-of-sales: {", "  head-of-selling: {")
    let files = Set(try findings(["people.yaml": people]).filter { $0.rule == "unknown-role" }.map(\.file))
    #expect(files.isSuperset(of: ["goals.yaml", "departments/sales/department.yaml", winRate, newOrders]))
  }

  @Test func aRemovedDefinitionIsMissedByWhatLeadsToItAndByItsActuals() throws {
    let found = try findings([newOrders: nil])
    #expect(found.map(\.rule) == ["actuals-without-definition", "unknown-kpi"])
  }

  @Test func anInputThatIsRenamedIsMissedInTheActuals() throws {
    let found = try findings([winRate: edited(winRate, "decided", "closed")])
    #expect(found.map(\.rule) == ["missing-column", "unknown-column"])
    #expect(Set(found.map(\.file)) == ["departments/sales/actuals/win-rate.csv"])
  }

  @Test func aUnitThatChangesIsMissedByARollUp() throws {
    let base = FilesInMemory(
      try Fixture(kind: "valid", name: "consolidation-by-wildcard").files())
    let path = "departments/emea/kpis/new-orders.yaml"
    let after = LedgerOverlay(over: base, changes: [path: Array(try edited(path, "unit: EUR", "unit: days").utf8)])
    let found = LedgerCheck.findings(changing: [path], from: LedgerView(base), to: LedgerView(after))
    #expect(found.map(\.rule) == ["unit-mismatch"])
    #expect(found.map(\.file) == [newOrders])
  }

  @Test func anOldFaultIsNoNewFinding() throws {
    let broken = try edited(winRate, "goal: grow-revenue", "goal: grow-reveneu")
    let base = FilesInMemory(try Fixture.base.files().merging([winRate: Array(broken.utf8)]) { $1 })
    let after = LedgerOverlay(over: base, changes: [winRate: Array(("# a comment above\n" + broken).utf8)])
    #expect(LedgerCheck.findings(changing: [winRate], from: LedgerView(base), to: LedgerView(after)) == [])
    #expect(LedgerCheck.findings(for: [winRate], in: LedgerView(after)).map(\.rule) == ["unknown-goal"])
  }

  @Test("an ordinary change reads what it refers to, and not the ledger")
  func costFollowsTheChange() throws {
    var files = try Fixture.base.files()
    for index in 0..<300 { files["departments/sales/kpis/copy-\(index).yaml"] = files[newOrders] }
    let counting = CountingSource(FilesInMemory(files))
    let text = try edited(winRate, "2026-Q3: 27", "2026-Q3: 28")
    let after = CountingSource(LedgerOverlay(over: counting, changes: [winRate: Array(text.utf8)]))
    let found = LedgerCheck.findings(changing: [winRate], from: LedgerView(counting), to: LedgerView(after))
    #expect(found == [])
    #expect(after.reads < 12 && counting.reads < 12)
  }

  @Test func aSubsetOfFilesCollidesWithWhatLiesBesideIt() throws {
    let found = try findings(["departments/sales/Kpis/win-rate.yaml": "name: Win rate\n"])
    #expect(found.contains { $0.rule == "case-collision" })
  }

  @Test func findingsAreSubtractedByNumber() {
    let one = Finding(.error, rule: "r", file: "f", at: Position(line: 1, column: 1), "m")
    let again = Finding(.error, rule: "r", file: "f", at: Position(line: 9, column: 1), "m")
    #expect([one, again].subtracting([one]) == [again])
    #expect([one].subtracting([again, one]) == [])
  }
}

/// Counts how many files are read.
private final class CountingSource: LedgerSource {
  private let base: any LedgerSource
  private(set) var reads = 0

  init(_ base: any LedgerSource) { self.base = base }

  func bytes(at path: String) -> [UInt8]? {
    reads += 1
    return base.bytes(at: path)
  }

  func names(in folder: String) -> [String] { base.names(in: folder) }
  func contains(_ path: String) -> Bool { base.contains(path) }
  func size(of path: String) -> Int? { base.size(of: path) }
}
