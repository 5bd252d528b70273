import Clibgit2
import Glibc

/// Writing the index takes git's lock, a file, and a process that is killed meanwhile leaves it to everybody's
/// annoyance. So who writes says so beside it first.
extension WorkTree {
  private static let notePrefix = "kpi-index-"

  func write(_ index: OpaquePointer?) throws(GitError) {
    let note = "\(repository.path)\(Self.notePrefix)\(getpid())"
    close(open(note, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666))
    defer { unlink(note) }
    try check(git_index_write(index), "index")
  }

  /// Removes the lock of the index that a killed process of this program left behind. One that is older than that
  /// process's note is somebody else's, and stays.
  public func removeAbandonedLock() {
    for (name, _) in FileSystem.names(in: repository.path) where name.hasPrefix(Self.notePrefix) {
      guard let process = pid_t(name.dropFirst(Self.notePrefix.count)), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      let (note, lock) = (repository.path + name, indexPath + ".lock")
      if let began = Self.written(note), let made = Self.written(lock), made >= began { unlink(lock) }
      unlink(note)
    }
  }

  /// When a file was last written, in nanoseconds since 1970; nil where there is none.
  private static func written(_ path: String) -> Int64? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}
