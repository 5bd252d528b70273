public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Decides whether a push may come into a hub (DESIGN section 7). All reasons against it are found at once.
///
/// Pure: the verdict follows from the two tips, the objects and the time. What it costs follows from what the push
/// changes; of the rest of the ledger only what changed files refer to is read. It writes no object that an
/// acceptable push does not bring itself, but a merge that should have come out differently is written as it should:
/// open the objects with a place of their own for that (``LedgerHub/init(_:objectDirectory:alternates:)``).
public struct Gate: Sendable {
  /// Commits that are judged before it is asked whether there are reasons enough; what was read of them is let go then.
  private static let share = 1024

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
    do {
      return Verdict(try refusals(from: old, to: new))
    } catch let large as RevWalk.LargeCommit {
      return Verdict([.largeCommit(large.id, limits.commitBytes)])
    } catch let error as GitError where error.code == .notFound || error.code == .corrupt {
      return Verdict([.damaged(error.message)])
    }
  }

  private func refusals(from old: ObjectID?, to new: ObjectID) throws -> [Refusal] {
    guard try objects.header(of: new).kind == .commit else { return [.noCommit] }
    let walk = RevWalk(objects, commitBytes: limits.commitBytes)
    guard let commits = try walk.commits(from: [new], notIn: old.map { [$0] } ?? [], limit: limits.commits) else {
      return [.tooManyCommits(limits.commits)]
    }
    var content = NewContent(objects: objects, limits: limits)
    try content.look(at: commits)
    guard let line = try mainLine(from: old, to: new, new: Set(commits), walk) else {
      return content.refusals + [try walk.isAncestor(old ?? new, of: new) ? .otherWayRound : .takesBack]
    }
    guard !content.isBeyondReading else { return content.refusals }
    let unfit = try resting(on: content.unfit, commits, walk)
    let unseen = try resting(on: content.unseen, commits, walk)
    var refusals = content.refusals
    // What such a file says does not matter.
    let noFiles = Set(refusals.compactMap(\.file))
    let decoded = DecodedFiles()
    for start in stride(from: 0, to: line.count, by: Self.share) where refusals.count < limits.refusals {
      let part = Array(line[start..<min(start + Self.share, line.count)])
      let found = try Parallel.map(
        Array(part.indices),
        tools: { (GitHistory(objects, remembering: decoded), RevWalk(objects, commitBytes: limits.commitBytes)) }
      ) { place, tools, results in
        let (history, walk) = tools
        let commit = try history.stored(part[place])
        var own = try clock(commit, history)
        if !unseen.contains(commit.id) {
          own += try self.refusals(of: commit, isFit: !unfit.contains(commit.id), history, walk)
            .filter { $0.file.map { !noFiles.contains($0) } ?? true }
        }
        if !own.isEmpty { results.append((place, own)) }
      }
      refusals += found.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
    return refusals
  }

  /// Commits and those of the others that have them in their past, parents first.
  private func resting(on some: Set<ObjectID>, _ commits: [ObjectID], _ walk: RevWalk) throws -> Set<ObjectID> {
    guard !some.isEmpty else { return [] }
    var found = some
    for id in commits where try walk.parents(of: id).contains(where: found.contains) { found.insert(id) }
    return found
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

  /// - Parameter isFit: whether everything that the commit rests on may be merged. Otherwise no merge is made again:
  ///   what it would say of files that are none is no use to anybody.
  private func refusals(
    of commit: Commit, isFit: Bool, _ history: GitHistory, _ walk: RevWalk
  ) throws -> [Refusal] {
    let first = try commit.parents.first.map { try history.stored($0) }
    let changes = try TreeDiff.between(first?.tree, commit.tree, in: objects)
    let content = ContentRules(history: history).refusals(of: changes, in: commit.tree, before: first?.tree)
    let sender = try first.flatMap { first in
      try pusher.map { try PusherRule(pusher: $0, history: history).refusals(of: commit, first: first) }
    }
    let signature = try first.map { try SignatureRule(history: history).refusals(of: commit, first: $0) }
    let shape = isFit ? try shape(commit, first, changes, isValid: content.isEmpty, history, walk) : []
    return (sender ?? []) + (signature ?? []) + shape + content
  }

  /// The committer's time is history's: it may not run backwards, nor ahead of the hub's.
  private func clock(_ commit: Commit, _ history: GitHistory) throws -> [Refusal] {
    let time = commit.committer.time.seconds
    if time > now + limits.clockAhead { return [.clockAhead(commit, now: now)] }
    guard let first = try commit.parents.first.map({ try history.stored($0) }) else { return [] }
    return time < first.committer.time.seconds ? [.clockBehind(commit, first: first)] : []
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
