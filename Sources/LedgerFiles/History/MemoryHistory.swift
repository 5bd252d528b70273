public import LedgerModel

/// A history kept in memory: for merging three files that are in no repository, and for playing histories in tests.
public final class MemoryHistory: LedgerHistory {
  private struct Stored {
    let record: CommitRecord
    let files: [String: ContentID]
    /// Ancestors, itself included.
    let ancestors: Set<ContentID>
    let signedWith: String?
  }

  /// Bytes hashed as a whole, which an array of bytes is not.
  private struct Content: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private var commits: [ContentID: Stored] = [:]
  private var contents: [ContentID: [UInt8]] = [:]
  private var idsOfBytes: [Content: ContentID] = [:]

  public init() {}

  /// Adds a commit.
  /// - Parameters:
  ///   - files: all files of the commit, by path.
  ///   - parents: commits added before.
  ///   - key: the public key with which it is signed.
  /// - Returns: its id; ids grow with the order of adding.
  @discardableResult
  public func add(
    _ files: [String: [UInt8]], parents: [ContentID], author: Author, message: String = "", at: Int64 = 0,
    signedWith key: String? = nil
  ) -> ContentID {
    let id = ContentID(Self.padded(commits.count))
    var ancestors: Set<ContentID> = [id]
    for parent in parents { ancestors.formUnion(commits[parent]?.ancestors ?? []) }
    let record = CommitRecord(id: id, parents: parents, author: author, authoredAt: at, message: message)
    commits[id] = Stored(record: record, files: files.mapValues(store), ancestors: ancestors, signedWith: key)
    return id
  }

  /// Adds the merge of two commits: the first one's files with these changes.
  @discardableResult
  public func addMerge(
    _ changes: [String: FileVersion], hub: ContentID, local: ContentID, author: Author, message: String = "",
    at: Int64 = 0
  ) throws -> ContentID {
    var files = try self.files(of: hub)
    for (path, version) in changes {
      switch version {
      case .bytes(let bytes): files[path] = bytes
      case .content(let id): files[path] = try bytes(of: id)
      case .removed: files[path] = nil
      }
    }
    return add(files, parents: [hub, local], author: author, message: message, at: at)
  }

  /// All files of a commit, by path.
  public func files(of commit: ContentID) throws -> [String: [UInt8]] {
    try stored(commit).files.mapValues { try bytes(of: $0) }
  }

  public func sources(of commit: ContentID) throws -> @Sendable () -> any LedgerSource {
    let files = FilesInMemory(try files(of: commit))
    return { files }
  }

  public func commit(_ id: ContentID) throws -> CommitRecord { try stored(id).record }

  public func signingKey(of commit: ContentID) throws -> String? { try stored(commit).signedWith }

  public func unsent(hub: ContentID, local: ContentID) throws -> [CommitRecord] {
    let known = try stored(hub).ancestors
    return try stored(local).ancestors.subtracting(known).sorted().map { try stored($0).record }
  }

  public func changes(of commit: ContentID) throws -> [FileChange] {
    let stored = try stored(commit)
    let parents = try stored.record.parents.map { try self.stored($0).files }
    let before = parents.isEmpty ? [[:]] : parents
    let paths = before.reduce(into: Set(stored.files.keys)) { $0.formUnion($1.keys) }
    return paths.sorted().compactMap { path in
      let change = FileChange(path: path, before: before.map { $0[path] }, after: stored.files[path])
      return change.before.contains(change.after) ? nil : change
    }
  }

  public func fork(of commit: ContentID, hub: ContentID) throws -> ContentID? {
    let ancestors = try stored(commit).ancestors
    var next: ContentID? = hub
    while let id = next {
      if ancestors.contains(id) { return id }
      next = try stored(id).record.parents.first
    }
    return nil
  }

  public func isAncestor(_ ancestor: ContentID, of commit: ContentID) throws -> Bool {
    try stored(commit).ancestors.contains(ancestor)
  }

  public func mainLine(endingAt hub: ContentID, changing path: String) throws -> any IteratorProtocol<ContentID> {
    var line: [ContentID] = []
    var next: ContentID? = hub
    while let id = next {
      let commit = try stored(id)
      next = commit.record.parents.first
      let before = try next.map { try stored($0).files[path] } ?? nil
      if commit.files[path] != before || next == nil { line.append(id) }
    }
    return line.makeIterator()
  }

  public func content(of path: String, in commit: ContentID) throws -> ContentID? {
    try stored(commit).files[path]
  }

  public func differing(_ one: ContentID, _ other: ContentID) throws -> [String] {
    let (one, other) = (try stored(one).files, try stored(other).files)
    return Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }.sorted()
  }

  public func bytes(of content: ContentID) throws -> [UInt8] {
    guard let bytes = contents[content] else { throw MissingFromHistory(id: content) }
    return bytes
  }

  public func paths(below folder: String, in commit: ContentID) throws -> [String] {
    try stored(commit).files.keys.filter { folder.isEmpty || $0.hasPrefix(folder + "/") }.sorted()
  }

  private func stored(_ id: ContentID) throws -> Stored {
    guard let commit = commits[id] else { throw MissingFromHistory(id: id) }
    return commit
  }

  private func store(_ bytes: [UInt8]) -> ContentID {
    if let known = idsOfBytes[Content(bytes: bytes)] { return known }
    let id = ContentID("content" + Self.padded(contents.count))
    contents[id] = bytes
    idsOfBytes[Content(bytes: bytes)] = id
    return id
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}

/// A commit or content that a history was asked for and does not have.
public struct MissingFromHistory: Error, Hashable, Sendable {
  public let id: ContentID
}
