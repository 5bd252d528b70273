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
      let commit = try objects.commit(id)
      if let since, commit.committer.time.seconds < since { break }
      let parent = commit.parents.first
      steps.append(AuditStep(place: steps.count, commit: id, parent: parent, isSent: !unsent.contains(id)))
      next = parent
    }
    return steps
  }
}

/// A commit of the main line against its first parent.
struct AuditStep: Sendable {
  /// Counted from the tip.
  let place: Int
  let commit: ObjectID
  let parent: ObjectID?
  let isSent: Bool
}
