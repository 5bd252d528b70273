public import Git
import LedgerModel

/// Writes files of the ledger and commits them at once, with a reason: what `kpi record`, `define`, `import` and
/// `settle` do. Everything else that is being edited in the work tree stays as it is.
public struct LedgerWriting {
  private let clone: LedgerClone
  private let now: GitTime

  public init(_ clone: LedgerClone, now: GitTime) {
    self.clone = clone
    self.now = now
  }

  /// Writes and commits.
  /// - Parameters:
  ///   - files: by path, the bytes to write, made from what the work tree has now; nil deletes the file.
  ///   - message: why; the first line is what `kpi audit` shows.
  /// - Returns: the commit; nil where nothing changed.
  /// - Throws: `CloneFault.busy` while a sync runs, `CloneFault.noIdentity` where nobody is named,
  ///   `CloneFault.unfinished` while plain git is in the middle of something, `GitError` with code `.signing` where the
  ///   commit is to be signed and cannot be; nothing is changed then.
  @discardableResult
  public func commit(_ files: [String: [UInt8]?], message: String) throws -> ObjectID? {
    let lock = try CloneLock(clone)
    defer { withExtendedLifetime(lock) {} }
    try clone.requireQuiet()
    let author = try clone.author()
    try Checkout(clone: clone, now: now.seconds).finishInterrupted()
    let before = try clone.tip()
    let workFiles = try WorkFiles(clone)
    let edits = try files.sorted { $0.key < $1.key }.map { path, bytes in
      WorkEdits.Edit(path: path, bytes: bytes, present: try workFiles.storedContent(path), base: nil)
    }
    let tip = try EditCommit(clone: clone, author: author, now: now, signer: clone.signer())
      .commitOnTip(edits, message: message)
    return tip == before ? nil : tip
  }
}
