import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps two `kpi` processes from changing one clone at a time. The kernel lets it go when the process ends, however.
public final class CloneLock {
  private let descriptor: Int32

  /// Takes the lock.
  /// - Throws: `CloneFault.busy` while another process has it.
  public init(_ clone: LedgerClone) throws {
    try Notes.makeFolder(clone.notesFolder)
    descriptor = open(clone.notesFolder + "lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw GitError(.system, "cannot write in \(clone.notesFolder)") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw CloneFault.busy
    }
    Notes.removeAbandonedDrafts(in: clone.notesFolder)
  }

  /// Unlocks before it closes: a child process that was just being started may still hold a copy of the file.
  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
