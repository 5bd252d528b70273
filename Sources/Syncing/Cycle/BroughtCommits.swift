import Git
public import LedgerModel

/// Commits of somebody else that a clone brings to the hub: without a signature they count as those of whoever syncs
/// (DESIGN section 4, "speaks for").
public struct BroughtCommits: Hashable, Sendable {
  /// Whom the commits name as their author.
  public let author: Author
  public let count: Int

  /// Those of each other author among the commits that the hub does not have, most first.
  static func of(
    _ local: ObjectID, notIn hub: ObjectID, by bringer: Author, in objects: ObjectDatabase
  ) throws -> [BroughtCommits] {
    var counts: [String: BroughtCommits] = [:]
    for id in try RevWalk(objects).commits(from: [local], notIn: [hub]) {
      let commit = try objects.commit(id)
      let author = Author(name: commit.author.name, email: commit.author.email)
      guard commit.parents.count < 2, !author.isSame(as: bringer) else { continue }
      let known = counts[author.email]
      counts[author.email] = BroughtCommits(author: known?.author ?? author, count: (known?.count ?? 0) + 1)
    }
    return counts.values.sorted { ($1.count, $0.author.email) < ($0.count, $1.author.email) }
  }
}
