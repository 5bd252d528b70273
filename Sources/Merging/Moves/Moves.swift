import LedgerFiles
import LedgerModel

/// The KPIs that a merge's two sides know by different ids, because one of them moved them.
struct Moves {
  private var kpis: [KPIID: MovedKPI] = [:]

  /// - Parameter changes: what each unsent commit changed.
  init(line: UnsentLine, changes: [[FileChange]], hub: ContentID, history: any LedgerHistory) throws {
    var finder = MoveFinder(line: line, hub: hub, history: history)
    for (place, changes) in changes.enumerated() { try finder.findMoves(in: changes, of: place) }
    for ids in finder.groups() {
      let kpi = MovedKPI(ids: ids, history: history)
      for id in ids { kpis[id] = kpi }
    }
  }

  var isEmpty: Bool { kpis.isEmpty }

  /// The moved KPI that an id was or is of; nil where it never moved.
  subscript(id: KPIID) -> MovedKPI? { kpis[id] }

  /// Each KPI that moved once.
  var all: [MovedKPI] {
    var seen: Set<ObjectIdentifier> = []
    return kpis.sorted { $0.key < $1.key }.map(\.value).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }
}

/// Finds which ids are one KPI's.
private struct MoveFinder {
  let line: UnsentLine
  let hub: ContentID
  let history: any LedgerHistory
  private var steps: [(from: KPIID, to: KPIID)] = []
  /// By a fork, what the hub has moved since then.
  private var sinceFork: [ContentID: [KPIID: KPIID]] = [:]
  private var asked: Set<Question> = []

  private struct Question: Hashable {
    let id: KPIID
    let commit: ContentID
  }

  init(line: UnsentLine, hub: ContentID, history: any LedgerHistory) {
    self.line = line
    self.hub = hub
    self.history = history
  }

  mutating func findMoves(in changes: [FileChange], of place: Int) throws {
    var made: [(id: KPIID, content: ContentID)] = []
    var gone: [KPIID: ContentID] = [:]
    for change in changes {
      let isNew = change.before.allSatisfy { $0 == nil }
      if change.after == nil || isNew, case .definition(let id) = LedgerPath(change.path) {
        if isNew, let content = change.after { made.append((id, content)) }
        if change.after == nil, let content = change.before[0] { gone[id] = content }
      }
      try findHubsMoves(of: change.path, by: line.commits[place])
      try findMerged(change, by: line.commits[place])
    }
    guard !made.isEmpty, !gone.isEmpty else { return }
    for (id, content) in made {
      for former in FormerIDs.read(try history.bytes(of: content)) where gone[former] != nil {
        steps.append((former, id))
      }
    }
    let new = Set(made.map(\.id))
    for (id, content) in gone {
      // Moved back by restoring an older state: the one that went away had been the other.
      for former in FormerIDs.read(try history.bytes(of: content)) where new.contains(former) {
        steps.append((id, former))
      }
    }
  }

  /// What the hub does not have may have been moved: there, since the line left it, or by what the hub did not take.
  private mutating func findHubsMoves(of path: String, by commit: CommitRecord) throws {
    guard let id = LedgerPath(path).kpi, asked.insert(Question(id: id, commit: commit.id)).inserted else { return }
    let fork = try history.fork(of: commit.id, hub: hub)
    if let content = try history.content(of: id.definitionPath, in: hub) {
      guard let fork, try history.content(of: id.definitionPath, in: fork) == nil else { return }
      for former in FormerIDs.read(try history.bytes(of: content))
      where try history.content(of: former.definitionPath, in: fork) != nil {
        steps.append((former, id))
      }
      return
    }
    let versions = try ([commit.id] + commit.parents).compactMap { try history.content(of: id.definitionPath, in: $0) }
    if let content = versions.first {
      for former in FormerIDs.read(try history.bytes(of: content))
      where try history.content(of: former.definitionPath, in: commit.id) == nil {
        let isAtHub = try history.content(of: former.definitionPath, in: hub) != nil
        let wasAtFork = try fork.map { try history.content(of: former.definitionPath, in: $0) != nil } ?? false
        guard isAtHub || wasAtFork else { continue }
        steps.append((former, id))
        if !isAtHub, let fork, let new = try movesAtHub(since: fork)[former] { steps.append((former, new)) }
      }
    }
    if let fork, try history.content(of: id.definitionPath, in: fork) != nil,
      let new = try movesAtHub(since: fork)[id]
    {
      steps.append((id, new))
    }
  }

  /// A merge of two lines of which only one moved a KPI: what it has under one id a parent has under the other.
  private mutating func findMerged(_ change: FileChange, by commit: CommitRecord) throws {
    guard change.before.count > 1, let after = change.after, change.before.contains(nil),
      change.before.contains(where: { $0 != nil }), case .definition(let id) = LedgerPath(change.path)
    else { return }
    let former = FormerIDs.read(try history.bytes(of: after))
    for (parent, before) in zip(commit.parents, change.before) where before == nil {
      for path in try history.differing(parent, commit.id) {
        guard case .definition(let other) = LedgerPath(path), let content = try history.content(of: path, in: parent),
          try history.content(of: path, in: commit.id) == nil
        else { continue }
        if former.contains(other) { steps.append((other, id)) }
        if FormerIDs.read(try history.bytes(of: content)).contains(id) { steps.append((id, other)) }
      }
    }
  }

  private mutating func movesAtHub(since fork: ContentID) throws -> [KPIID: KPIID] {
    if let known = sinceFork[fork] { return known }
    var moves: [KPIID: KPIID] = [:]
    for path in try history.differing(fork, hub) {
      guard case .definition(let id) = LedgerPath(path), let content = try history.content(of: path, in: hub),
        try history.content(of: path, in: fork) == nil
      else { continue }
      for former in FormerIDs.read(try history.bytes(of: content)) { moves[former] = id }
    }
    sinceFork[fork] = moves
    return moves
  }

  /// The ids that belong together, those that were moved away from before those that were moved to.
  func groups() -> [[KPIID]] {
    var groups: [[KPIID]] = []
    for (from, to) in steps {
      let old = groups.firstIndex { $0.contains(from) }
      let new = groups.firstIndex { $0.contains(to) }
      switch (old, new) {
      case (nil, nil): groups.append([from, to])
      case (let old?, nil): groups[old].append(to)
      case (nil, let new?): groups[new].insert(from, at: 0)
      case (let old?, let new?) where old != new:
        groups[old] += groups[new]
        groups.remove(at: new)
      default: break
      }
    }
    return groups
  }
}
