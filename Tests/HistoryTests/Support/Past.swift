import Calculation
import Foundation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Testing

@testable import History

/// A ledger's past in a real repository: commits by whoever, with a clock that counts minutes.
final class Past {
  let folder: String
  let repository: Repository
  private var clock: Int64 = 1_780_000_000

  static let ana = Author(name: "Ana Ruiz", email: "ana@example.com")
  static let bo = Author(name: "Bo Lind", email: "bo@example.com")

  init() throws {
    try LibGit2.searchConfiguration(home: "", xdg: "", system: "")
    folder = NSTemporaryDirectory() + "kpi-history-\(UUID().uuidString)"
    repository = try Repository.initialise(folder, bare: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var objects: ObjectDatabase { repository.objects }

  /// The second of the last commit.
  var now: Int64 { clock }

  /// Goes on to noon of a day, as `2026-03-05`.
  func wait(for day: String) throws {
    clock = Int64(try #require(Day(day)).daysSince1970) * 86_400 + 43_200
  }

  /// Lets the next commits be made earlier or later.
  func turnClock(by seconds: Int64) { clock += seconds }

  /// A commit that changes some files of its first parent; nil removes one.
  @discardableResult
  func commit(
    _ files: [String: String?], on parents: [ObjectID], by author: Author, sentBy committer: Author? = nil,
    _ message: String = "change"
  ) throws -> ObjectID {
    clock += 60
    let entries = try files.map { path, text in
      (path, try text.map { TreeEntry(id: try objects.writeBlob(Array($0.utf8))) })
    }
    let tree = try TreeWriter.write(
      base: try parents.first.map { try objects.commit($0).tree },
      changes: Dictionary(entries, uniquingKeysWith: { $1 }), to: objects)
    func signature(_ person: Author) -> Signature {
      Signature(name: person.name, email: person.email, time: GitTime(seconds: clock))
    }
    return try objects.writeCommit(
      tree: tree, parents: parents, author: signature(author), committer: signature(committer ?? author),
      message: message)
  }

  func audit(
    _ tip: ObjectID, hub: ObjectID? = nil, _ change: (inout AuditQuery) -> Void = { _ in }
  ) throws -> [AuditEntry] {
    var query = AuditQuery()
    change(&query)
    return try Audit(objects).entries(endingAt: tip, hub: hub, query)
  }

  /// Where a KPI's values come from, under all the names that it had.
  func blame(_ tip: ObjectID, _ id: KPIID = WinRate.id) throws -> Blame {
    let view = LedgerView(TreeSource(objects, tree: try objects.commit(tip).tree))
    let was = view.definition(id).value?.was ?? []
    let documents = try [id.definitionPath, id.actualsPath].compactMap { path in
      try document(path, in: tip).map { (path, $0) }
    }
    return Blame(of: documents, entries: try audit(tip) { $0.kpis = [id] + was })
  }

  /// A file as its keys; nil where a commit does not have it.
  func document(_ path: String, in commit: ObjectID) throws -> (any KeyedDocument)? {
    guard let entry = try objects.entry(at: path, in: objects.commit(commit).tree) else { return nil }
    let versions = FileVersions(contents: [0: try objects.blob(entry.id)], steps: [])
    return versions.read(path: path, rowShape: .actuals(dimensions: [])).documents[0]
  }
}

/// The files of one KPI.
enum WinRate {
  static let id = KPIID("sales/win-rate")!
  static let definition = id.definitionPath
  static let actuals = id.actualsPath

  static func definition(
    target: String = "25", owner: String = "head-of-sales", formula: String = "won / decided * 100"
  )
    -> String
  {
    """
    name: Win rate
    class: kpi
    goal: grow
    owner: \(owner)
    unit: percent
    direction: higher
    inputs:
      won: {aggregate: sum}
      decided: {aggregate: sum}
    formula: \(formula)
    period: month
    targets: {2026: \(target)}
    status: active

    """
  }

  static func actuals(_ rows: String...) -> String {
    "period,won,decided,status,note\n" + rows.map { $0 + "\n" }.joined()
  }
}

extension BlameLine {
  /// `key by who: why`, for short expectations.
  var short: String {
    guard let origin else { return "\(key.text) by nobody" }
    let settled = origin.settledBy.map { ", settled by \($0.name.prefix(3))" } ?? ""
    return "\(key.text) by \(origin.entered.by.name.prefix(3)): \(origin.entered.message)" + settled
  }
}

extension AuditEntry {
  /// `key: from → to by who`, for short expectations.
  var line: String {
    "\(key.text): \(from.map { "\($0)" } ?? "-") → \(to.map { "\($0)" } ?? "-") by \(by.name.prefix(3))"
  }
}
