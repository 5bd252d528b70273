import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import LedgerStore

@Suite struct SourceCheckTests {
  private func faulty() throws -> LedgerStage {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 6, kpis: 12))
    for number in 0..<6 {
      try stage.write("name: [broken\n", to: "departments/dept-\(number)/kpis/kpi-\(number).yaml")
      try stage.write("period,value\n2026-01,x\n", to: "departments/dept-\(number)/actuals/kpi-11.csv")
    }
    try stage.write("name: No goal\nclass: kpi\ngoal: missing\n", to: "departments/dept-1/kpis/kpi-9.yaml")
    return stage
  }

  private func check(_ stage: LedgerStage) -> SourceCheck {
    let folder = stage.folder
    return SourceCheck { FolderSource(folder) }
  }

  @Test func manyThreadsFindWhatOneFinds() throws {
    let stage = try faulty()
    let alone = LedgerCheck.findings(in: LedgerView(FolderSource(stage.folder)))
    #expect(alone.count > 12)
    #expect(try check(stage).findings() == alone)
  }

  @Test func aMissingFileOfEveryLedgerIsFound() throws {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 1))
    try FileManager.default.removeItem(atPath: stage.path("goals.yaml"))
    #expect(try check(stage).findings().contains { $0.rule == "missing-file" && $0.file == "goals.yaml" })
  }

  @Test func foldersStandForTheirFiles() throws {
    let stage = try faulty()
    let check = check(stage)
    let files = check.files(below: ["departments/dept-0/kpis", "goals.yaml"])
    #expect(files.count == 13)
    #expect(files.contains("goals.yaml"))
    #expect(check.files(below: [""]) == check.files(below: []))
    withExtendedLifetime(stage) {}
  }

  @Test func fixingChangesTheFormAndKeepsTheMeaning() throws {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 2))
    let path = "departments/dept-0/actuals/kpi-0.csv"
    try stage.write("\u{FEFF}period;value\r\nJan-26;90,5\r\nFeb-26;1.100,0\r\n", to: path)
    let (check, form) = (check(stage), FolderForm(stage.folder))
    let before = try LedgerTree(folder: stage.folder).ledger.actuals[KPIID("dept-0/kpi-0")!]
    #expect(try form.fix(check.files(below: [])) == [path])
    #expect(stage.read(path) == "period,value\n2026-01,90.5\n2026-02,1100\n")
    #expect(try LedgerTree(folder: stage.folder).ledger.actuals[KPIID("dept-0/kpi-0")!] == before)
    #expect(try form.fix(check.files(below: [])).isEmpty)
  }

  @Test func aLinkIsNotWrittenThrough() throws {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 1))
    try stage.write("goals:\r\n  grow: {name: Grow}\r\n", to: "elsewhere.txt")
    try FileManager.default.removeItem(atPath: stage.path("goals.yaml"))
    try FileManager.default.createSymbolicLink(
      atPath: stage.path("goals.yaml"), withDestinationPath: stage.path("elsewhere.txt"))
    #expect(try FolderForm(stage.folder).fix(["goals.yaml"]).isEmpty)
    #expect(stage.read("elsewhere.txt") == "goals:\r\n  grow: {name: Grow}\r\n")
  }
}
