import LedgerFiles
import LedgerModel

/// A file that unsent commits change, under whatever names it had while they did.
struct TouchedFile {
  /// What one unsent commit did to it.
  struct Change {
    /// The commit's place among the unsent, oldest first.
    let commit: Int
    /// The path after the commit, or before it where the commit removed the file.
    let path: String
    var change: FileChange
    /// Of a definition that moved: its KPI's id in each parent and after the commit.
    var idsBefore: [KPIID?] = []
    var id: KPIID?
  }

  /// The path at the hub, or the last one where the hub has no such file.
  let path: String
  var changes: [Change]
  /// Of a KPI that moved.
  var moved: MovedKPI?
  /// The KPI that moved and at times has the names of this file, which is another's.
  var namesake: MovedKPI?
  /// All paths under which the file goes in this merge.
  var names: Set<String>
}

/// The files that the unsent commits of a merge change.
struct TouchedFiles {
  /// In path order.
  private(set) var files: [TouchedFile] = []
  /// What each unsent commit changed, proposals included.
  let changes: [[FileChange]]
  let moves: Moves

  init(line: UnsentLine, hub: ContentID, history: any LedgerHistory) throws {
    changes = try line.commits.map { try history.changes(of: $0.id) }
    moves = try Moves(line: line, changes: changes, hub: hub, history: history)
    var touched: [String: [TouchedFile.Change]] = [:]
    let movedPaths = moves.isEmpty ? [] : Self.paths(of: moves)
    for (place, changes) in changes.enumerated() {
      // What anybody but a merge does under `proposals/` has no effect; deletions there are settlements.
      for change in changes where !change.path.hasPrefix("proposals/") && !movedPaths.contains(change.path) {
        touched[change.path, default: []].append(.init(commit: place, path: change.path, change: change))
      }
    }
    for kpi in moves.all {
      for (place, changes) in changes.enumerated() {
        for change in changes {
          guard let others = try kpi.othersChange(change, by: line.commits[place]) else { continue }
          touched[change.path, default: []].append(.init(commit: place, path: change.path, change: others))
        }
      }
    }
    files = touched.map { path, changes in
      let namesake = movedPaths.contains(path) ? LedgerPath(path).kpi.flatMap { moves[$0] } : nil
      return TouchedFile(path: path, changes: changes, namesake: namesake, names: [path])
    }
    for kpi in moves.all {
      files += try Self.files(of: kpi, line: line, changes: changes, hub: hub, history: history)
    }
    files.sort { $0.path < $1.path }
  }

  private static func paths(of moves: Moves) -> Set<String> {
    Set(moves.all.flatMap { $0.ids.flatMap { [$0.definitionPath, $0.actualsPath] } })
  }

  /// The definition and the actuals of a KPI that moved, with what each commit did to them under the names of the time.
  private static func files(
    of kpi: MovedKPI, line: UnsentLine, changes: [[FileChange]], hub: ContentID, history: any LedgerHistory
  ) throws -> [TouchedFile] {
    let atHub = try kpi.id(in: hub)
    return try [\KPIID.definitionPath, \KPIID.actualsPath].compactMap { path in
      let names = Set(kpi.ids.map { $0[keyPath: path] })
      func content(_ id: KPIID?, in commit: ContentID) throws -> ContentID? {
        try id.flatMap { try history.content(of: $0[keyPath: path], in: commit) }
      }
      let found = try line.commits.indices.compactMap { place -> TouchedFile.Change? in
        guard changes[place].contains(where: { names.contains($0.path) }) else { return nil }
        let commit = line.commits[place]
        let id = try kpi.id(in: commit.id)
        let before = try commit.parents.map { try kpi.id(in: $0) }
        let after = try content(id, in: commit.id)
        let old = try zip(before, commit.parents).map { try content($0, in: $1) }
        guard !zip(before, old).contains(where: { $0 == id && $1 == after }) else { return nil }
        let name = (id ?? before.compactMap(\.self).first ?? kpi.ids[0])[keyPath: path]
        return TouchedFile.Change(
          commit: place, path: name, change: FileChange(path: name, before: old, after: after), idsBefore: before,
          id: id)
      }
      guard let last = found.last else { return nil }
      return TouchedFile(
        path: (atHub ?? found[0].idsBefore.lazy.compactMap(\.self).first)?[keyPath: path] ?? last.path, changes: found,
        moved: kpi, names: names)
    }
  }
}
