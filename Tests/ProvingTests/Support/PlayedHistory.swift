import Foundation
import Git
import History
import LedgerFiles
import LedgerModel
import Merging
import Syncing

@testable import Proving

/// A history of the convergence harness after it was played: what every state of the hub held, by the harness's own
/// reading of the files, and who had entered it, by its own record.
final class PlayedHistory {
  let player: Player
  /// The moves of the hub's main line, oldest first.
  let steps: [Step]
  let byName: [String: Node]

  init(seed: UInt64, number: Int) throws {
    player = try Player(Prover().script(seed: seed, number: number), parts: .all, pages: World.pages())
    try player.play()
    let (line, nodes, record) = (player.record.mainLine, player.nodes, player.record)
    steps = zip(line, line.dropFirst()).map { Step(tip: $1, hub: $0, nodes: nodes, record: record) }
    byName = Dictionary(nodes.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
  }

  var tip: Node { player.hub }

  /// Every change, as the walk over all commits finds it.
  func walked(_ query: AuditQuery = AuditQuery()) throws -> [AuditEntry] {
    try Audit(player.objects, proof: AuthorProofs.maker(player.objects))
      .entries(endingAt: tip.id, hub: nil, query)
  }

  /// Every change, as the index finds it.
  func indexed(_ query: AuditQuery = AuditQuery()) throws -> [AuditEntry] {
    let folder = NSTemporaryDirectory() + "kpi-oracle-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try IndexedAudit(player.objects, cache: folder, proof: AuthorProofs.maker(player.objects))
      .entries(endingAt: tip.id, hub: nil, query)
  }
}

/// A key of a file that differs between two states of the hub: by the path that the file has, not by what it was before.
struct Difference: Hashable, CustomStringConvertible {
  let path: String
  let key: String
  let from: Meaning?
  let to: Meaning?

  var description: String { "\(path) \(key): \(from?.plain ?? "nothing") -> \(to?.plain ?? "nothing")" }

  /// All differences of a step, file by file and key by key: the slow, simple walk. A file that one of the two states
  /// cannot read, and the free table, whose rows the harness tells apart by its first column alone, are left out.
  static func all(of step: Step) -> [Difference] {
    step.changedPaths.filter { $0 != World.table }.flatMap { path -> [Difference] in
      let (old, new) = (step.hub.pages[path], step.tip.pages[path])
      let (before, after) = (old.map { Sheet.of(path, $0) }, new.map { Sheet.of(path, $0) })
      guard before?.isReadable ?? true, after?.isReadable ?? true else { return [] }
      let keys = Set(before?.values.keys.map { $0 } ?? []).union(after?.values.keys.map { $0 } ?? [])
      var found = keys.compactMap { key -> Difference? in
        let (from, to) = (before?.values[key], after?.values[key])
        let isSame = after.map { Changes.isSame(key, to, from, in: $0) } ?? (from == to)
        return isSame ? nil : Difference(path: path, key: key, from: from, to: to)
      }
      if (old == nil) != (new == nil) {
        let (from, to) = (old.map { _ in Meaning.text("there") }, new.map { _ in Meaning.text("there") })
        found.append(Difference(path: path, key: "file", from: from, to: to))
      }
      return found
    }
  }
}

extension AuditEntry {
  /// The key as the harness spells it.
  var harnessKey: String { key.rest(of: "comment of ").map { "# " + $0 } ?? key.text }

  /// A value as the harness reads it.
  func meaning(_ value: YAMLValue?) -> Meaning? {
    guard let value else { return nil }
    if key == .file || key.text.contains(" has ") { return .text("there") }
    guard key == .calculation || key.row != nil, case .map(let pairs) = value else { return Meaning(value) }
    let cells = pairs.map { (key.row == nil ? $0.key : Sheet.column($0.key), Meaning.text($0.value)) }
    return .cells(Dictionary(cells, uniquingKeysWith: { $1 }))
  }
}
