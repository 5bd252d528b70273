import Foundation
import Testing

/// Random histories of two to four people, played through the built program, real git, a hub with its hooks, and
/// kills. Which they are, `KPI_SEED` says; how many, `KPI_REAL_HISTORIES`. One that fails is printed as a shell script.
@Suite("Random histories with real git")
struct RealGitHistoryTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// A history waits for programs most of its time; on a thread of its own it keeps no other test from going on.
  private static func onItsOwnThread<Result: Sendable>(_ play: @escaping @Sendable () throws -> Result) async throws
    -> Result
  {
    try await withCheckedThrowingContinuation { done in
      let thread = Thread { done.resume(with: Swift.Result { try play() }) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  @Test("Everybody ends with one tree, nothing that was entered is lost, and every merge recomputes")
  func fifty() async throws {
    let seed = Self.environment["KPI_SEED"].flatMap { UInt64($0) } ?? 20_261_121
    let count = Self.environment["KPI_REAL_HISTORIES"].flatMap { Int($0) } ?? 50
    let template = try Workplace()
    try SalesLedger.setUp(template, people: RealGitHistory.people)
    for person in RealGitHistory.people { try template.git("remote", "set-url", "origin", "../hub.git", in: person) }
    defer { withExtendedLifetime(template) {} }
    let folder = template.folder
    try await withThrowingTaskGroup(of: RealGitHistory.Tally.self) { group in
      var total = RealGitHistory.Tally()
      for number in 0..<count {
        if number >= 2, let tally = try await group.next() { total += tally }
        group.addTask {
          let (faults, commands, tally) = try await Self.onItsOwnThread {
            var history = try RealGitHistory(seed: seed &+ UInt64(number), from: folder)
            try history.play()
            try history.judge()
            return (history.faults, history.commands, history.tally)
          }
          #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))\n\(commands)")
          return tally
        }
      }
      for try await tally in group { total += tally }
      print("\(count) histories with real git, seed \(seed): \(total)")
      guard count >= 50 else { return }
      #expect(total.killed > count / 5 && total.held > count / 2 && total.settled > 0, "too tame: \(total)")
    }
  }
}
