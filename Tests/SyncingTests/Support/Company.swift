import Foundation
import Git
import LedgerModel
import Synchronization
import Testing

@testable import Syncing

/// A hub without hooks and clones of it, in a temporary folder, with a clock that only the test moves.
final class Company {
  let folder: String
  let hub: String
  private static let clock = Mutex<Int64>(1_780_000_000)

  /// The environment of every `git`: nobody's configuration, no terminal.
  let environment: [String: String]

  init(_ files: [String: String] = Company.sales) throws {
    folder = NSTemporaryDirectory() + "kpi-sync-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder + "/home",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
    ]
    hub = folder + "/hub.git"
    let repository = try Repository.initialise(hub, bare: true)
    let tree = try TreeWriter.write(
      base: nil, changes: try files.mapValues { TreeEntry(id: try repository.objects.writeBlob(Array($0.utf8))) },
      to: repository.objects)
    let office = Signature(
      name: "Office", email: "office@example.org", time: GitTime(seconds: Self.clock.withLock { $0 }))
    let commit = try repository.objects.writeCommit(
      tree: tree, parents: [], author: office, committer: office, message: "The ledger\n")
    try repository.setReference("refs/heads/main", to: commit, message: "first")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func person(_ name: String) throws -> Desk {
    let place = folder + "/" + name
    try git(["clone", "-q", hub, place], in: folder)
    try git(["config", "user.name", name.capitalized], in: place)
    try git(["config", "user.email", "\(name)@example.org"], in: place)
    return Desk(folder: place, company: self)
  }

  @discardableResult
  func git(_ arguments: [String], in place: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: place)
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments): \(text)")
    return text
  }

  /// A file as the hub has it; nil where it has none.
  func atHub(_ path: String) throws -> String? {
    let objects = try Repository.open(hub).objects
    let tip = try #require(try Repository.open(hub).target(of: "refs/heads/main"))
    return try objects.entry(at: path, in: objects.commit(tip).tree).map {
      String(decoding: try objects.blob($0.id), as: UTF8.self)
    }
  }

  /// The paths of the proposals that the hub has.
  func proposals() throws -> [String] {
    let repository = try Repository.open(hub)
    let tip = try #require(try repository.target(of: "refs/heads/main"))
    return try repository.objects.files(in: repository.objects.commit(tip).tree, under: "proposals").map(\.path)
  }

  /// Every moment is later than the one before.
  static func now() -> GitTime {
    GitTime(
      seconds: clock.withLock { time in
        time += 7; return time
      })
  }

  static let sales: [String: String] = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits: {percent: {symbol: \"%\"}}\n",
    "people.yaml": """
    people:
      office: {name: Office, emails: [office@example.org]}
      anna: {name: Anna, emails: [anna@example.org]}
      ben: {name: Ben, emails: [ben@example.org]}
      dora: {name: Dora, emails: [dora@example.org]}
    roles:
      administrator: {holder: office}
      controller: {holder: office}
      head-of-sales: {holder: anna, deputy: ben}

    """,
    "goals.yaml": "goals:\n  grow: {name: Grow}\n",
    "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [dora]\n",
    "departments/sales/kpis/win-rate.yaml": """
    name: Win rate
    class: kpi
    goal: grow
    priority: 1
    owner: head-of-sales   # one role
    decision: Shift capacity
    unit: percent
    direction: higher
    period: month
    targets: {2026: 25, 2026-Q3: 27}
    review: {cadence: month}
    status: active

    """,
    "departments/sales/actuals/win-rate.csv": "period,value,status,note\n2026-01,20,,\n2026-02,22,,\n",
  ]
}

/// A person's clone.
struct Desk {
  let folder: String
  let company: Company

  static let rate = "departments/sales/kpis/win-rate.yaml"
  static let figures = "departments/sales/actuals/win-rate.csv"

  func read(_ path: String) throws -> String { try String(contentsOfFile: folder + "/" + path, encoding: .utf8) }

  func write(_ text: String, to path: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func replace(_ old: String, _ new: String, in path: String) throws {
    let text = try read(path)
    try #require(text.contains(old))
    try write(text.replacingOccurrences(of: old, with: new), to: path)
  }

  /// Syncs.
  /// - Parameters:
  ///   - tools: a folder whose `git` is run instead.
  ///   - time: what this computer's clock says; nil: what everybody's says.
  @discardableResult
  func sync(
    through tools: String? = nil, at time: Int64? = nil, _ change: (inout Sync.Options) -> Void = { _ in }
  ) async throws -> SyncReport {
    var options = Sync.Options()
    change(&options)
    var environment = company.environment
    if let tools { environment["PATH"] = "\(tools):\(environment["PATH"] ?? "")" }
    let surroundings = Surroundings(
      environment: environment, now: { time.map { GitTime(seconds: $0) } ?? Company.now() }, pause: { _ in },
      progress: { _ in })
    return try await Sync(LedgerClone(containing: folder), surroundings: surroundings, options: options).run()
  }

  func tip() throws -> ObjectID? { try LedgerClone(containing: folder).tip() }

  /// Whether git sees nothing to do in this clone, and all is sound.
  func isClean() throws -> Bool {
    try company.git(["fsck", "--no-dangling", "--no-progress"], in: folder)
    return try company.git(["status", "--porcelain"], in: folder).isEmpty
  }
}
