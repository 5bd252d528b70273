import Git

/// A commit of the main line against its first parent.
struct MainLineStep: Sendable {
  /// Counted from the newest, which is 0.
  let place: Int
  let commit: ObjectID
  let tree: ObjectID
  /// The first parent's; nil for the ledger's first commit.
  var oldTree: ObjectID?
  /// Whether a sync made it, so that others have entered what it brings.
  let isMerge: Bool

  /// The steps that end at a commit, newest first.
  /// - Parameters:
  ///   - isEnd: says of a commit of the main line that it does not count, nor what is before it
  ///   - since: seconds since 1970: a commit of before then does not count, nor what is before it
  ///   - limit: how many at most
  /// - Returns: the steps, and whether the walk met its end
  /// - Throws: `GitError` where the history cannot be read
  static func steps(
    endingAt tip: ObjectID, since: Int64? = nil, limit: Int = .max, in objects: ObjectDatabase,
    until isEnd: (ObjectID) throws -> Bool = { _ in false }
  ) throws -> (steps: [MainLineStep], meetsEnd: Bool) {
    var steps: [MainLineStep] = []
    var next: ObjectID? = tip
    while let id = next, try !isEnd(id) {
      if let since, try objects.commit(id).committer.time.seconds < since { break }
      let head = try CommitHead(id, in: objects)
      if let last = steps.indices.last { steps[last].oldTree = head.tree }
      guard steps.count < limit else { return (steps, false) }
      next = head.parents.first
      steps.append(
        MainLineStep(
          place: steps.count, commit: id, tree: head.tree, oldTree: nil, isMerge: head.parents.count > 1))
    }
    guard let end = next else { return (steps, false) }
    if let last = steps.indices.last { steps[last].oldTree = try CommitHead(end, in: objects).tree }
    return (steps, try isEnd(end))
  }

  /// The files below `departments/*/` in which it differs from its first parent, of some folders only.
  /// - Parameter folders: `actuals`, `kpis`
  func changes(in folders: [String], _ trees: RecentTrees) throws -> [TreeChange] {
    try TreeDiff.between(oldTree, tree, in: "departments", remembering: trees) { depth, name in
      depth != 1 || folders.contains { name.elementsEqual($0.utf8) }
    }.filter(\.isOfFile)
  }
}

/// Finds out who entered what a commit of the main line brought. For one thread.
final class Origins {
  private let objects: ObjectDatabase
  private let walk: RevWalk

  init(_ objects: ObjectDatabase) {
    self.objects = objects
    walk = RevWalk(objects)
  }

  /// The commit in which somebody last changed a file, of those that a merge brought; the commit itself where it is
  /// no merge, or where the merge alone made the file what it is.
  func origin(of path: String, in step: MainLineStep) throws -> Commit {
    let commit = try objects.commit(step.commit)
    guard commit.parents.count > 1 else { return commit }
    let brought = try walk.commits(from: Array(commit.parents.dropFirst()), notIn: Array(commit.parents.prefix(1)))
    for id in brought.reversed() {
      let candidate = try objects.commit(id)
      let own = try objects.entry(at: path, in: candidate.tree)?.id
      let others = try candidate.parents.map { try objects.entry(at: path, in: objects.commit($0).tree)?.id }
      if !others.contains(own) { return candidate }
    }
    return commit
  }
}
