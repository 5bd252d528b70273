import Foundation
import Git
import LedgerFiles
import LedgerModel
import Testing

/// A ledger in a temporary folder of its own: as files, and as a commit in a real repository beside them. No
/// configuration of the machine or the user counts.
final class LedgerStage {
  let folder: String
  let repository: Repository

  init() throws {
    try LibGit2.searchConfiguration(home: "", xdg: "", system: "")
    folder = NSTemporaryDirectory() + "kpi-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    repository = try Repository.initialise(folder, bare: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var objects: ObjectDatabase { repository.objects }

  func path(_ file: String) -> String { folder + "/" + file }

  func write(_ text: String, to file: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path(file) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(file)))
  }

  func write(_ files: [String: String]) throws {
    for (file, text) in files { try write(text, to: file) }
  }

  func read(_ file: String) -> String? {
    FileManager.default.contents(atPath: path(file)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The tree that holds these files; each with a mode of its own where one is given.
  func tree(_ files: [String: String], modes: [String: FileMode] = [:]) throws -> ObjectID {
    let entries = try files.map { path, text in
      (path, TreeEntry?(TreeEntry(id: try objects.writeBlob(Array(text.utf8)), mode: modes[path] ?? .file)))
    }
    return try TreeWriter.write(
      base: nil, changes: Dictionary(entries, uniquingKeysWith: { $1 }), to: objects)
  }
}

/// Small ledgers.
enum Sample {
  static let frame: [String: String] = [
    "ledger.yaml":
      "company: Acme\ncurrency: EUR\nunits: {percent: {symbol: \"%\"}, count: {decimals: 0}}\nmerge_rules: 1\n",
    "people.yaml": """
    people:
      ana: {name: Ana Ruiz, emails: [ana@example.com]}
    roles:
      administrator: {holder: ana}
      controller: {holder: ana}
      head-of-sales: {holder: ana}

    """,
    "goals.yaml": "goals:\n  grow: {name: Grow, weight: 1}\n",
  ]

  static func definition(_ name: String, extra: String = "") -> String {
    """
    name: \(name)
    class: kpi
    goal: grow
    owner: head-of-sales
    decision: Shift capacity
    unit: count
    direction: higher
    period: month
    targets: {2026: 1200}
    review: {cadence: month}
    status: active
    \(extra)
    """
  }

  static let actuals = "period,value,status,note\n2026-01,90,,\n2026-02,110,provisional,two days missing\n"

  /// A ledger of some departments with some KPIs each.
  static func ledger(departments: Int, kpis: Int) -> [String: String] {
    var files = frame
    for number in 0..<departments {
      let department = "departments/dept-\(number)/"
      files[department + "department.yaml"] = "name: Department \(number)\nhead: head-of-sales\nmembers: [ana]\n"
      for kpi in 0..<kpis {
        files[department + "kpis/kpi-\(kpi).yaml"] = definition("Measure \(number).\(kpi)")
        files[department + "actuals/kpi-\(kpi).csv"] = actuals
      }
    }
    return files
  }
}

/// What a ledger means, so that two can be compared.
struct Meaning: Equatable {
  let settings: LedgerSettings
  let people: People
  let goals: [String: Goal]
  let departments: [String: Department]
  let definitions: [KPIID: Definition]
  let actuals: [KPIID: Actuals]
  let proposals: [Proposal]

  init(_ ledger: Ledger) {
    settings = ledger.settings
    people = ledger.people
    goals = ledger.goals
    departments = ledger.departments
    definitions = ledger.definitions
    actuals = ledger.actuals
    proposals = ledger.proposals
  }
}
