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
  private var asked: Set<KPIID> = []

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

  /// What was at the fork and is not at the hub any more may have been moved there.
  private mutating func findHubsMoves(of path: String, by commit: CommitRecord) throws {
    let id: KPIID
    switch LedgerPath(path) {
    case .definition(let found), .actuals(let found): id = found
    default: return
    }
    guard !asked.contains(id), try history.content(of: id.definitionPath, in: hub) == nil,
      let fork = try history.fork(of: commit.id, hub: hub),
      try history.content(of: id.definitionPath, in: fork) != nil
    else { return }
    asked.insert(id)
    if let new = try movesAtHub(since: fork)[id] { steps.append((id, new)) }
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
