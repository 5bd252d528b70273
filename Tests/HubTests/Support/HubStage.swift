import Foundation
import Git
import Hub
import LedgerModel
import LedgerStore
import Merging
import Testing

/// A hub made by `HubInit` with the real hooks in it, and clones of it that are used with plain `git`: what anybody
/// could do to a hub. No configuration of the machine or the user is read.
final class HubStage: Sendable {
  let folder: String
  let hubPath: String
  let environment: [String: String]
  static let admin = Author(name: "Ana Ruiz", email: "ana@example.com")

  /// The `kpi` that the build made, beside the tests.
  static var program: String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("kpi").path
  }

  static var now: GitTime { GitTime(seconds: Int64(Date().timeIntervalSince1970)) }

  init(publishing: Bool = false) throws {
    folder = NSTemporaryDirectory() + "kpi-hub-\(UUID().uuidString)"
    hubPath = folder + "/hub.git"
    try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder + "/home",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C", "TZ": "UTC",
      "GIT_AUTHOR_NAME": "Bo Lind", "GIT_AUTHOR_EMAIL": "bo@example.com",
      "GIT_COMMITTER_NAME": "Bo Lind", "GIT_COMMITTER_EMAIL": "bo@example.com",
    ]
    try LibGit2.searchConfiguration(home: "", xdg: "", system: "")
    try FileManager.default.createDirectory(atPath: folder + "/ledger", withIntermediateDirectories: true)
    for (path, text) in SampleFiles.all { try write(text, to: path, in: "ledger") }
    var plan = HubInit(path: hubPath, admin: Self.admin)
    plan.importing = folder + "/ledger"
    plan.program = Self.program
    _ = try plan.run(at: Self.now)
    if !publishing { try FileManager.default.removeItem(atPath: hubPath + "/hooks/post-receive") }
  }

  /// A stage with a hub and clones of its own that are as another's are now.
  init(copying other: HubStage) throws {
    folder = NSTemporaryDirectory() + "kpi-hub-\(UUID().uuidString)"
    hubPath = folder + "/hub.git"
    environment = other.environment.mapValues { [folder] in
      $0.replacingOccurrences(of: other.folder, with: folder)
    }
    try FileManager.default.copyItem(atPath: other.folder, toPath: folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let config = folder + "/" + name + "/.git/config"
      guard let text = try? String(contentsOfFile: config, encoding: .utf8) else { continue }
      try text.replacingOccurrences(of: other.folder, with: folder).write(
        toFile: config, atomically: true, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  // MARK: Git

  struct Result {
    let status: Int32
    let output: String
    let errors: String

    /// The rules by which a hub said that it refuses.
    var rules: Set<String> {
      Set(
        errors.split(separator: "\n").compactMap { line in
          // git pads what a hub says with blanks.
          guard let end = line.lastIndex(of: "]"), line.hasPrefix("remote:"), let start = line.lastIndex(of: "[") else {
            return nil
          }
          return String(line[line.index(after: start)..<end])
        })
    }
  }

  /// Runs a program in a folder of the stage.
  @discardableResult
  func run(_ program: String, _ arguments: [String], in name: String, adding more: [String: String] = [:]) throws
    -> Result
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder + "/" + name)
    process.environment = environment.merging(more) { $1 }
    let (output, errors) = (folder + "/out-\(UUID().uuidString)", folder + "/err-\(UUID().uuidString)")
    for file in [output, errors] { #expect(FileManager.default.createFile(atPath: file, contents: nil)) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = { (file: String) in
      String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: text(output), errors: text(errors))
  }

  /// Runs git, which must succeed; what it printed, without the last line break.
  @discardableResult
  func git(
    _ arguments: String..., in name: String, adding more: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try run("git", arguments, in: name, adding: more)
    try #require(result.status == 0, "git \(arguments): \(result.errors)", sourceLocation: sourceLocation)
    return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
  }

  /// A clone of the hub as it is now.
  func clone(_ name: String) throws -> Repository {
    try git("clone", "-q", hubPath, name, in: "")
    return try Repository.open(folder + "/" + name)
  }

  func write(_ text: String, to path: String, in name: String) throws {
    let target = folder + "/" + name + "/" + path
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: target))
  }

  /// Writes files, removes those set to nil, and commits everything.
  @discardableResult
  func commit(
    _ files: [String: String?], in name: String, message: String = "change", adding more: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ObjectID {
    for (file, text) in files {
      if let text {
        try write(text, to: file, in: name)
      } else {
        try FileManager.default.removeItem(atPath: folder + "/" + name + "/" + file)
      }
    }
    try git("add", "-A", in: name, sourceLocation: sourceLocation)
    try git("commit", "-q", "--allow-empty", "-m", message, in: name, adding: more, sourceLocation: sourceLocation)
    return try tip(in: name)
  }

  func tip(_ revision: String = "HEAD", in name: String = "hub.git") throws -> ObjectID {
    try #require(ObjectID(try git("rev-parse", revision, in: name)))
  }

  /// Makes the merge that `kpi sync` would make, or one with something else in it.
  func merge(
    hub: ObjectID, local: ObjectID, in repository: Repository, adding more: [String: String] = [:],
    trailer: String = "Merge-Rules: 1", at time: GitTime = HubStage.now
  ) throws -> ObjectID {
    let history = GitHistory(repository.objects)
    let outcome = try #require(try LedgerMerge.of(history).outcome(hub: ContentID(hub), local: ContentID(local)))
    var tree = try TreeEdits.write(outcome.files, onto: history.stored(hub).tree, to: repository.objects)
    let extra = try more.mapValues { Optional(TreeEntry(id: try repository.objects.writeBlob(Array($0.utf8)))) }
    tree = try TreeWriter.write(base: tree, changes: extra, to: repository.objects)
    let signature = Signature(name: "Bo Lind", email: "bo@example.com", time: time)
    return try repository.objects.writeCommit(
      tree: tree, parents: [hub, local], author: signature, committer: signature,
      message: "Sync by Bo Lind\n\n\(trailer)\n")
  }

  // MARK: Pushes

  /// Pushes and expects the hub to take it.
  func push(_ what: String, from name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try run("git", ["push", "-q", "origin", what], in: name)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    let source = what.drop { $0 == "+" }.split(separator: ":").first.map(String.init) ?? what
    #expect(try tip("main") == tip(source, in: name), sourceLocation: sourceLocation)
  }

  /// Pushes and expects the hub to refuse by these rules, and to be as it was.
  /// - Returns: what whoever pushed was told
  @discardableResult
  func pushIsRefused(
    _ what: String..., from name: String, by rules: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = try state()
    let result = try run("git", ["push", "-q", "origin"] + what, in: name)
    #expect(result.status != 0, "was not refused", sourceLocation: sourceLocation)
    #expect(result.rules == Set(rules), "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try state() == before, "the hub has changed", sourceLocation: sourceLocation)
    return result.errors
  }

  /// Each file of the hub with its size, and where its names stand: a refused push leaves no object, no name, no part of
  /// a quarantine behind.
  func state() throws -> String {
    let files = try FileManager.default.subpathsOfDirectory(atPath: hubPath).sorted().map { path in
      let size = try FileManager.default.attributesOfItem(atPath: hubPath + "/" + path)[.size] as? Int ?? 0
      // Folders of objects stay behind, empty.
      return path.hasPrefix("objects/") && path.utf8.count == 10 ? "" : "\(path) \(size)"
    }
    return try files.joined(separator: "\n") + git("for-each-ref", in: "hub.git")
  }
}

/// A small ledger without a fault.
enum SampleFiles {
  static let all = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits:\n  percent: {decimals: 1}\n",
    "people.yaml": """
    people:
      ana: {name: Ana Ruiz, emails: [ana@example.com]}
      bo: {name: Bo Lind, emails: [bo@example.com]}
      cy: {name: Cy Ott, emails: [cy@example.com]}
    roles:
      administrator: {holder: ana, deputy: bo}
      controller: {holder: ana}
      head-of-sales: {holder: ana, deputy: bo}
    """ + "\n",
    "goals.yaml": "goals:\n  grow: {name: Grow revenue, owner: controller}\n",
    "departments/sales/department.yaml": "name: Sales\nhead: head-of-sales\nmembers: [ana, cy]\n",
    winRate: definition(),
    orders: definition(name: "New orders", unit: "EUR"),
    actuals: "period,value,status,note\n2026-01,30,,\n2026-02,24,,\n",
  ]

  static let winRate = "departments/sales/kpis/win-rate.yaml"
  static let orders = "departments/sales/kpis/new-orders.yaml"
  static let actuals = "departments/sales/actuals/win-rate.csv"

  static func definition(
    name: String = "Win rate", unit: String = "percent", target: String = "25", decision: String = "Shift capacity"
  ) -> String {
    """
    name: \(name)
    class: kpi
    goal: grow
    owner: head-of-sales
    decision: \(decision)
    unit: \(unit)
    direction: higher
    period: month
    targets: {2026: \(target)}
    review: {cadence: week, venue: Monday}
    status: active

    """
  }
}
