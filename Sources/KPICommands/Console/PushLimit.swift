import Dispatch
import Foundation
import Hub

/// Ends the look at a push when it has taken as long as it may, so that nobody keeps a hub busy with one push. git then
/// takes nothing of it and throws its objects away.
enum PushLimit {
  /// Bytes of memory of its own that the look at a push may take: 4 GB. Beyond it the program ends, and nothing is taken.
  private static let memory: UInt = 4 << 30

  /// Begins to watch this process.
  static func start(seconds: Int) {
    var limit = rlimit(rlim_cur: memory, rlim_max: memory)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
      for line in Verdict.takingTooLong(seconds: seconds).lines() { Console.note(line) }
      _exit(ExitStatus.findings.rawValue)
    }
  }
}
