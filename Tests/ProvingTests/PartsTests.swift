import Merging
import Testing

@testable import Proving

/// A proof that holds whatever the rules are proves nothing: with a part of the rules switched off, a history fails.
///
/// Three parts are not here: M2, since M4 holds what it would, and who gives way to whom within a line, since most of a
/// line speaks for whoever syncs it, and what is signed rarely meets. `ModelTests` has histories that need them.
@Suite struct PartsTests {
  /// By part, the seed and number of a history that needs it, as `KPI_OFF=fourEyes KPI_SEED=20260302 make prove` finds.
  static let needing: [(part: String, seed: UInt64, number: Int)] = [
    ("authorityFirst", 20_260_302, 285), ("unsentOnly", 20_260_302, 264), ("removalIsAllKeys", 77, 2542),
    ("closesSeeRows", 20_260_302, 317), ("closedInParent", 20_260_302, 290), ("settlementIsUnit", 20_260_302, 209),
    ("settledStands", 20_260_302, 75), ("onlyMergesPropose", 20_260_302, 12),
    ("unauthorisedSettlementIsVoid", 20_260_302, 36), ("putBackIsDropped", 77, 765), ("fourEyes", 20_260_302, 78),
    ("validates", 20_260_302, 10), ("closedIsClosed", 20_260_302, 192), ("seenByAncestry", 20_260_302, 62),
    ("overtakenIsDropped", 20_260_302, 18), ("keysOfAuthors", 20_260_302, 269),
  ]

  @Test("Without a part of the rules a history fails that passes with it", arguments: needing.indices)
  func isNeeded(_ place: Int) throws {
    let (name, seed, number) = Self.needing[place]
    let part = try #require(MergeParts.named.first { $0.name == name }?.part)
    let whole = Prover()
    let script = whole.script(seed: seed, number: number)
    #expect(whole.play(script).violations.isEmpty)
    #expect(!Prover(parts: MergeParts.all.subtracting(part)).play(script).violations.isEmpty, "\(name)")
  }
}
