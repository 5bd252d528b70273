import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Says of one commit of the main line what it changed and who had entered that. For one thread.
final class StepAudit {
  let objects: ObjectDatabase
  let query: AuditQuery
  private let watch: PathWatch
  private let walk: RevWalk
  private var commits: [ObjectID: Commit] = [:]
  /// By the header of simple actuals, how they are read.
  var simpleActuals: [ArraySlice<UInt8>: FileKind] = [:]
  /// By the definition's content.
  var definitions: [ObjectID: DefinitionNames] = [:]
  private let proof: AuthorProof
  let proposals: PathWatch
  /// What commits decided about proposals.
  var decided: [ObjectID: [Key: [Decision]]] = [:]

  init(_ objects: ObjectDatabase, _ query: AuditQuery, _ proof: @escaping AuthorProof) {
    self.proof = proof
    self.objects = objects
    self.query = query
    watch = PathWatch(query.paths, in: objects)
    proposals = PathWatch(["proposals"], in: objects)
    walk = RevWalk(objects)
  }

  /// What a definition says of the KPI's files.
  struct DefinitionNames {
    /// What tells rows apart.
    let dimensions: [String]
    /// Under which ids they were before.
    let was: [KPIID]
  }

  /// Some of what a commit of the main line changed: all of it, unless that is very much.
  struct Part: Sendable {
    let step: MainLineStep
    /// The place of its first file among those of the step.
    let first: Int
    let changes: [TreeChange]
    /// Whether the step may have deleted proposals.
    let mayDecide: Bool

    /// Files in one part of a commit that is no merge.
    static let mostFiles = 256
  }

  /// The files that a commit of the main line changed, in parts that can be looked at apart from each other.
  /// - Parameter known: these files, where they have been found out already
  func parts(of step: MainLineStep, changes known: [TreeChange]? = nil) throws -> [Part] {
    let changes = try known ?? watch.changes(step.oldTree, step.tree)
    let size = step.isMerge ? changes.count : Part.mostFiles
    let mayDecide = mayDecide(changes)
    return stride(from: 0, to: changes.count, by: max(1, size)).map { first in
      Part(
        step: step, first: first, changes: Array(changes[first..<min(first + size, changes.count)]),
        mayDecide: mayDecide)
    }
  }

  /// Whether a commit that changed these of the watched files may have deleted proposals.
  private func mayDecide(_ changes: [TreeChange]) -> Bool {
    !watch.isOfEverything || changes.contains { $0.new == nil && $0.path.hasPrefix("proposals/") }
  }

  func entries(of part: Part, isSent: Bool) throws -> [AuditEntry] {
    let (step, changes) = (part.step, part.changes)
    let commit = try stored(step.commit)
    defer { if commits.count > 64 { (commits, decided) = ([:], [:]) } }
    let brought = commit.parents.count > 1 ? try brought(by: commit) : Brought()
    if !part.mayDecide { decided[commit.id] = [:] }
    let sync = Sync(commit, isSent: isSent, proof: proof)
    var entries: [AuditEntry] = []
    for change in changes {
      let touches = try touches(of: change, brought, commit)
      let ending = (brought.touches[change.path] ?? touches).last?.commit ?? commit
      let file = FileStep(change, touches: touches, ending: ending)
      entries += try self.entries(of: file, sync)
    }
    if query.choosesEntries { entries.removeAll { !query.takes($0.key, in: $0.file) || !query.takes($0.by) } }
    return brought.touches.isEmpty ? entries : newestFirst(entries, brought.touches)
  }

  /// What came last comes first; what came together stays in the order of the files and keys.
  private func newestFirst(_ entries: [AuditEntry], _ touches: [String: [Touch]]) -> [AuditEntry] {
    var places: [ObjectID: Int] = [:]
    for touch in touches.values.joined() { places[touch.commit.id] = touch.place }
    let placed = entries.enumerated().map { (place: places[$0.element.commit] ?? .max, index: $0.offset) }
    return placed.sorted { $0.place != $1.place ? $0.place > $1.place : $0.index < $1.index }.map { entries[$0.index] }
  }

  /// A file as the main line had it before and after a commit.
  struct FileStep {
    let path: String
    let kpi: KPIID?
    let old: ObjectID?
    let new: ObjectID?
    /// Oldest first.
    let touches: [Touch]
    /// What last touched the file under this name.
    let ending: Commit

    init(_ change: TreeChange, touches: [Touch], ending: Commit) {
      path = change.path
      kpi = LedgerPath(change.path).kpiConcerned
      (old, new) = (change.old?.id, change.new?.id)
      self.touches = touches
      self.ending = ending
    }
  }

  // MARK: What a sync brought

  func stored(_ id: ObjectID) throws -> Commit {
    if let known = commits[id] { return known }
    let commit = try objects.commit(id)
    commits[id] = commit
    return commit
  }

  func isAncestor(_ one: ObjectID, of other: ObjectID) throws -> Bool { try walk.isAncestor(one, of: other) }

  /// What the commits did that a merge brought to the main line.
  private func brought(by merge: Commit) throws -> Brought {
    let brought = try brought(by: merge, watch)
    // A KPI that moved in them goes on under a name that nobody may have asked for.
    return query.paths != nil && brought.hasMoves ? try self.brought(by: merge, PathWatch(nil, in: objects)) : brought
  }

  private func brought(by merge: Commit, _ watch: PathWatch) throws -> Brought {
    var found = Brought()
    let brought = try walk.commits(from: Array(merge.parents.dropFirst()), notIn: Array(merge.parents.prefix(1)))
    for (place, id) in brought.enumerated() {
      let commit = try stored(id)
      let parents = try commit.parents.map(stored)
      let changes = try watch.changes(parents.first?.tree, commit.tree)
      if !mayDecide(changes) { decided[id] = [:] }
      for change in changes {
        var before = [change.old?.id]
        for other in parents.dropFirst() { before.append(try objects.entry(at: change.path, in: other.tree)?.id) }
        // What one parent has already is only transported.
        guard !before.contains(change.new?.id) else { continue }
        found.add(Touch(commit: commit, place: place, before: before, after: change.new?.id), to: change.path)
        if case .definition(let id) = LedgerPath(change.path), before.allSatisfy({ $0 == nil }) {
          found.add(id, formerly: try names(of: id, in: commit)?.was ?? [])
        }
      }
    }
    return found
  }
}

extension LedgerPath {
  /// The KPI that a file belongs to; a proposal belongs to that of its file.
  var kpiConcerned: KPIID? { concerned.kpi }
}

extension String {
  /// The text without line breaks and blanks at its ends.
  var trimmedLines: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return String(text)
  }
}
