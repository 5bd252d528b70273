import Git
import LedgerFiles
public import LedgerModel
import LedgerStore
import Merging

/// Commits of somebody else that a clone brings to the hub and that they have not signed: they count as those of whoever
/// syncs (DESIGN section 4, "speaks for").
public struct BroughtCommits: Hashable, Sendable {
  /// Whom the commits name as their author.
  public let author: Author
  public let count: Int

  /// Those of each other author among the commits that the hub does not have, most first.
  static func of(
    _ local: ObjectID, notIn hub: ObjectID, by bringer: Author, in objects: ObjectDatabase
  ) throws -> [BroughtCommits] {
    var counts: [String: BroughtCommits] = [:]
    let history = GitHistory(objects)
    let speakers = Speakers(history)
    for id in try RevWalk(objects).commits(from: [local], notIn: [hub]) {
      let commit = try history.commit(ContentID(id))
      let author = commit.author
      guard commit.parents.count < 2,
        try !speakers.isAuthors(commit, broughtBy: bringer, onto: ContentID(hub))
      else { continue }
      let known = counts[author.email]
      counts[author.email] = BroughtCommits(author: known?.author ?? author, count: (known?.count ?? 0) + 1)
    }
    return counts.values.sorted { ($1.count, $0.author.email) < ($0.count, $1.author.email) }
  }
}
