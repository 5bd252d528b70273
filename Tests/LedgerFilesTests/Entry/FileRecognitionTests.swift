import Testing

@testable import LedgerFiles

@Suite("Where in a ledger a file that was taken out of it would stand")
struct FileRecognitionTests {
  private func path(_ names: [String], _ versions: String...) -> String {
    FileRecognition.path(names: names, versions: versions.map { Array($0.utf8) })
  }

  private static let definition = "name: Win rate\nunit: percent\ndirection: higher\nperiod: month\n"

  @Test("The end of a name that is a path of the layout decides")
  func byName() {
    let names = ["hub.yaml", "/tmp/x/departments/sales/kpis/win-rate.yaml"]
    #expect(path(names, "a: 1\n") == "departments/sales/kpis/win-rate.yaml")
  }

  @Test("Else what all versions look like; an empty one says nothing")
  func byContent() {
    #expect(path(["hub.yaml"], Self.definition, "", Self.definition) == "departments/copy/kpis/copy.yaml")
    #expect(path(["hub.csv"], "period,value\n2026-01,1\n", "period,value\n") == "departments/copy/actuals/copy.csv")
  }

  @Test("What only some versions look like, or other programs' files, are no files of a ledger")
  func others() {
    #expect(path(["hub.yaml"], Self.definition, "name: x\nversion: 2\n") == "hub.yaml")
    #expect(path(["hub.csv"], "period,value\nsoon,1\n") == "hub.csv")
    #expect(path(["hub.csv"], "Year,Region\n2026,north\n") == "hub.csv")
    #expect(path(["hub.txt"], Self.definition) == "hub.txt")
    #expect(path(["hub.yaml"], "name: [\n") == "hub.yaml")
  }
}
