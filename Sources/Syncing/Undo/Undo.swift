import Git
public import LedgerFiles
import LedgerModel
import LedgerStore
import Merging

/// What somebody changed last, and the files as they are without it: for `kpi undo`.
///
/// Only what still has the value that they gave it goes back; what others have changed since stays.
public struct Undo {
  /// The commit that is undone.
  public let commit: CommitRecord
  /// By path, the bytes to write; nil deletes.
  public private(set) var files: [String: [UInt8]?] = [:]
  /// What goes back, in words of keys: `row 2026-03`.
  public private(set) var restored: [(file: String, key: Key)] = []
  /// What somebody has changed since, and so stays.
  public private(set) var overtaken: [(file: String, key: Key)] = []
  /// Proposals that the commit settled; a decision is not taken back by this.
  public private(set) var settled: [String] = []

  /// The trailer of a commit that undoes another one.
  private static let trailer = "Undoes: "

  /// The message of the commit that undoes it.
  public func message(reason: String?) -> String {
    let first = commit.message.split(separator: "\n").first.map(String.init) ?? "a change"
    return "\(reason ?? "Undo: \(first)")\n\n\(Self.trailer)\(commit.id)"
  }

  /// Finds the newest change of the person that is not undone yet.
  /// - Returns: nil where there is none.
  /// - Throws: `CloneFault.noIdentity`, `GitError`
  public static func last(in clone: LedgerClone) throws -> Undo? {
    guard let tip = try clone.tip() else { return nil }
    let author = try clone.author()
    let history = GitHistory(clone.repository.objects)
    var undone: Set<ContentID> = []
    for id in try RevWalk(clone.repository.objects).commits(from: [tip], notIn: []).reversed() {
      let commit = try history.commit(ContentID(id))
      guard commit.parents.count == 1, commit.author.isSame(as: author) else { continue }
      if let target = target(of: commit) {
        undone.insert(target)
      } else if !undone.contains(commit.id) {
        return try Undo(commit, in: clone, history)
      }
    }
    return nil
  }

  private static func target(of commit: CommitRecord) -> ContentID? {
    commit.message.split(separator: "\n").last { $0.hasPrefix(trailer) }.map {
      ContentID(String($0.dropFirst(trailer.count)))
    }
  }

  private init(_ commit: CommitRecord, in clone: LedgerClone, _ history: GitHistory) throws {
    self.commit = commit
    let source = FolderSource(clone.folder)
    let view = LedgerView(source)
    let changes = try history.changes(of: commit.id)
    if try !Self.isUntouched(changes, commit, in: clone, history, source),
      let back = try Self.moveBack(changes, history, source)
    {
      files = back.changes
      restored = back.moved.map { ($0.to.definitionPath, .place) }
      return
    }
    for change in changes {
      if change.path.hasPrefix("proposals/") {
        settled.append(change.path)
        continue
      }
      let old = try (change.before.first ?? nil).map { try history.bytes(of: $0) }
      let new = try change.after.map { try history.bytes(of: $0) }
      let path = new == nil || old == nil ? change.path : view.currentPath(of: change.path)
      undo(path, from: new, to: old, now: source.bytes(at: path), source)
    }
  }

  /// Whether nobody has seen the commit, and nothing was entered on top of it: as if it had never been.
  private static func isUntouched(
    _ changes: [FileChange], _ commit: CommitRecord, in clone: LedgerClone, _ history: GitHistory,
    _ source: FolderSource
  ) throws -> Bool {
    if let hub = try clone.hubTip(), try history.isAncestor(commit.id, of: ContentID(hub)) { return false }
    return try changes.allSatisfy { change in
      try source.bytes(at: change.path) == change.after.map { try history.bytes(of: $0) }
    }
  }

  /// Where the commit moved KPIs, what moves them back, with all that was entered since; nil where it moved none, or
  /// they cannot go back.
  private static func moveBack(_ changes: [FileChange], _ history: GitHistory, _ source: FolderSource) throws
    -> Rearrangement?
  {
    let gone = Set(changes.filter { $0.after == nil }.compactMap { LedgerPath($0.path).kpi })
    var moves: [(from: KPIID, to: KPIID)] = []
    for change in changes where change.before.allSatisfy({ $0 == nil }) {
      guard case .definition(let id) = LedgerPath(change.path), let content = change.after else { continue }
      let was = YAMLDocument(parsing: try history.bytes(of: content)).node(at: ["was"])?.items ?? []
      if let old = was.compactMap({ $0.value.scalar.flatMap { KPIID($0.text) } }).first(where: gone.contains) {
        moves.append((id, old))
      }
    }
    guard let first = moves.first else { return nil }
    let (from, to) = (first.from.department, first.to.department)
    if from != to, changes.contains(where: { $0.path == "departments/\(to)/department.yaml" && $0.after == nil }) {
      return try? .moving(department: from, to: to, in: source)
    }
    return moves.count == 1 ? try? .moving(first.from, to: first.to, in: source) : nil
  }

  private mutating func undo(
    _ path: String, from new: [UInt8]?, to old: [UInt8]?, now: [UInt8]?, _ source: FolderSource
  ) {
    if now == new {
      files[path] = .some(old)
      let keys = KeyComparison.changed(path: path, from: new, to: old)
      restored += (keys.isEmpty ? [.file] : keys).map { (path, $0) }
      return
    }
    guard let new, let old, var bytes = now else {
      overtaken.append((path, .file))
      return
    }
    let definition = definition(of: path, source)
    for key in KeyComparison.changed(path: path, from: old, to: new) {
      let isStill = KeyComparison.value(key, path: path, in: bytes) == KeyComparison.value(key, path: path, in: new)
      let value = KeyComparison.value(key, path: path, in: old)
      guard isStill, let changed = KeyEdit.setting(key, to: value, in: bytes, path: path, definition: definition) else {
        overtaken.append((path, key))
        continue
      }
      bytes = changed
      restored.append((path, key))
    }
    if bytes != now { files[path] = bytes }
  }

  private func definition(of path: String, _ source: FolderSource) -> Definition? {
    guard case .actuals(let id) = LedgerPath(path) else { return nil }
    return LedgerView(source).definition(id).value
  }
}
