import Clibgit2

/// What the index is to say of a path: the blob, and the stamp that the file had when it was that blob.
public struct IndexRecord: Hashable, Sendable {
  /// The blob and its mode.
  public var entry: TreeEntry
  /// Nil: git is to look into the file the next time.
  public var stamp: FileStamp?

  /// A record of that blob, seen in a file of that stamp.
  public init(entry: TreeEntry, stamp: FileStamp?) {
    self.entry = entry
    self.stamp = stamp
  }
}

extension WorkTree {
  /// Changes the index in the given paths, in one step as other processes see it; the files are not touched.
  ///
  /// After a commit of files that were read with ``read(_:)``, recording their blobs and stamps makes `git status`
  /// clean without looking into them.
  /// - Parameter records: by path; nil removes the path from the index
  /// - Throws: `.locked` when another process holds the index or a killed one left its lock; `.notFound` for a blob
  ///   that is not here
  public func record(_ records: [String: IndexRecord?]) throws(GitError) {
    guard !records.isEmpty else { return }
    var index: OpaquePointer?
    try check(git_repository_index(&index, repository.handle), "index")
    defer { git_index_free(index) }
    try check(git_index_read(index, 0), "index")
    let hasConflicts = git_index_has_conflicts(index) == 1
    for (path, record) in records {
      if hasConflicts { git_index_conflict_remove(index, path) }
      guard let record else {
        let code = git_index_remove(index, path, 0)
        if code != GIT_ENOTFOUND.rawValue { try check(code, path) }
        continue
      }
      try add(path, record, to: index)
    }
    try write(index)
  }

  /// Sets the whole index to a tree, with no stamps: git looks into every file the next time.
  public func resetIndex(to tree: ObjectID) throws(GitError) {
    var (index, handle, oid): (OpaquePointer?, OpaquePointer?, git_oid) = (nil, nil, tree.oid)
    try check(git_repository_index(&index, repository.handle), "index")
    defer { git_index_free(index) }
    try check(git_tree_lookup(&handle, repository.handle, &oid), "tree \(tree)")
    defer { git_tree_free(handle) }
    try check(git_index_read(index, 0), "index")
    try check(git_index_read_tree(index, handle), "index")
    try write(index)
  }

  private func add(_ path: String, _ record: IndexRecord, to index: OpaquePointer?) throws(GitError) {
    var entry = git_index_entry()
    entry.mode = record.entry.mode.rawValue
    entry.id = record.entry.id.oid
    record.stamp?.fill(&entry)
    let code = path.withCString { text in
      entry.path = text
      return git_index_add(index, &entry)
    }
    try check(code, path)
  }
}
