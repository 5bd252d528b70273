import LedgerFiles
import LedgerModel

/// Who entered the value that the hub has. Looked up only where it decides something: it walks the main line back to
/// the commit that changed the key.
final class Provenance {
  private let history: any LedgerHistory
  private let hub: ContentID
  private let documents: DocumentReader
  private let settlements: Settlements
  /// A commit as it counts in the commit of the main line that brought it, which may be itself.
  private let speaking: (_ commit: CommitRecord, _ sync: CommitRecord) throws -> CommitRecord
  /// Merges a single file of an earlier sync again, to learn whose change it put in force.
  private let recompute: (_ sync: CommitRecord, _ path: String) throws -> SyncedFile?
  private var known: [Subject: CommitRecord] = [:]
  private var unsent: [ContentID: [CommitRecord]] = [:]

  private struct Subject: Hashable {
    let path: String
    let key: Key
  }

  init(
    history: any LedgerHistory, hub: ContentID, documents: DocumentReader, settlements: Settlements,
    speaking: @escaping (CommitRecord, CommitRecord) throws -> CommitRecord,
    recompute: @escaping (CommitRecord, String) throws -> SyncedFile?
  ) {
    self.history = history
    self.hub = hub
    self.documents = documents
    self.settlements = settlements
    self.speaking = speaking
    self.recompute = recompute
  }

  /// The commit in which the hub's value of a key was entered.
  func entered(_ key: Key, of path: String) throws -> CommitRecord {
    let subject = Subject(path: path, key: key)
    if let commit = known[subject] { return commit }
    let commit = try find(key, path)
    known[subject] = commit
    return commit
  }

  /// Whether the hub's value was entered by the commit or one of its ancestors, so that its author had it.
  func hasSeenHubs(_ key: Key, of file: FileLine, _ commit: CommitRecord) throws -> Bool {
    try history.isAncestor(entered(key, of: file.path).id, of: commit.id)
  }

  /// Whether the hub's value came from the settlement of a proposal of that key.
  func cameFromSettlement(_ key: Key, of file: FileLine) throws -> Bool {
    try !settlements.settled(by: entered(key, of: file.path), file: file.names, key: key).isEmpty
  }

  private func find(_ key: Key, _ path: String) throws -> CommitRecord {
    var (path, oldest) = (path, hub)
    var line = try history.mainLine(endingAt: hub, changing: path)
    while let id = line.next() {
      oldest = id
      let commit = try mainLineCommit(id)
      guard let first = commit.parents.first else { return commit }
      let former = try formerPath(of: path, at: id, in: first)
      let now = try document(path, in: id)
      let before = try document(former ?? path, in: first)
      // A KPI's place was entered where its files came to stand there.
      let isThereBefore = try history.content(of: path, in: first) != nil
      if key == .place ? (now != nil) == isThereBefore : isSame(key, now, as: before) {
        if let former {
          path = former
          line = try history.mainLine(endingAt: first, changing: former)
        }
        continue
      }
      guard commit.parents.count == 2 else { return commit }
      return try enteredBySync(commit, path, key, now, isMove: former != nil) ?? commit
    }
    return try mainLineCommit(oldest)
  }

  private func isNew(_ path: String, in commit: ContentID, since parent: ContentID) throws -> Bool {
    try history.content(of: path, in: commit) != nil && history.content(of: path, in: parent) == nil
  }

  /// Where a file stood before a commit that moved its KPI; nil where it moved nothing.
  private func formerPath(of path: String, at commit: ContentID, in parent: ContentID) throws -> String? {
    guard let id = LedgerPath(path).kpi, try isNew(path, in: commit, since: parent),
      let definition = try history.content(of: id.definitionPath, in: commit)
    else { return nil }
    let former = try FormerIDs.read(history.bytes(of: definition)).first { former in
      try history.content(of: former.definitionPath, in: parent) != nil
        && history.content(of: former.definitionPath, in: commit) == nil
    }
    guard let former = try former ?? restored(id, at: commit, in: parent) else { return nil }
    let old = path == id.definitionPath ? former.definitionPath : former.actualsPath
    documents.read(old, as: path)
    return old
  }

  /// The id that a KPI had before a commit that moved it back by restoring an older state: it had been this one.
  private func restored(_ id: KPIID, at commit: ContentID, in parent: ContentID) throws -> KPIID? {
    for path in try history.differing(parent, commit) {
      guard case .definition(let other) = LedgerPath(path), let content = try history.content(of: path, in: parent),
        try history.content(of: path, in: commit) == nil
      else { continue }
      if FormerIDs.read(try history.bytes(of: content)).contains(id) { return other }
    }
    return nil
  }

  private func mainLineCommit(_ id: ContentID) throws -> CommitRecord {
    let commit = try history.commit(id)
    return try speaking(commit, commit)
  }

  private func document(_ path: String, in commit: ContentID) throws -> (any KeyedDocument)? {
    try history.content(of: path, in: commit).map { try documents.document(path, $0) }
  }

  /// The commit of the line that a sync brought in which the value was entered. Where several entered the same, or the
  /// KPI moved, the sync is merged again to see which of them counted.
  private func enteredBySync(
    _ sync: CommitRecord, _ path: String, _ key: Key, _ now: (any KeyedDocument)?, isMove: Bool
  ) throws -> CommitRecord? {
    var isMove = isMove
    let candidates = try unsent(of: sync).filter { commit in
      guard let change = try history.changes(of: commit.id).first(where: { $0.path == path }) else { return false }
      if change.after == nil { isMove = true }
      if key == .place { return change.after != nil && change.before.allSatisfy { $0 == nil } }
      let after = try change.after.map { try documents.document(path, $0) }
      guard isSame(key, after, as: now) else { return false }
      return try change.before.allSatisfy { content in
        !isSame(key, after, as: try content.map { try documents.document(path, $0) })
      }
    }
    if candidates.count == 1 && !isMove { return candidates[0] }
    guard let synced = try recompute(sync, path) else { return candidates.last }
    return synced.entered(key)
  }

  private func unsent(of sync: CommitRecord) throws -> [CommitRecord] {
    if let known = unsent[sync.id] { return known }
    let commits = try history.unsent(hub: sync.parents[0], local: sync.parents[1]).map { try speaking($0, sync) }
    unsent[sync.id] = commits
    return commits
  }
}

/// Whose changes a sync put in force in one file.
struct SyncedFile {
  let enteredIn: [Key: CommitRecord]
  let removedIn: CommitRecord?

  func entered(_ key: Key) -> CommitRecord? {
    if let commit = enteredIn[key] { return commit }
    if key == .file, let first = enteredIn.min(by: { $0.key < $1.key }) { return first.value }
    return removedIn
  }
}

/// What earlier syncs did, found out once in a merge.
final class SyncedFiles {
  /// How many syncs are merged again to understand another one. Beyond that, the last who entered a value counts.
  static let depthLimit = 24

  private struct Subject: Hashable {
    let sync: ContentID
    let path: String
  }

  private var known: [Subject: SyncedFile?] = [:]
  private var depth = 0

  func file(_ path: String, of sync: ContentID, _ find: () throws -> SyncedFile?) rethrows -> SyncedFile? {
    let subject = Subject(sync: sync, path: path)
    if let file = known[subject] { return file }
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let file = try find()
    known[subject] = .some(file)
    return file
  }
}
