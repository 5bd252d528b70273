import Foundation
import Testing

@testable import Merging

/// Random histories of clones, offline and back, over the real merge: 200 in the suite, more with
/// `KPI_HISTORIES=20000`, others with `KPI_SEED=7`.
@Suite struct HistoryTests {
  @Test func noHistoryLosesAValue() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["KPI_HISTORIES"].flatMap { Int($0) } ?? 200
    let seed = environment["KPI_SEED"].flatMap { UInt64($0) } ?? 20_260_302
    var failures = 0
    var syncs = 0
    for number in 0..<count {
      var dice = Dice(seed &+ UInt64(number) &* 1_000_003)
      let clones = 2 + dice.below(2)
      let acts = Act.history(&dice, clones: clones)
      let ledger = try Self.play(acts, clones: clones)
      syncs += ledger.syncs.count
      guard let violation = ledger.record.violations.first else { continue }
      failures += 1
      if failures <= 3 { try Self.report(number, acts, clones, violation) }
    }
    print("\(count) histories (seed \(seed)), \(syncs) syncs, \(failures) failed")
    #expect(failures == 0)
  }

  static func play(_ acts: [Act], clones: Int) throws -> PlayedLedger {
    let ledger = PlayedLedger(clones: clones)
    for act in acts { try ledger.play(act) }
    try ledger.finish()
    return ledger
  }

  /// Leaves out what the failure does not need, and prints the rest.
  private static func report(_ number: Int, _ acts: [Act], _ clones: Int, _ violation: String) throws {
    let kind = kind(violation)
    var acts = acts
    var index = 0
    while index < acts.count {
      var fewer = acts
      fewer.remove(at: index)
      if try play(fewer, clones: clones).record.violations.contains(where: { Self.kind($0) == kind }) {
        acts = fewer
        index = 0
      } else {
        index += 1
      }
    }
    let ledger = try play(acts, clones: clones)
    let lines = acts.map(\.description) + [""] + ledger.log + ledger.record.violations
    let text = lines.map { "    " + $0 }.joined(separator: "\n")
    Issue.record("history \(number): \(violation)\n\(text)")
  }

  /// What a violation is about, whatever its names.
  private static func kind(_ violation: String) -> String {
    for words in [
      "is lost", "is nobody's", "is back", "not recompute", "of no commit", "although", "send", "differ", "parse",
    ]
    where violation.contains(words) { return words }
    return violation
  }
}
