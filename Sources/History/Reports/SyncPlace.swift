import Calculation
import Git

/// A commit of the main line with the one before it: the moment of a change, and the ledger before and after.
struct SyncPlace {
  /// The main line's time, in seconds since 1970.
  let seconds: Int64
  let tree: ObjectID
  /// The first parent's.
  let oldTree: ObjectID

  /// nil for the commit that the ledger began with: before it nothing was.
  /// - Throws: `GitError` where the history cannot be read
  init?(_ id: ObjectID, in objects: ObjectDatabase) throws {
    let commit = try objects.commit(id)
    guard let parent = commit.parents.first else { return nil }
    seconds = commit.committer.time.seconds
    tree = commit.tree
    oldTree = try CommitHead(parent, in: objects).tree
  }

  /// The day of UTC, so that every machine says the same.
  var day: Day { UTCTime.day(seconds) }
}
