import Git
import LedgerFiles

/// How much of a report is made, of commits of the main line.
public typealias ReportProgress = (_ done: Int, _ of: Int) -> Void

/// Makes a report's lines commit by commit, on all processors.
enum ReportRun {
  /// Commits between two words of how far it is.
  private static let share = 2048

  /// The lines of some commits of the main line, in their order.
  static func lines<Line: Sendable, Tools>(
    of steps: [SyncChanges], tools: @Sendable () -> Tools, progress: ReportProgress,
    _ body: @Sendable (SyncChanges, Tools) throws -> [Line]
  ) throws -> [Line] {
    var lines: [Line] = []
    for start in stride(from: 0, to: steps.count, by: share) {
      let places = Array(start..<min(start + share, steps.count))
      let found = try Parallel.map(places, tools: tools) { place, tools, results in
        let lines = try body(steps[place], tools)
        if !lines.isEmpty { results.append((place, lines)) }
      }
      lines += found.sorted { $0.0 < $1.0 }.flatMap(\.1)
      progress(places.count + start, steps.count)
    }
    return lines
  }
}
