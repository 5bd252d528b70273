import Foundation
import Git
import Syncing

/// The one place that reads the clock and the environment: libraries are given them.
enum Ambient {
  /// Now, in the zone of this machine.
  static var now: GitTime {
    let date = Date()
    return GitTime(
      seconds: Int64(date.timeIntervalSince1970), offsetMinutes: TimeZone.current.secondsFromGMT(for: date) / 60)
  }

  /// Now, in milliseconds since 1970.
  static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  static var surroundings: Surroundings {
    Surroundings(
      environment: Console.environment,
      now: { now },
      pause: { seconds in
        try await Task.sleep(for: .milliseconds(Int(1000 * seconds * Double.random(in: 0.2...1))))
      },
      progress: { text in if isatty(STDERR_FILENO) == 1 { Console.note(text) } })
  }
}
