import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import LedgerStore

@Suite struct FolderSourceTests {
  @Test func whatIsNoFileOfALedgerIsNotThere() throws {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 1))
    try stage.write("x", to: "departments/dept-0/actuals/.~lock.kpi-0.csv#")
    try stage.write("x", to: "departments/dept-0/actuals/~$kpi-0.xlsx")
    try stage.write("x", to: ".hidden/file.yaml")
    let source = FolderSource(stage.folder)
    #expect(source.allPaths().sorted() == Sample.ledger(departments: 1, kpis: 1).keys.sorted())
    #expect(source.bytes(at: ".git/HEAD") == nil)
    #expect(!source.contains("departments/dept-0/actuals/~$kpi-0.xlsx"))
  }

  @Test func linksAreNeverFollowed() throws {
    let stage = try LedgerStage()
    let outside = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 1))
    try outside.write(Sample.ledger(departments: 1, kpis: 3))
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: stage.path("departments/dept-0/kpis/linked.yaml"),
      withDestinationPath: outside.path("departments/dept-0/kpis/kpi-1.yaml"))
    try files.createSymbolicLink(
      atPath: stage.path("departments/other"), withDestinationPath: outside.path("departments/dept-0"))
    let source = FolderSource(stage.folder)
    #expect(source.bytes(at: "departments/dept-0/kpis/linked.yaml") == nil)
    #expect(source.mode(of: "departments/dept-0/kpis/linked.yaml") == 0o120000)
    #expect(source.bytes(at: "departments/other/kpis/kpi-2.yaml") == nil)
    #expect(!source.contains("departments/other/kpis/kpi-2.yaml"))
    #expect(source.names(in: "departments/other").isEmpty)
    #expect(try LedgerTree(folder: stage.folder).ledger.definitions.count == 1)
  }

  @Test func onlyRegularFilesAreOpened() throws {
    let stage = try LedgerStage()
    #expect(mkfifo(stage.path("goals.yaml"), 0o600) == 0)
    #expect(FolderSource(stage.folder).bytes(at: "goals.yaml") == nil)
  }

  @Test func aHugeFileIsAFindingAndIsNotRead() throws {
    let stage = try LedgerStage()
    try stage.write(Sample.ledger(departments: 1, kpis: 1))
    let path = stage.path("departments/dept-0/kpis/kpi-0.yaml")
    #expect(truncate(path, 100_000_000_000) == 0)
    let read = try LedgerTree(folder: stage.folder)
    #expect(read.findings.map(\.rule) == ["file-too-large"])
    #expect(read.ledger.definitions.isEmpty)
  }

  @Test func modesAreThoseOfGit() throws {
    let stage = try LedgerStage()
    try stage.write(["goals.yaml": "goals: {}\n", "people.yaml": "people: {}\n"])
    chmod(stage.path("people.yaml"), 0o755)
    let source = FolderSource(stage.folder)
    #expect(source.mode(of: "goals.yaml") == 0o100644)
    #expect(source.mode(of: "people.yaml") == 0o100755)
    #expect(source.mode(of: "ledger.yaml") == nil)
    #expect(source.size(of: "goals.yaml") == 10)
  }
}
