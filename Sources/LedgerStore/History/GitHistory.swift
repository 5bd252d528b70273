public import Git
public import LedgerFiles
public import LedgerModel

/// A ledger's past in a git repository. For one thread.
public final class GitHistory: LedgerHistory {
  public let objects: ObjectDatabase
  /// What the organisation's files mean, whichever commits they are of.
  public let decoded: DecodedFiles
  private let walk: RevWalk
  private let lookup: TreeLookup
  private var commits: [ObjectID: Commit] = [:]
  private var forks: [ObjectID: [ObjectID: ObjectID?]] = [:]
  private var signingKeys: [ObjectID: String?] = [:]
  private var changesByCommit: [ObjectID: [FileChange]] = [:]

  /// - Parameter decoded: what is remembered of files by their content, which several histories may share
  public init(_ objects: ObjectDatabase, remembering decoded: DecodedFiles = DecodedFiles()) {
    self.objects = objects
    self.decoded = decoded
    walk = RevWalk(objects)
    lookup = TreeLookup(objects)
  }

  public func commit(_ id: ContentID) throws -> CommitRecord {
    let commit = try stored(ObjectID(id))
    return CommitRecord(
      id: id, parents: commit.parents.map(ContentID.init),
      author: Author(name: commit.author.name, email: commit.author.email),
      authoredAt: commit.author.time.seconds,
      committer: Author(name: commit.committer.name, email: commit.committer.email),
      committedAt: commit.committer.time.seconds, message: commit.message)
  }

  public func unsent(hub: ContentID, local: ContentID) throws -> [CommitRecord] {
    try walk.commits(from: [ObjectID(local)], notIn: [ObjectID(hub)]).map { try commit(ContentID($0)) }
  }

  public func changes(of commit: ContentID) throws -> [FileChange] {
    let id = try ObjectID(commit)
    if let known = changesByCommit[id] { return known }
    let changes = try changes(of: stored(id))
    changesByCommit[id] = changes
    return changes
  }

  private func changes(of commit: Commit) throws -> [FileChange] {
    guard let first = commit.parents.first else {
      return try objects.files(in: commit.tree).map { path, entry in
        FileChange(path: path, before: [nil], after: ContentID(entry.id))
      }
    }
    var changes = try TreeDiff.between(stored(first).tree, commit.tree, in: objects).map { change in
      let (old, new) = (change.old.map { ContentID($0.id) }, change.new.map { ContentID($0.id) })
      return FileChange(path: change.path, before: [old], after: new)
    }
    for parent in commit.parents.dropFirst() {
      let others = try TreeDiff.between(stored(parent).tree, commit.tree, in: objects)
      let old = Dictionary(others.map { ($0.path, $0.old.map { ContentID($0.id) }) }, uniquingKeysWith: { $1 })
      changes = changes.compactMap { change in
        guard let before = old[change.path] else { return nil }
        return FileChange(path: change.path, before: change.before + [before], after: change.after)
      }
    }
    return changes
  }

  public func fork(of commit: ContentID, hub: ContentID) throws -> ContentID? {
    try fork(of: ObjectID(commit), hub: ObjectID(hub)).map(ContentID.init)
  }

  /// The fork of a commit is the newest of its parents' forks, unless it is on the main line itself.
  private func fork(of commit: ObjectID, hub: ObjectID) throws -> ObjectID? {
    if let known = forks[hub]?[commit] { return known }
    let found: ObjectID?
    if try walk.isAncestor(commit, of: hub) {
      found = try walk.firstParent(from: hub) { try self.walk.isAncestor($0, of: commit) }
    } else {
      var newest: ObjectID?
      for parent in try walk.parents(of: commit) {
        guard let candidate = try fork(of: parent, hub: hub) else { continue }
        if try newest.map({ try walk.isAncestor($0, of: candidate) }) ?? true { newest = candidate }
      }
      found = newest
    }
    forks[hub, default: [:]][commit] = .some(found)
    return found
  }

  public func isAncestor(_ ancestor: ContentID, of commit: ContentID) throws -> Bool {
    try walk.isAncestor(ObjectID(ancestor), of: ObjectID(commit))
  }

  public func mainLine(endingAt hub: ContentID, changing path: String) throws -> any IteratorProtocol<ContentID> {
    try MainLine(history: self, path: path, upcoming: ObjectID(hub))
  }

  public func content(of path: String, in commit: ContentID) throws -> ContentID? {
    try content(of: path, in: ObjectID(commit)).map(ContentID.init)
  }

  private func content(of path: String, in commit: ObjectID) throws -> ObjectID? {
    guard let entry = try lookup.entry(at: path, in: stored(commit).tree), entry.mode.isBlob else { return nil }
    return entry.id
  }

  public func differing(_ one: ContentID, _ other: ContentID) throws -> [String] {
    try TreeDiff.between(stored(ObjectID(one)).tree, stored(ObjectID(other)).tree, in: objects).map(\.path)
  }

  private func differs(_ path: String, _ one: ObjectID, _ other: ObjectID) throws -> Bool {
    try content(of: path, in: one) != content(of: path, in: other)
  }

  public func signingKey(of commit: ContentID) throws -> String? {
    let id = try ObjectID(commit)
    if let known = signingKeys[id] { return known }
    let key = try objects.signingKey(ofCommit: id)?.description
    signingKeys[id] = .some(key)
    return key
  }

  public func bytes(of content: ContentID) throws -> [UInt8] {
    try objects.blob(ObjectID(content))
  }

  public func paths(below folder: String, in commit: ContentID) throws -> [String] {
    try objects.files(in: stored(ObjectID(commit)).tree, under: folder).map(\.path)
  }

  public func sources(of commit: ContentID) throws -> @Sendable () -> any LedgerSource {
    let tree = try stored(ObjectID(commit)).tree
    return { [objects, decoded] in TreeSource(objects, tree: tree, remembering: decoded) }
  }

  /// A commit, read once.
  public func stored(_ id: ObjectID) throws -> Commit {
    if let known = commits[id] { return known }
    let commit = try objects.commit(id)
    commits[id] = commit
    return commit
  }

  /// The commits of a main line in which one path differs from the first parent, newest first.
  private struct MainLine: IteratorProtocol {
    let history: GitHistory
    let path: String
    var upcoming: ObjectID?

    /// A commit that cannot be read ends the line: what is asked of it fails when it is opened.
    mutating func next() -> ContentID? {
      while let id = upcoming {
        upcoming = try? history.walk.parents(of: id).first
        guard let parent = upcoming else { return ContentID(id) }
        if (try? history.differs(path, id, parent)) ?? true { return ContentID(id) }
      }
      return nil
    }
  }
}

extension ContentID {
  /// A git object's id as the rules of the ledger name it.
  public init(_ id: ObjectID) { self.init(id.description) }
}

extension ObjectID {
  /// - Throws: `GitError.invalid` where the text is no git id.
  public init(_ id: ContentID) throws {
    guard let object = ObjectID(id.text) else { throw GitError(.invalid, "\(id.text) is no git id") }
    self = object
  }
}
