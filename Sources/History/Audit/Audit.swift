public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Who changed what, when, and which sync brought it: read from the history itself, without an index.
///
///     var query = AuditQuery()
///     query.kpis = [id]
///     let entries = try Audit(objects).entries(endingAt: tip, hub: hubTip, query)
///
/// The main line is followed from its tip; of each commit only the folders on the way to the asked files are opened,
/// and only where they differ from its first parent's. All processors walk.
public struct Audit: Sendable {
  private let objects: ObjectDatabase

  /// An audit of the history in a repository's objects.
  public init(_ objects: ObjectDatabase) { self.objects = objects }

  /// The changes that came into force or were held, the newest first.
  /// - Parameters:
  ///   - tip: where the main line ends
  ///   - hub: what the hub is known to have; nil: everything is taken to be there
  ///   - query: what is asked for
  /// - Throws: `GitError` where the history cannot be read
  public func entries(endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery) throws -> [AuditEntry] {
    let walk = RevWalk(objects)
    let unsent = try hub.map { Set(try walk.commits(from: [tip], notIn: [$0])) } ?? []
    let steps = try steps(from: tip, since: query.since, unsent)
    let found = try Parallel.map(steps, tools: { StepAudit(objects, query) }) { step, audit, results in
      results.append((step.place, try audit.entries(of: step)))
    }
    return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }

  /// The commits of the main line, newest first.
  private func steps(from tip: ObjectID, since: Int64?, _ unsent: Set<ObjectID>) throws -> [AuditStep] {
    var steps: [AuditStep] = []
    var next: ObjectID? = tip
    while let id = next {
      if let since, try objects.commit(id).committer.time.seconds < since { break }
      let head = try CommitHead(id, in: objects)
      if let last = steps.indices.last { steps[last].oldTree = head.tree }
      next = head.parents.first
      steps.append(
        AuditStep(place: steps.count, commit: id, tree: head.tree, oldTree: nil, isSent: !unsent.contains(id)))
    }
    // Where the walk ended early, the last one still has a parent.
    if let last = steps.indices.last, let parent = next, steps[last].oldTree == nil {
      steps[last].oldTree = try CommitHead(parent, in: objects).tree
    }
    return steps
  }
}

/// A commit of the main line against its first parent.
struct AuditStep: Sendable {
  /// Counted from the tip.
  let place: Int
  let commit: ObjectID
  let tree: ObjectID
  /// The first parent's; nil for the ledger's first commit.
  var oldTree: ObjectID?
  let isSent: Bool
}

/// The first lines of a commit, which is all that a walk over thousands of them may read.
struct CommitHead {
  let tree: ObjectID
  let parents: [ObjectID]

  /// - Throws: `GitError.corrupt` where the commit cannot be read
  init(_ id: ObjectID, in objects: ObjectDatabase) throws {
    (tree, parents) = try objects.withBytes(of: id, .commit) { bytes in
      var rest = bytes[...]
      func object(after word: String) -> ObjectID? {
        let length = word.utf8.count + 40
        guard rest.count > length, rest.starts(with: word.utf8) else { return nil }
        let digits = rest.dropFirst(word.utf8.count).prefix(40)
        rest = rest.dropFirst(length + 1)
        return ObjectID(String(decoding: digits, as: UTF8.self))
      }
      guard let tree = object(after: "tree ") else { throw GitError(.corrupt, "commit \(id) cannot be read") }
      var parents: [ObjectID] = []
      while let parent = object(after: "parent ") { parents.append(parent) }
      return (tree, parents)
    }
  }
}
