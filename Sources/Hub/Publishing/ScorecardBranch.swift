import Git
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The branch that scorecards are published on. Whoever moves it holds the `PublishLock`.
struct ScorecardBranch {
  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  /// Moves the branch in one step.
  ///
  /// A publishing process that was killed in the middle of this may have left git's lock file behind. Nobody else moves
  /// the branch, and git's own maintenance holds the lock for moments: one that stays for two seconds is nobody's.
  func move(to new: ObjectID, from old: ObjectID?, by author: Signature) throws {
    try repository.setReflogAuthor(author)
    guard try !update(to: new, from: old) else { return }
    for _ in 0..<3 {
      let before = stamp
      sleep(2)
      if before != nil, stamp == before { unlink(lock) }
      guard try !update(to: new, from: old) else { return }
    }
    throw GitError(.locked, "the branch scorecard is locked: \(lock)")
  }

  /// Moves the branch; false where it is locked.
  private func update(to new: ObjectID, from old: ObjectID?) throws -> Bool {
    do {
      try repository.updateReference(LedgerHub.scorecardBranch, to: new, from: old, message: "kpi hub publish")
      return true
    } catch {
      guard error.code == .locked else { throw error }
      return false
    }
  }

  private var lock: String { repository.commonPath + LedgerHub.scorecardBranch + ".lock" }

  /// Which lock file is there; nil: none.
  private var stamp: [Int]? {
    var status = stat()
    guard lstat(lock, &status) == 0 else { return nil }
    return [Int(status.st_ino), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)]
  }
}
