#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sees to it that one process at a time publishes, and that of those who wait all but one go home.
///
/// Whoever publishes looks at the hub's newest state after taking the lock. So one that waits is enough: it will see
/// whatever came in before it is let in. The kernel lets the locks go when a process ends, however it ends.
final class PublishLock {
  private let descriptor: Int32

  /// Waits for its turn; nil where another process waits already.
  init?(in folder: String) throws(HubFault) {
    let next = try HubFiles.openLock(folder + "publish.next")
    defer { close(next) }
    guard flock(next, LOCK_EX | LOCK_NB) == 0 else { return nil }
    let running = try HubFiles.openLock(folder + "publish.lock")
    while flock(running, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(running)
        throw .system("cannot lock \(folder)publish.lock: \(String(cString: strerror(errno)))")
      }
    }
    descriptor = running
  }

  deinit { close(descriptor) }
}
