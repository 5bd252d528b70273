import Foundation
import LedgerFiles
import LedgerModel

@testable import Merging

/// A small ledger with people in roles, merged by its own rules: who may, what is closed, and the check.
///
/// ana heads sales, otto owns its win rate, ben answers for its actuals, eva is a member; gil heads emea; cleo is the
/// controller and adam the administrator.
final class Books {
  let history = MemoryHistory()
  private(set) var hub: ContentID
  private var tips: [String: ContentID] = [:]
  private(set) var last: MergeOutcome?
  /// By person, the key with which their commits are signed.
  var signing: [String: String] = [:]
  /// When what comes now is brought to the hub.
  var now = Books.begin
  static let begin: Int64 = 1_772_000_000

  static let definition = "departments/sales/kpis/win-rate.yaml"
  static let actuals = "departments/sales/actuals/win-rate.csv"

  init(_ more: [String: String] = [:]) {
    var files = Books.files
    files.merge(more) { $1 }
    hub = history.add(
      files.mapValues { Array($0.utf8) }, parents: [], author: Books.author("adam"), at: Books.begin)
  }

  static func author(_ person: String) -> Author { Author(name: person.capitalized, email: "\(person)@example.com") }

  /// The files as somebody has them.
  func files(of person: String) throws -> [String: String] {
    try history.files(of: tips[person] ?? hub).mapValues { String(decoding: $0, as: UTF8.self) }
  }

  /// Somebody commits; the first time on what the hub has now.
  @discardableResult
  func commit(_ person: String, _ edit: (inout [String: String]) throws -> Void) throws -> Books {
    var files = try files(of: person)
    try edit(&files)
    tips[person] = history.add(
      files.mapValues { Array($0.utf8) }, parents: [tips[person] ?? hub], author: Books.author(person),
      message: "\(person)'s change", signedWith: signing[person])
    return self
  }

  /// Somebody replaces a text in a file.
  @discardableResult
  func edit(_ person: String, _ path: String, _ old: String, _ new: String) throws -> Books {
    try commit(person) { files in
      guard let text = files[path], text.contains(old) else { throw CocoaError(.fileReadCorruptFile) }
      files[path] = text.replacingOccurrences(of: old, with: new)
    }
  }

  /// Somebody replaces a text in the win rate's definition.
  @discardableResult
  func edit(_ person: String, _ old: String, _ new: String) throws -> Books {
    try edit(person, Books.definition, old, new)
  }

  /// Somebody sees what the hub has, before anything else is done there.
  @discardableResult
  func fetch(_ people: String...) -> Books {
    for person in people { tips[person] = hub }
    return self
  }

  /// Somebody goes on where somebody else is.
  @discardableResult
  func take(_ person: String, from other: String) -> Books {
    tips[person] = tips[other]
    return self
  }

  @discardableResult
  func sync(_ people: String...) throws -> Books {
    for person in people {
      guard let tip = tips[person] else { continue }
      let bringer = Books.author(person)
      if let outcome = try LedgerMerge.of(history).outcome(hub: hub, local: tip, bringer: bringer) {
        hub = try history.addMerge(outcome.files, hub: hub, local: tip, author: bringer, at: now)
        last = outcome
      }
      tips[person] = hub
    }
    return self
  }

  /// Somebody's newest commit.
  func tip(_ person: String) -> ContentID { tips[person] ?? hub }

  /// A commit made elsewhere comes to the hub.
  func take(_ commit: ContentID, as person: String) throws {
    tips[person] = commit
    try sync(person)
  }

  func file(_ path: String = definition) throws -> String? {
    try history.files(of: hub)[path].map { String(decoding: $0, as: UTF8.self) }
  }

  /// What waits at the hub, as `row 2026-01 of Eva: period-closed`, in order.
  var held: [String] {
    let files = (try? history.files(of: hub)) ?? [:]
    return files.filter { $0.key.hasPrefix("proposals/") }.values
      .compactMap { ProposalText.read($0, id: "x") }
      .flatMap { proposal in
        proposal.changes.map { "\($0.key) of \(proposal.by.prefix { $0 != " " }): \(proposal.because.rawValue)" }
      }.sorted()
  }

  /// The paths of what waits at the hub.
  var papers: [String] {
    ((try? history.files(of: hub)) ?? [:]).keys.filter { $0.hasPrefix("proposals/") }.sorted()
  }

  /// Somebody moves the win rate, with its actuals.
  @discardableResult
  func move(_ person: String, from: String = "sales/win-rate", to: String) throws -> Books {
    try commit(person) { files in
      guard let from = KPIID(from), let to = KPIID(to), let text = files[from.definitionPath] else {
        throw CocoaError(.fileReadUnknown)
      }
      files[from.definitionPath] = nil
      files[to.definitionPath] = text.replacingOccurrences(of: "was: []", with: "was: [\(from)]")
      files[to.actualsPath] = files[from.actualsPath]
      files[from.actualsPath] = nil
    }
  }

  /// Somebody closes a period.
  @discardableResult
  func close(_ person: String, _ period: String, scope: String = "company") throws -> Books {
    try commit(person) { $0["closes/\(scope)/\(period).yaml"] = "note: final\n" }
  }

  @discardableResult
  func settle(_ person: String, _ key: String, _ edit: (inout [String: String]) -> Void = { _ in }) throws -> Books {
    try commit(person) { files in
      let paper = files.first { path, text in
        path.hasPrefix("proposals/") && text.contains("key: \(key)\n")
      }
      guard let paper else { throw CocoaError(.fileReadNoSuchFile) }
      files[paper.key] = nil
      edit(&files)
    }
  }

  static func file(_ path: String) -> String { files[path] ?? "" }

  static let files = [
    "ledger.yaml": "company: Acme\ncurrency: EUR\nunits:\n  percent: {symbol: \"%\"}\n",
    "people.yaml": """
    people:
      ana: {name: Ana, emails: [ana@example.com]}
      otto: {name: Otto, emails: [otto@example.com]}
      ben: {name: Ben, emails: [ben@example.com, ben@home.example.com]}
      eva: {name: Eva, emails: [eva@example.com]}
      gil: {name: Gil, emails: [gil@example.com]}
      cleo: {name: Cleo, emails: [cleo@example.com]}
      adam: {name: Adam, emails: [adam@example.com]}
    roles:
      head-of-sales: {holder: ana}
      head-of-emea: {holder: gil}
      closer: {holder: otto}
      sales-operations: {holder: ben}
      controller: {holder: cleo}
      administrator: {holder: adam}

    """,
    "goals.yaml": "goals:\n  grow: {name: Grow}\n  save: {name: Save}\n",
    "departments/sales/department.yaml": """
    name: Sales
    head: head-of-sales
    members: [otto, ben, eva]

    """,
    "departments/emea/department.yaml": "name: EMEA\nhead: head-of-emea\nmembers: []\n",
    definition: """
    name: Win rate
    class: kpi
    goal: grow
    owner: closer
    data_owner: sales-operations
    decision: Shift capacity
    unit: percent
    direction: higher
    inputs:
      won: {aggregate: sum}
      decided: {aggregate: sum}
    formula: won / decided * 100
    period: month
    targets:
      2026: 25
      2026-03: 24
    review: {cadence: week}
    was: []
    status: active

    """,
    actuals: """
    period,won,decided,status,note
    2026-01,12,40,,
    2026-02,9,38,,
    2026-03,8,30,,

    """,
  ]
}
