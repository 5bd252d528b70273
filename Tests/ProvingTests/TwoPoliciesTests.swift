import Foundation
import Merging
import Testing

@testable import Proving

/// One policy engine: what somebody is told offline is what the hub does (DESIGN section 1).
@Suite struct TwoPoliciesTests {
  /// 600 in the suite; all with `KPI_CHANGES=10000`.
  @Test("What a clone foretells of changes is what the hub then has in force and held")
  func foretold() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["KPI_CHANGES"].flatMap { Int($0) } ?? 600
    let seed = environment["KPI_SEED"].flatMap { UInt64($0) } ?? 20_261_121
    let tally = try TwoPolicies().play(changes: count, seed: seed)
    print("seed \(seed): \(tally.text)")
    #expect(tally.differing.isEmpty, "\(tally.differing.prefix(5))")
    #expect(tally.held > count / 20 && tally.inForce > count / 10 && tally.plain > count / 10)
  }

  /// The comparison finds it where the two do not go by the same policy.
  @Test(arguments: [MergeParts.authorityFirst, .validates])
  func withAnotherPolicyInTheCloneTheyDiffer(without part: MergeParts) throws {
    let tally = try TwoPolicies(foretelling: .all.subtracting(part)).play(changes: 250, seed: 20_261_121)
    #expect(!tally.differing.isEmpty)
  }
}
