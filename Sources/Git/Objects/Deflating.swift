import Clibgit2
import Dispatch
import Synchronization

/// Bytes as git stores them.
enum Deflating {
  /// Deflates as git does loose objects: quickly.
  static func deflated(_ bytes: [UInt8]) throws(GitError) -> [UInt8] {
    let room = kpi_deflated_bound(bytes.count)
    let result = [UInt8](unsafeUninitializedCapacity: room) { out, count in
      count = bytes.withUnsafeBytes { kpi_deflate($0.baseAddress, $0.count, out.baseAddress, room, 1) }
    }
    guard !result.isEmpty else { throw GitError(.generic, "bytes could not be deflated") }
    return result
  }

  /// Deflates many, on all processors.
  static func deflated(all: [[UInt8]]) throws(GitError) -> [[UInt8]] {
    let results = Mutex([Result<[UInt8], GitError>?](repeating: nil, count: all.count))
    DispatchQueue.concurrentPerform(iterations: all.count) { index in
      let result = Result { () throws(GitError) in try deflated(all[index]) }
      results.withLock { $0[index] = result }
    }
    var found: [[UInt8]] = []
    for result in results.withLock({ $0 }) { if let result { found.append(try result.get()) } }
    return found
  }
}
