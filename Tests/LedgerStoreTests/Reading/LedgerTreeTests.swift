import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import LedgerStore

@Suite struct LedgerTreeTests {
  @Test(arguments: [(1, 2), (12, 20)])
  func treeFolderAndReaderAgree(departments: Int, kpis: Int) throws {
    let files = Sample.ledger(departments: departments, kpis: kpis)
    let stage = try LedgerStage()
    try stage.write(files)
    let tree = try LedgerTree(stage.tree(files), in: stage.objects)
    let folder = try LedgerTree(folder: stage.folder)
    let read = LedgerReader.read(files.map { ($0.key, Array($0.value.utf8)) })
    #expect(tree.ledger.definitions.count == departments * kpis)
    #expect(Meaning(tree.ledger) == Meaning(read.ledger))
    #expect(Meaning(folder.ledger) == Meaning(read.ledger))
    #expect(tree.findings.isEmpty)
    #expect(folder.findings.isEmpty)
  }

  @Test func whatCannotBeReadIsAFindingAndTheRestIsThere() throws {
    var files = Sample.ledger(departments: 2, kpis: 2)
    files["departments/dept-0/kpis/kpi-0.yaml"] = "name: [broken\n"
    files["departments/dept-1/actuals/kpi-1.csv"] = "period,value\n2026-01,abc\n2026-02,7\n"
    let stage = try LedgerStage()
    let read = try LedgerTree(stage.tree(files), in: stage.objects)
    #expect(read.ledger.definitions.count == 3)
    #expect(
      Set(read.findings.map(\.file)) == ["departments/dept-0/kpis/kpi-0.yaml", "departments/dept-1/actuals/kpi-1.csv"])
    let actuals = try #require(read.ledger.actuals[KPIID("dept-1/kpi-1")!])
    #expect(actuals.values(of: "value") == [7])
  }

  @Test func actualsAreReadAsTheirDefinitionSays() throws {
    let files = Sample.frame.merging([
      "departments/sales/department.yaml": "name: Sales\n",
      "departments/sales/kpis/visits.yaml": Sample.definition("Visits", extra: "dimensions: [territory]\n"),
      "departments/sales/actuals/visits.csv":
        "period,territory,value,status,note\n2026-01,north,5,,\n2026-01,south,6,,\n",
    ]) { $1 }
    let stage = try LedgerStage()
    let read = try LedgerTree(stage.tree(files), in: stage.objects)
    let actuals = try #require(read.ledger.actuals[KPIID("sales/visits")!])
    #expect(actuals.dimensions.map(\.name) == ["territory"])
    #expect(actuals.dimensions.first?.values == ["north", "south"])
  }

  @Test func linksInATreeAreNotFollowed() throws {
    var files = Sample.ledger(departments: 1, kpis: 1)
    files["departments/dept-0/kpis/linked.yaml"] = "kpi-0.yaml"
    let stage = try LedgerStage()
    let tree = try stage.tree(files, modes: ["departments/dept-0/kpis/linked.yaml": .symbolicLink])
    #expect(try LedgerTree(tree, in: stage.objects).ledger.definitions.count == 1)
  }

  @Test func aMissingObjectIsThrown() throws {
    let stage = try LedgerStage()
    #expect(throws: GitError.self) {
      try LedgerTree(ObjectID("0123456789012345678901234567890123456789")!, in: stage.objects)
    }
  }

  @Test func aPartHasWhatItsFiguresNeedAndNothingElse() throws {
    var files = Sample.ledger(departments: 3, kpis: 3)
    files["departments/dept-0/kpis/total.yaml"] = Sample.definition(
      "Total", extra: "consolidates: {from: [\"*/kpi-1\"], by: sum}\n")
    files["departments/dept-1/kpis/kpi-1.yaml"] = Sample.definition(
      "Share", extra: "formula: value / kpi(dept-2/kpi-2)\n")
    let stage = try LedgerStage()
    try stage.write(files)
    let source = TreeSource(stage.objects, tree: try stage.tree(files))
    let part = LedgerTree(.kpi(KPIID("dept-0/total")!), from: source)
    let needed = ["dept-0/total", "dept-0/kpi-1", "dept-1/kpi-1", "dept-2/kpi-1", "dept-2/kpi-2"]
    #expect(part.ledger.definitions.keys.sorted().map(\.description) == needed.sorted())
    #expect(part.ledger.goals.count == 1)
    #expect(part.ledger.departments.count == 3)
    #expect(
      Meaning(LedgerTree(.kpi(KPIID("dept-0/total")!), from: FolderSource(stage.folder)).ledger) == Meaning(part.ledger)
    )
  }
}
