import Calculation
import Foundation
import Git
import Hub
import LedgerModel
import Testing

/// The next edition writes what has changed, and is what the whole ledger gives.
@Suite struct NextEditionTests {
  let stage: HubStage
  let hub: LedgerHub

  init() throws {
    stage = try HubStage()
    hub = try LedgerHub(at: stage.hubPath)
    _ = try stage.clone("bo")
    try stage.commit(
      [
        "departments/sales/actuals/new-orders.csv": "period,value,status,note\n2026-01,4,,\n2026-02,30,,\n",
        "departments/emea/department.yaml": "name: EMEA\nhead: head-of-sales\nparent: sales\nmembers: [ana]\n",
        "departments/emea/kpis/calls.yaml": SampleFiles.definition(name: "Calls"),
        "departments/emea/actuals/calls.csv": "period,value,status,note\n2026-01,30,,\n2026-02,24,,\n",
        "departments/supply/department.yaml": "name: Supply\nhead: head-of-sales\nmembers: [ana]\n",
        "departments/supply/kpis/stock.yaml": SampleFiles.definition(name: "Stock"),
        "departments/supply/actuals/stock.csv": "period,value,status,note\n2026-01,30,,\n2026-02,24,,\n",
        "departments/group/department.yaml": "name: Group\nhead: head-of-sales\nmembers: [ana]\n",
        "departments/group/kpis/rate.yaml": SampleFiles.definition(name: "All")
          + "consolidates: {from: [sales/win-rate], by: sum}\n",
      ], in: "bo")
    try stage.push("main", from: "bo")
  }

  /// Publishes, verifies, and names the files that are others than before.
  @discardableResult
  private func publish(on day: String = "2026-03-10", program: String? = "build") throws -> [String] {
    let (date, before) = (try #require(Day(day)), try hub.published())
    let outcome = try Publisher(hub: hub, version: "1", program: program, now: HubStage.now) { _ in date }.publish()
    guard case .published(let tip, _) = outcome else { return [] }
    #expect(try Verification(of: tip, in: hub.repository.objects).differing == [])
    guard before != nil else { return [] }
    return try stage.git("diff", "--name-only", "scorecard~1", "scorecard", in: "hub.git").split(separator: "\n")
      .map(String.init)
  }

  private func change(_ files: [String: String?]) throws {
    try stage.commit(files, in: "bo")
    try stage.push("main", from: "bo")
  }

  private func files(_ names: String...) -> [String] {
    names.flatMap { name in ["csv", "html", "json", "md"].map { "\(name).\($0)" } }.sorted()
  }

  @Test func oneRowChangesTheCompanyItsDepartmentAndThoseAbove() throws {
    try publish()
    try change(["departments/emea/actuals/calls.csv": "period,value,status,note\n2026-01,30,,\n2026-02,29,,\n"])
    #expect(try publish() == files("company", "departments/emea", "departments/sales"))
    let source = try stage.git("show", "scorecard:departments/supply.json", in: "hub.git")
    #expect(
      source.contains(try stage.tip("main~1").description), "it names the commit since when nothing has changed in it")
  }

  @Test func whatIsMadeOfAChangedFigureChangesToo() throws {
    try publish()
    try change([SampleFiles.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,29,,\n"])
    #expect(try publish() == files("company", "departments/group", "departments/sales"))
  }

  @Test func aChangeThatNoFigureRestsOnWritesNoFile() throws {
    try publish()
    try change(["departments/sales/actions/a.yaml": nil, "README.md": "Hello\n"].filter { $0.value != nil })
    #expect(try publish() == [])
    let message = try stage.git("log", "-1", "--format=%B", "scorecard", in: "hub.git")
    #expect(message.contains("Source: \(try stage.tip("main"))"))
  }

  @Test func anotherDayOrGoalOrDepartmentChangesEverything() throws {
    try publish()
    let all = files(
      "company", "departments/emea", "departments/group", "departments/sales", "departments/supply")
    #expect(try publish(on: "2026-03-11") == all)
    try change([
      "departments/emea/department.yaml": "name: Europe\nhead: head-of-sales\nparent: sales\nmembers: [ana]\n"
    ])
    #expect(try publish(on: "2026-03-11") == all)
  }

  @Test func aDepartmentThatGoesTakesItsFilesAlong() throws {
    try publish()
    try change([
      "departments/supply/department.yaml": nil, "departments/supply/kpis/stock.yaml": nil,
      "departments/supply/actuals/stock.csv": nil,
    ])
    try publish()
    #expect(!(try stage.git("ls-tree", "-r", "--name-only", "scorecard", in: "hub.git")).contains("supply"))
  }

  @Test func withoutWhatWasKeptTheFiguresAreTheSame() throws {
    try publish()
    try change([SampleFiles.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,29,,\n"])
    try FileManager.default.removeItem(atPath: stage.hubPath + "/kpi/cache")
    try publish()
    try change([SampleFiles.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,28,,\n"])
    try Data("rubbish".utf8).write(to: URL(fileURLWithPath: stage.hubPath + "/kpi/cache/roll-up.sqlite"))
    try publish()
    try change([SampleFiles.actuals: "period,value,status,note\n2026-01,30,,\n2026-02,27,,\n"])
    #expect(try publish(program: nil).count == 20)
  }

  @Test func aFileThatNamesAnOlderCommitHasToBeThatCommitsFile() throws {
    try publish()
    try change(["departments/emea/actuals/calls.csv": "period,value,status,note\n2026-01,30,,\n2026-02,29,,\n"])
    try publish()
    // Somebody puts the older, otherwise right, name of the source into a file of this edition.
    let (old, new) = (try stage.tip("main~1").description, try stage.tip("main").description)
    try stage.git("clone", "-q", "-b", "scorecard", stage.hubPath, "forger", in: "")
    let file = stage.folder + "/forger/departments/emea.json"
    let text = try String(contentsOfFile: file, encoding: .utf8).replacingOccurrences(of: new, with: old)
    let message = try stage.git("log", "-1", "--format=%B", "scorecard", in: "hub.git")
    let forged = try stage.commit(["departments/emea.json": text], in: "forger", message: message)
    let objects = try Repository.open(stage.folder + "/forger").objects
    try stage.git("fetch", "-q", "origin", "main", in: "forger")
    #expect(try Verification(of: forged, in: objects).differing == ["departments/emea.json"])
  }
}
