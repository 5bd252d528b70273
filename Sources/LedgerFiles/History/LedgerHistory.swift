public import LedgerModel

/// A commit as the rules of merging see it.
public struct CommitRecord: Hashable, Sendable {
  public let id: ContentID
  public let parents: [ContentID]
  /// Whom the commit speaks for.
  public private(set) var author: Author
  /// Whom the commit names as its author, where it speaks for somebody else.
  public private(set) var claimed: Author?
  /// Seconds since 1970, as the author's clock claimed.
  public let authoredAt: Int64
  /// Who made the commit: of the main line, who synced.
  public let committer: Author
  /// Seconds since 1970; on the main line history's time.
  public let committedAt: Int64
  public let message: String

  /// A commit; where nothing is said of its committer, the author made it when it was entered.
  public init(
    id: ContentID, parents: [ContentID], author: Author, authoredAt: Int64, committer: Author? = nil,
    committedAt: Int64? = nil, message: String
  ) {
    self.id = id
    self.parents = parents
    self.author = author
    self.authoredAt = authoredAt
    self.committer = committer ?? author
    self.committedAt = committedAt ?? authoredAt
    self.message = message
  }

  /// The commit as it counts where it speaks for somebody else than it names as its author: for the one who brings it.
  public func speaking(for bringer: Author) -> CommitRecord {
    var copy = self
    copy.claimed = author
    copy.author = bringer
    return copy
  }
}

/// A file in which a commit differs from every one of its parents.
public struct FileChange: Hashable, Sendable {
  public let path: String
  /// The content in each parent, in the order of the parents; nil where there is no such file.
  public let before: [ContentID?]
  /// The content in the commit; nil where it removed the file.
  public let after: ContentID?

  public init(path: String, before: [ContentID?], after: ContentID?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// A ledger's past, as merging and auditing need it: commits and the files in them, without git.
///
/// What is asked for often is asked by content id, so that an implementation opens only what differs.
public protocol LedgerHistory {
  func commit(_ id: ContentID) throws -> CommitRecord
  /// The commits reachable from `local` and not from `hub`, oldest first: every commit after its parents, ties by id.
  func unsent(hub: ContentID, local: ContentID) throws -> [CommitRecord]
  /// The files in which a commit differs from every one of its parents, in path order.
  func changes(of commit: ContentID) throws -> [FileChange]
  /// The newest commit of the main line that ends at `hub` among the commit's ancestors, itself included; nil where
  /// the two histories have nothing in common.
  func fork(of commit: ContentID, hub: ContentID) throws -> ContentID?
  /// Whether `ancestor` is `commit` or one of its ancestors.
  func isAncestor(_ ancestor: ContentID, of commit: ContentID) throws -> Bool
  /// The commits of the main line ending at `hub` that changed a file against their first parent, newest first.
  func mainLine(endingAt hub: ContentID, changing path: String) throws -> any IteratorProtocol<ContentID>
  /// The id of a file's content in a commit; nil where there is no such file.
  func content(of path: String, in commit: ContentID) throws -> ContentID?
  /// The paths at which two commits have different files, in order.
  func differing(_ one: ContentID, _ other: ContentID) throws -> [String]
  /// The public key, as `ssh-ed25519 AAAA…` without a comment, whose signature on a commit verifies; nil for a commit that
  /// is not signed, or whose signature does not verify. Whose key it is, is for the policy to say.
  func signingKey(of commit: ContentID) throws -> String?
  /// The bytes of a content.
  func bytes(of content: ContentID) throws -> [UInt8]
  /// The paths below a folder in a commit, in order.
  func paths(below folder: String, in commit: ContentID) throws -> [String]
  /// What makes sources of a commit's files: for each thread one of its own.
  func sources(of commit: ContentID) throws -> @Sendable () -> any LedgerSource
}

extension LedgerHistory {
  /// The files of a commit, for one thread.
  public func source(of commit: ContentID) throws -> any LedgerSource { try sources(of: commit)() }
}
