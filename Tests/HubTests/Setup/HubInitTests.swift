import Foundation
import Git
import Hub
import LedgerFiles
import LedgerModel
import LedgerStore
import Testing

@Suite struct HubInitTests {
  let folder = NSTemporaryDirectory() + "kpi-init-\(UUID().uuidString)"
  var path: String { folder + "/acme.git" }
  let ana = Author(name: "Ana Ruiz", email: "ana@example.com")

  @Test func beginsWithALedgerWithoutFault() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let report = try HubInit(path: path, admin: ana).run(at: GitTime(seconds: 1_770_000_000))
    #expect(report.files == ["goals.yaml", "ledger.yaml", "people.yaml"])
    #expect(report.warnings.isEmpty)
    let hub = try LedgerHub(at: path)
    #expect(try hub.tip() == report.commit)
    #expect(hub.repository.isBare)
    let commit = try hub.repository.objects.commit(report.commit)
    #expect(commit.author.description == "Ana Ruiz <ana@example.com>")
    let view = LedgerView(TreeSource(hub.repository.objects, tree: commit.tree))
    #expect(LedgerCheck.findings(in: view).isEmpty)
    #expect(view.settings.value?.company == "acme")
    #expect(view.people.value?.roles[Role.administrator]?.holder == "ana-ruiz")
    #expect(view.people.value?.roles[Role.controller]?.holder == "ana-ruiz")
  }

  @Test(arguments: ["Señor \"X\": #1", "yes", "- a", "{b}", "12"])
  func namesAreWrittenSoThatTheyAreReadAgain(name: String) throws {
    let files = FirstFiles(company: name, currency: "EUR", admin: Author(name: name, email: "x@example.com")).files
    let view = LedgerView(FilesInMemory(files))
    #expect(LedgerCheck.findings(in: view).isEmpty)
    #expect(view.settings.value?.company == name)
    #expect(view.people.value?.people.values.first?.name == name)
  }

  @Test func whatIsThereIsLeftAlone() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: path + "/letter.txt"))
    #expect(throws: HubFault.occupied(path)) { try HubInit(path: path, admin: ana).run(at: GitTime(seconds: 0)) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["letter.txt"])
  }

  @Test func aLedgerWithErrorsBecomesNoHub() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stage = try HubStage()
    try stage.write("company: [\n", to: "ledger.yaml", in: "ledger")
    var plan = HubInit(path: path, admin: ana)
    plan.importing = stage.folder + "/ledger"
    let fault = #expect(throws: HubFault.self) { try plan.run(at: GitTime(seconds: 0)) }
    guard case .doesNotValidate(let findings)? = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(findings.contains { $0.file == "ledger.yaml" && $0.severity == .error })
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func anImportedLedgerKeepsItsFilesAndGetsAnAdministrator() throws {
    let stage = try HubStage()
    try stage.write("# who\npeople: {}\nroles:\n  controller: {name: Desk}  # kept\n", to: "people.yaml", in: "ledger")
    try stage.write("x", to: "notes.txt", in: "ledger")
    for path in [SampleFiles.winRate, SampleFiles.orders, "departments/sales/department.yaml"] {
      try FileManager.default.removeItem(atPath: stage.folder + "/ledger/" + path)
    }
    try FileManager.default.removeItem(atPath: stage.folder + "/ledger/departments")
    var plan = HubInit(path: stage.folder + "/second.git", admin: ana)
    plan.importing = stage.folder + "/ledger"
    let report = try plan.run(at: GitTime(seconds: 1_770_000_000))
    #expect(report.leftOut == ["notes.txt"])
    let people = try stage.git("show", "main:people.yaml", in: "second.git")
    #expect(people.hasPrefix("# who\n"))
    #expect(people.contains("# kept"))
    let view = LedgerView(FilesInMemory(["people.yaml": Array(people.utf8)]))
    #expect(view.people.value?.roles[Role.administrator]?.holder == "ana-ruiz")
    #expect(view.people.value?.roles[Role.controller]?.holder == "ana-ruiz")
    #expect(try stage.git("show", "main:ledger.yaml", in: "second.git") + "\n" == SampleFiles.all["ledger.yaml"])
  }

  @Test func gitFindsNothingWrongWithIt() throws {
    let stage = try HubStage()
    try stage.git("fsck", "--strict", in: "hub.git")
    #expect(try stage.git("config", "receive.denyDeletes", in: "hub.git") == "true")
    #expect(try stage.git("symbolic-ref", "HEAD", in: "hub.git") == "refs/heads/main")
    for hook in HookScripts.all.keys where hook != "post-receive" {
      #expect(FileManager.default.isExecutableFile(atPath: stage.hubPath + "/hooks/" + hook))
    }
  }

  @Test func nothingIsLeftBesideAHub() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = try HubInit(path: path + "/", admin: ana).run(at: GitTime(seconds: 1_770_000_000))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["acme.git"])
    #expect(FileManager.default.isExecutableFile(atPath: path + "/hooks/pre-receive"))
  }

  @Test func aFolderThatIsThereIsFilledWithTheScriptsFirst() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let report = try HubInit(path: path + "/.", admin: ana).run(at: GitTime(seconds: 1_770_000_000))
    #expect(try LedgerHub(at: path).tip() == report.commit)
    #expect(FileManager.default.isExecutableFile(atPath: path + "/hooks/pre-receive"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["acme.git"])
  }

  @Test func whoCannotStandInACommitAdministratesNothing() throws {
    for admin in [Author(name: "A <b>", email: "a@example.com"), Author(name: "Ana", email: "ana")] {
      #expect(throws: HubFault.self) { try HubInit(path: path, admin: admin).run(at: GitTime(seconds: 0)) }
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
