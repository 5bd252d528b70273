public import Git
import LedgerModel
import LedgerStore

/// Decides whether a push may come into a hub (DESIGN section 7). All reasons against it are found at once.
///
/// Pure: the verdict follows from the two tips, the objects and the time. What it costs follows from what the push
/// changes; of the rest of the ledger only what changed files refer to is read. It writes no object that an
/// acceptable push does not bring itself, but a merge that should have come out differently is written as it should:
/// open the objects with a place of their own for that (``LedgerHub/init(_:objectDirectory:alternates:)``).
public struct Gate {
  let objects: ObjectDatabase
  let now: Int64
  let limits: GateLimits
  let pusher: String?

  /// - Parameters:
  ///   - objects: the hub's and the push's
  ///   - now: the hub's clock, seconds since 1970
  ///   - limits: how much a push may bring
  ///   - pusher: who pushes, as an id of `people.yaml`; nil: a folder that trusts its users
  public init(_ objects: ObjectDatabase, now: Int64, limits: GateLimits = .standard, pusher: String? = nil) {
    self.objects = objects
    self.now = now
    self.limits = limits
    self.pusher = pusher
  }

  /// The verdict on a push as git describes it.
  /// - Throws: where objects cannot be read; the push must not come in then.
  public func verdict(on updates: [RefUpdate]) throws -> Verdict {
    var refusals: [Refusal] = []
    for update in updates {
      switch (update.name == LedgerHub.branch, update.new) {
      case (false, _): refusals.append(.otherName(update.name))
      case (true, nil): refusals.append(.deletion)
      case (true, let new?): refusals += try verdict(from: update.old, to: new).refusals
      }
    }
    return Verdict(refusals)
  }

  /// The verdict on moving the main line.
  /// - Parameters:
  ///   - old: where it is; nil: nothing was ever pushed
  ///   - new: where it should go
  public func verdict(from old: ObjectID?, to new: ObjectID) throws -> Verdict {
    guard try objects.header(of: new).kind == .commit else { return Verdict([.noCommit]) }
    let walk = RevWalk(objects)
    let commits = try walk.commits(from: [new], notIn: old.map { [$0] } ?? [])
    guard commits.count <= limits.commits else { return Verdict([.tooManyCommits(commits.count, limits.commits)]) }
    var content = NewContent(objects: objects, limits: limits)
    var refusals = try content.refusals(of: commits)
    guard let line = try mainLine(from: old, to: new, new: Set(commits), walk) else {
      return Verdict(refusals + [try walk.isAncestor(old ?? new, of: new) ? .otherWayRound : .takesBack])
    }
    // A merge is made again only of files that are fit to be read.
    guard refusals.isEmpty else { return Verdict(refusals) }
    let history = GitHistory(objects)
    for commit in line { refusals += try self.refusals(of: history.stored(commit), history, walk) }
    return Verdict(refusals)
  }

  /// The new commits of the main line, oldest first; nil where the old tip is not on it.
  private func mainLine(
    from old: ObjectID?, to new: ObjectID, new commits: Set<ObjectID>, _ walk: RevWalk
  ) throws -> [ObjectID]? {
    var (line, next): ([ObjectID], ObjectID?) = ([], new)
    while let id = next, id != old {
      guard commits.contains(id) else { return nil }
      line.append(id)
      next = try walk.parents(of: id).first
    }
    return next == old ? line.reversed() : nil
  }

  private func refusals(of commit: Commit, _ history: GitHistory, _ walk: RevWalk) throws -> [Refusal] {
    let first = try commit.parents.first.map { try history.stored($0) }
    let changes = try TreeDiff.between(first?.tree, commit.tree, in: objects)
    let content = ContentRules(objects: objects).refusals(of: changes, in: commit.tree, before: first?.tree)
    let sender = try first.flatMap { first in
      try pusher.map { try PusherRule(pusher: $0, history: history).refusals(of: commit, first: first) }
    }
    return clock(commit, after: first) + (sender ?? [])
      + (try shape(commit, first, changes, isValid: content.isEmpty, history, walk))
      + content
  }

  /// The committer's time is history's: it may not run backwards, nor ahead of the hub's.
  private func clock(_ commit: Commit, after first: Commit?) -> [Refusal] {
    let time = commit.committer.time.seconds
    if time > now + limits.clockAhead { return [.clockAhead(commit, now: now)] }
    if let first, time < first.committer.time.seconds { return [.clockBehind(commit, first: first)] }
    return []
  }

  private func shape(
    _ commit: Commit, _ first: Commit?, _ changes: [TreeChange], isValid: Bool, _ history: GitHistory, _ walk: RevWalk
  ) throws -> [Refusal] {
    switch commit.parents.count {
    case 0: return []
    case 1:
      guard let first else { return [] }
      return try PlainCommit(commit: commit, first: first, history: history).refusals(of: changes, isValid: isValid)
    case 2: return try MergeRecomputation(commit: commit, history: history, walk: walk).refusals()
    default: return [.tooManyParents(commit)]
    }
  }
}
