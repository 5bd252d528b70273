import LedgerFiles
import LedgerModel

/// A KPI that had several ids while the two sides of a merge were apart.
final class MovedKPI {
  /// Its ids, those that it was moved away from first.
  let ids: [KPIID]
  private let history: any LedgerHistory
  private var found: [ContentID: KPIID?] = [:]

  init(ids: [KPIID], history: any LedgerHistory) {
    self.ids = ids
    self.history = history
  }

  /// The id that the KPI has in a commit; nil where it is not there. Where several of the ids are there, others are
  /// taken by other KPIs: the one counts that has been the others, else the oldest.
  func id(in commit: ContentID) throws -> KPIID? {
    if let known = found[commit] { return known }
    var there: [(id: KPIID, content: ContentID)] = []
    for id in ids {
      if let content = try history.content(of: id.definitionPath, in: commit) { there.append((id, content)) }
    }
    if there.count > 1 {
      let past = try there.flatMap { try FormerIDs.read(history.bytes(of: $0.content)) }
      let left = there.filter { !past.contains($0.id) }
      if !left.isEmpty { there = left }
    }
    found[commit] = .some(there.first?.id)
    return there.first?.id
  }

  /// What another KPI has in a commit under a name of this one.
  func othersContent(of path: String, in commit: ContentID) throws -> ContentID? {
    try id(in: commit) == LedgerPath(path).kpi ? nil : history.content(of: path, in: commit)
  }

  /// What a commit did to another KPI's file under a name of this one; nil where it did nothing.
  func othersChange(_ change: FileChange, by commit: CommitRecord) throws -> FileChange? {
    guard let id = LedgerPath(change.path).kpi, ids.contains(id) else { return nil }
    let before = try commit.parents.map { try othersContent(of: change.path, in: $0) }
    let after = try othersContent(of: change.path, in: commit.id)
    return before.contains(after) ? nil : FileChange(path: change.path, before: before, after: after)
  }
}

/// The ids that a definition says its KPI had before it was moved.
enum FormerIDs {
  static func read(_ bytes: [UInt8]) -> [KPIID] {
    guard let node = YAMLDocument(parsing: bytes).node(at: ["was"]), case .list(let items) = YAMLValue(node) else {
      return []
    }
    return items.compactMap { if case .string(let text) = $0 { KPIID(text) } else { nil } }
  }
}
