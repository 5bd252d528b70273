import Foundation
import Merging
import Testing

@testable import Proving

@Suite struct ProvingTests {
  /// 1,000 in the suite; others with `KPI_SEED=7`, more with `make prove`.
  @Test("No history of clones loses, forges or brings back a value")
  func histories() async {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["KPI_HISTORIES"].flatMap { Int($0) } ?? 1_000
    let seed = environment["KPI_SEED"].flatMap { UInt64($0) } ?? 20_260_302
    let tally = await ProvingRun(count: count, seed: seed, kinds: .all, parts: .all).play(threads: 2)
    print(tally.text(seed: seed))
    #expect(tally.failures.isEmpty, "\(tally.text(seed: seed))")
    #expect(tally.counts.merges > count)
  }
}
