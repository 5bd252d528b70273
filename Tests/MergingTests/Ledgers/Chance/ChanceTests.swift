import Chance
import Foundation
import LedgerFiles
import LedgerModel
import Testing

@testable import Merging

/// DESIGN section 1, whatever people do: a sync never gets stuck, nothing entered is lost, no error comes in, and what
/// is settled stays as it is.
@Suite("A company at random") struct ChanceTests {
  /// `CHANCE` sets how many, and from which seed on: `CHANCE=5000:7`.
  private static let seeds: Range<UInt64> = {
    let parts = (ProcessInfo.processInfo.environment["CHANCE"] ?? "").split(separator: ":").compactMap { UInt64($0) }
    let start = parts.count > 1 ? parts[1] : 1
    return start..<start + (parts.first ?? 60)
  }()

  @Test("Never stuck, nothing lost, no new errors, and at rest once all have synced")
  func holds() throws {
    var failures = 0
    for seed in Self.seeds {
      if ProcessInfo.processInfo.environment["CHANCE"] != nil {
        FileHandle.standardError.write(Data("seed \(seed)\n".utf8))
      }
      let wrong = try Self.wrong(seed)
      if wrong.isEmpty { continue }
      Issue.record("seed \(seed): \(wrong.joined(separator: "\n"))")
      failures += 1
      if failures > 5 { return }
    }
  }

  private static func wrong(_ seed: UInt64) throws -> [String] {
    var company = try Company(seed: seed)
    do {
      for _ in 0..<(6 + company.dice.below(14)) { try company.step() }
      try company.syncAll()
    } catch {
      return company.diary + ["stuck: \(error)"]
    }
    let lost = try company.lost().map { "lost: \($0)" }
    let errors = try company.errors().map { "error: \($0)" }
    let unrest = try company.unrest().map { "not at rest: \($0)" }
    let wrong = lost + errors + unrest
    return wrong.isEmpty ? [] : company.diary + wrong
  }
}
