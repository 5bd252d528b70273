import Foundation
import GRDB
public import Git

/// The audit of a clone, by its index where one can be kept, and by a walk over the history where not.
public struct IndexedAudit: Sendable {
  private let objects: ObjectDatabase
  private let cache: String
  private let pairs: TreePairs?
  private let proof: @Sendable () -> AuthorProof

  /// - Parameters:
  ///   - cache: the folder that the index is kept in
  ///   - pairs: compares the trees of many commits at once; nil: they are compared here
  ///   - proof: makes, for each thread, what says whose a commit is that somebody else sent
  public init(
    _ objects: ObjectDatabase, cache: String, pairs: TreePairs? = nil, proof: @escaping @Sendable () -> AuthorProof
  ) {
    self.pairs = pairs
    self.objects = objects
    self.cache = cache
    self.proof = proof
  }

  /// The changes that came into force or were held, the newest first, as ``Audit`` gives them. The index is brought up to
  /// date first.
  /// - Parameters:
  ///   - tip: where the main line ends
  ///   - hub: what the hub is known to have; nil: everything is taken to be there
  ///   - query: what is asked for
  ///   - progress: told how many commits of how many are taken in, where there are many
  /// - Throws: `GitError` where the history cannot be read
  public func entries(
    endingAt tip: ObjectID, hub: ObjectID?, _ query: AuditQuery,
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> [AuditEntry] {
    let indexed = try keeping { index in
      try index.catchUp(through: hub ?? tip, progress: progress)
      return try index.entries(endingAt: tip, hub: hub, query)
    }
    return try indexed ?? Audit(objects, proof: proof).entries(endingAt: tip, hub: hub, query)
  }

  /// The newest commit of the main line that was made up to a moment, as ``MainLine`` finds it: by the index where somebody
  /// has asked it before, for which 100,000 commits are as fast as few.
  /// - Parameters:
  ///   - seconds: the last second that counts, since 1970
  ///   - tip: where the main line ends
  /// - Throws: `GitError` where the history cannot be read
  public func commit(upTo seconds: Int64, from tip: ObjectID) throws -> ObjectID? {
    let found = try isThere ? keeping { try $0.commit(upTo: seconds, from: tip) } : nil
    if let found { return found }
    return try MainLine.commit(upTo: seconds, from: tip, in: objects)
  }

  /// Whether somebody has asked before.
  private var isThere: Bool { FileManager.default.fileExists(atPath: cache + "/" + IndexSchema.plan.name) }

  /// Brings the index up to date, where somebody has asked it before.
  /// - Throws: `GitError` where the history cannot be read
  public func keepUp(with hub: ObjectID) throws {
    guard isThere else { return }
    _ = try keeping { try $0.catchUp(through: hub) }
  }

  /// What the index says; nil where it cannot be used. A damaged one is thrown away.
  private func keeping<Answer>(_ body: (HistoryIndex) throws -> Answer) throws -> Answer? {
    guard let index = try? HistoryIndex(of: objects, cache: cache, pairs: pairs, proof: proof) else { return nil }
    do {
      return try body(index)
    } catch let error as GitError {
      throw error
    } catch {
      if (error as? DatabaseError)?.isDamage ?? true { index.file.removeFile() }
      return nil
    }
  }
}
