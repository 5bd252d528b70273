import Git
import LedgerModel

/// Syncs that the hub confirmed once and does not have any more, as after it was restored from an older backup: it
/// stands on the main line that this clone has, only further back.
///
/// They go to the hub as they are, so that its list of syncs is again what it was. Where the hub went on otherwise
/// since, what they brought is merged like anything else that it does not have.
struct LostSyncs {
  /// The newest of them.
  let newest: ObjectID
  let count: Int

  /// Nil where the hub lacks none, or went on otherwise.
  /// - Parameter lastSeen: where the hub was when this clone last heard of it.
  init?(below local: ObjectID, hub: ObjectID, lastSeen: ObjectID?, in repository: Repository) throws {
    let objects = repository.objects
    let unsent = Set(try RevWalk(objects).commits(from: [local], notIn: [hub]))
    var line: [Commit] = []
    var next: ObjectID? = local
    while let id = next, unsent.contains(id) {
      let commit = try objects.commit(id)
      line.append(commit)
      next = commit.parents.first
    }
    guard next == hub else { return nil }
    let lost = line.drop { $0.id != lastSeen && !Self.isSync($0) }
    guard let newest = lost.first, try lost.allSatisfy({ try Self.recomputes($0, in: repository) }) else { return nil }
    self.newest = newest.id
    count = lost.count
  }

  private static func isSync(_ commit: Commit) -> Bool {
    commit.parents.count == 2 && commit.message.split(separator: "\n").last.map(String.init) == SyncMerge.trailer
  }

  /// Whether a merge is as the rules make it: one that was changed by hand is no confirmed sync.
  private static func recomputes(_ commit: Commit, in repository: Repository) throws -> Bool {
    guard commit.parents.count != 1 else { return true }
    guard isSync(commit) else { return false }
    let bringer = Author(name: commit.committer.name, email: commit.committer.email)
    let merge = try SyncMerge(
      hub: commit.parents[0], local: commit.parents[1], by: bringer, at: commit.committer.time, in: repository.objects)
    return try merge.map { try repository.objects.commit($0.commit).tree } == commit.tree
  }
}
