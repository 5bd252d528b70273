/// Walks over history: what is reachable, in which order, and where lines meet.
///
/// Written against commits alone. libgit2's own walk would use commit-graph files, which 1.5 rejects when a newer git
/// wrote them, and leaves the order of unrelated commits open; here it is fixed, so that whoever recomputes a merge
/// walks the same way. Commits read once are remembered: keep one walk for questions that belong together. A commit's
/// parents never change, so what is remembered stays true. One thread at a time.
public final class RevWalk {
  /// What a walk needs to know of a commit.
  struct Node {
    let parents: [ObjectID]
    let time: Int64
  }

  /// A commit has more bytes than the walk may read.
  public struct LargeCommit: Error {
    /// The commit.
    public let id: ObjectID
  }

  let objects: ObjectDatabase
  private let commitBytes: Int
  private var nodes: [ObjectID: Node] = [:]

  /// How many commits beyond the point where times say that all is known are looked at, for the sake of clones whose
  /// clocks were wrong. git looks at 5.
  static let slop = 16

  /// A walk over the commits of a database.
  /// - Parameter commitBytes: a commit of more bytes is not read, but thrown as a `LargeCommit`: for commits of anybody
  public init(_ objects: ObjectDatabase, commitBytes: Int = .max) {
    self.objects = objects
    self.commitBytes = commitBytes
  }

  func node(_ id: ObjectID) throws -> Node {
    if let node = nodes[id] { return node }
    if commitBytes < .max, try objects.header(of: id).size > commitBytes {
      throw LargeCommit(id: id)
    }
    let node = try objects.withBytes(of: id, .commit) { bytes in
      guard let header = CommitHeader(bytes) else { throw GitError(.corrupt, "commit \(id) cannot be read") }
      return Node(parents: header.parents, time: header.time)
    }
    nodes[id] = node
    return node
  }

  /// A commit's parents.
  public func parents(of id: ObjectID) throws -> [ObjectID] { try node(id).parents }

  /// When a commit was made, by its committer's clock, in seconds since 1970.
  public func time(of id: ObjectID) throws -> Int64 { try node(id).time }

  /// The commits reachable from some and not from others, parents before children, ties by id: the order in which
  /// section 5 of the design settles changes. A commit counts as reachable from itself.
  public func commits(from: [ObjectID], notIn hidden: [ObjectID] = []) throws -> [ObjectID] {
    try topologicallySorted(difference(from, hidden, limit: .max))
  }

  /// As `commits(from:notIn:)`; nil where there are more than `limit`, which is found out without walking them all.
  public func commits(from: [ObjectID], notIn hidden: [ObjectID], limit: Int) throws -> [ObjectID]? {
    let found = try difference(from, hidden, limit: limit)
    return found.count > limit ? nil : try topologicallySorted(found)
  }

  /// The main line from a tip: the tip, its first parent, and so on, newest first.
  /// - Parameters:
  ///   - tip: where to start; it is the first element
  ///   - end: where to stop; it is not in the result. Nil: at the root
  ///   - limit: at most so many
  public func firstParents(from tip: ObjectID, until end: ObjectID? = nil, limit: Int = .max) throws -> [ObjectID] {
    var (line, next): ([ObjectID], ObjectID?) = ([], tip)
    while let id = next, id != end, line.count < limit {
      line.append(id)
      next = try node(id).parents.first
    }
    return line
  }

  /// The first commit of a main line, newest first, that fits; nil when none does.
  public func firstParent(from tip: ObjectID, where fits: (ObjectID) throws -> Bool) throws -> ObjectID? {
    var next: ObjectID? = tip
    while let id = next {
      if try fits(id) { return id }
      next = try node(id).parents.first
    }
    return nil
  }

  /// Whether a commit is reachable from another; each is reachable from itself. Right whatever the clocks said.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws -> Bool {
    guard ancestor != descendant else { return true }
    var paint = Painting(walk: self)
    try paint.add(ancestor, .left)
    try paint.add(descendant, .right)
    // A path from the descendant to the ancestor holds no ancestor of the ancestor before its end: it is walked as
    // long as something is queued that only the descendant reaches.
    while paint.queued(.right) > 0, let id = try paint.step() {
      if id == ancestor, paint.colours(of: id).contains(.right) { return true }
    }
    return paint.colours(of: ancestor).contains(.right)
  }

  /// The best common ancestors of two commits: those that no other common ancestor descends from, ordered by id.
  /// None for unrelated histories; more than one after criss-cross merges.
  public func mergeBases(_ left: ObjectID, _ right: ObjectID) throws -> [ObjectID] {
    if left == right { return [left] }
    var paint = Painting(walk: self)
    try paint.add(left, .left)
    try paint.add(right, .right)
    // A best common ancestor is reached on both sides through commits of that side alone.
    while paint.queued(.left) + paint.queued(.right) > 0, try paint.step() != nil {}
    let candidates = paint.meetings
    return try candidates.filter { base in
      try !candidates.contains { try $0 != base && isAncestor(base, of: $0) }
    }.sorted()
  }

  /// - Parameter limit: with twice as many found the walk ends; some of them may turn out to be hidden later
  private func difference(_ from: [ObjectID], _ hidden: [ObjectID], limit: Int) throws -> Set<ObjectID> {
    var paint = Painting(walk: self)
    for id in hidden { try paint.add(id, .right) }
    for id in from { try paint.add(id, .left) }
    var (found, oldest, extra) = (Set<ObjectID>(), Int64.max, Self.slop)
    while let newest = paint.newestQueued {
      if paint.queued(.left) == 0, newest < oldest {
        guard extra > 0, !found.isEmpty else { break }
        extra -= 1
      } else {
        extra = Self.slop
      }
      guard let id = try paint.step() else { break }
      guard paint.colours(of: id) == .left else { continue }
      found.insert(id)
      if found.count / 2 > limit { return found }
      oldest = min(oldest, try node(id).time)
    }
    return found.filter { paint.colours(of: $0) == .left }
  }

  /// Parents before children; of those that are free to come next, the one with the lowest id.
  private func topologicallySorted(_ ids: Set<ObjectID>) throws -> [ObjectID] {
    var (missing, children): ([ObjectID: Int], [ObjectID: [ObjectID]]) = ([:], [:])
    var free = Heap<ObjectID> { $0 < $1 }
    for id in ids {
      let parents = Set(try node(id).parents).intersection(ids)
      for parent in parents { children[parent, default: []].append(id) }
      if parents.isEmpty { free.push(id) } else { missing[id] = parents.count }
    }
    var sorted: [ObjectID] = []
    sorted.reserveCapacity(ids.count)
    while let id = free.pop() {
      sorted.append(id)
      for child in children[id] ?? [] {
        missing[child, default: 0] -= 1
        if missing[child] == 0 { free.push(child) }
      }
    }
    return sorted
  }
}
