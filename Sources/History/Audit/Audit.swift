public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Whether a commit is its author's own although another mail address sent it: the same person's, or signed with a key of
/// theirs, as the first parent of the sync says.
public typealias AuthorProof = (_ commit: ObjectID, _ sync: ObjectID) throws -> Bool

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
  private let proof: @Sendable () -> AuthorProof

  /// An audit of the history in a repository's objects.
  /// - Parameter proof: makes, for each thread, what says whose a commit is that somebody else sent; nil: nobody's but
  ///   the sender's
  public init(_ objects: ObjectDatabase, proof: (@Sendable () -> AuthorProof)? = nil) {
    self.objects = objects
    self.proof = proof ?? { { _, _ in false } }
  }

  /// The changes that came into force or were held, the newest first.
  /// - Parameters:
  ///   - tip: where the main line ends
  ///   - hub: what the hub is known to have; nil: everything is taken to be there
  ///   - query: what is asked for
  /// - Throws: `GitError` where the history cannot be read
  public func entries(endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery) throws -> [AuditEntry] {
    let steps = try MainLineStep.steps(endingAt: tip, since: query.since, in: objects).steps
    func entries(_ query: AuditQuery) throws -> [AuditEntry] {
      try self.entries(of: steps, endingAt: tip, hub: hub, query)
    }
    return try Settlements.completing(entries(query), of: query, asking: entries)
  }

  /// The changes of some steps, newest first, each with what its own commit says of settlements.
  func entries(
    of steps: [MainLineStep], endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery
  ) throws -> [AuditEntry] {
    guard !steps.isEmpty else { return [] }
    let unsent = try hub.map { Set(try RevWalk(objects).commits(from: [tip], notIn: [$0])) } ?? []
    let found = try Parallel.map(steps, tools: { StepAudit(objects, query, proof()) }) { step, audit, results in
      for part in try audit.parts(of: step) {
        results.append((step.place, part.first, try audit.entries(of: part, isSent: !unsent.contains(step.commit))))
      }
    }
    return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.flatMap(\.2)
  }
}
