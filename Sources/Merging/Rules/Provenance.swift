import LedgerFiles
import LedgerModel

/// Who entered the value that the hub has. Looked up only where it decides something: it walks the main line back to
/// the commit that changed the key.
final class Provenance {
  private let history: any LedgerHistory
  private let hub: ContentID
  private let documents: DocumentReader
  /// Merges a single file of an earlier sync again, to learn whose change it put in force.
  private let recompute: (_ sync: CommitRecord, _ path: String) throws -> FileLineResult?
  private let settlements: Settlements
  private var known: [Subject: CommitRecord] = [:]

  private struct Subject: Hashable {
    let path: String
    let key: Key
  }

  /// Whose changes a sync put in force in one file.
  struct FileLineResult {
    let enteredIn: [Key: CommitRecord]
    let removedIn: CommitRecord?
  }

  init(
    history: any LedgerHistory, hub: ContentID, documents: DocumentReader, settlements: Settlements,
    recompute: @escaping (CommitRecord, String) throws -> FileLineResult?
  ) {
    self.history = history
    self.hub = hub
    self.documents = documents
    self.settlements = settlements
    self.recompute = recompute
  }

  /// The commit in which the hub's value of a key was entered.
  func entered(_ key: Key, of file: FileLine) throws -> CommitRecord {
    let subject = Subject(path: file.path, key: key)
    if let commit = known[subject] { return commit }
    let commit = try find(key, file.path)
    known[subject] = commit
    return commit
  }

  /// Whether the hub's value was entered by the commit or one of its ancestors, so that its author had it.
  func hasSeenHubs(_ key: Key, of file: FileLine, _ commit: CommitRecord) throws -> Bool {
    try history.isAncestor(entered(key, of: file).id, of: commit.id)
  }

  /// Whether the hub's value came from the settlement of a proposal of that key.
  func cameFromSettlement(_ key: Key, of file: FileLine) throws -> Bool {
    try !settlements.settled(by: entered(key, of: file), file: file.path, key: key).isEmpty
  }

  private func find(_ key: Key, _ path: String) throws -> CommitRecord {
    var oldest = hub
    var line = try history.mainLine(endingAt: hub, changing: path)
    while let id = line.next() {
      oldest = id
      let commit = try history.commit(id)
      guard let first = commit.parents.first else { return commit }
      let pair = try documents.read(path, [history.content(of: path, in: id), history.content(of: path, in: first)])
      let now = FileLine.value(key, in: pair[0])
      let then = FileLine.value(key, in: pair[1])
      if isSame(now, in: pair[0], then, in: pair[1]) { continue }
      guard commit.parents.count > 1 else { return commit }
      return try enteredBySync(commit, path, key) ?? commit
    }
    return try history.commit(oldest)
  }

  private func enteredBySync(_ sync: CommitRecord, _ path: String, _ key: Key) throws -> CommitRecord? {
    guard let result = try recompute(sync, path) else { return nil }
    if let commit = result.enteredIn[key] { return commit }
    if key == .file, let commit = result.enteredIn.sorted(by: { $0.key < $1.key }).first?.value { return commit }
    return result.removedIn
  }
}
