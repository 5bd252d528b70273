import Chance
import Foundation
import Git
import LedgerModel
import Testing

@testable import History

/// The index against the walk over every commit, which says the same without it.
@Suite("The index of a history") struct HistoryIndexTests {
  /// A history at random: commits of the main line, syncs of one to three commits that began at an older state, their
  /// claims, and moments at which the index is brought up to date.
  private struct Played {
    let past: Past
    private(set) var line: [ObjectID] = []
    private var company: GrowingCompany

    init(_ seed: UInt64) throws {
      past = try Past()
      company = GrowingCompany(seed)
      line = [try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana, "Begin")]
    }

    var tip: ObjectID { line[line.count - 1] }

    mutating func step() throws {
      let (one, other) = company.dice.chance(0.5) ? (Past.ana, Past.bo) : (Past.bo, Past.ana)
      guard company.dice.chance(0.4) else {
        let sender = company.dice.chance(0.8) ? one : other
        line.append(try past.commit(company.edits(), on: [tip], by: one, sentBy: sender, "Edit \(line.count)\n\nWhy"))
        return
      }
      var side = line[company.dice.below(line.count)]
      var merged: [String: String?] = [:]
      for _ in 0...company.dice.below(3) {
        let edits = company.edits()
        side = try past.commit(edits, on: [side], by: one, "Offline \(line.count)")
        merged.merge(edits) { $1 }
      }
      let taken = merged.filter { _ in company.dice.chance(0.8) }
      line.append(try past.commit(taken, on: [tip, side], by: company.dice.chance(0.7) ? one : other, "Sync"))
    }

    mutating func rewind(by count: Int) { line.removeLast(min(count, line.count - 1)) }
  }

  private func folder() -> String { NSTemporaryDirectory() + "kpi-index-\(UUID().uuidString)" }

  private func index(of past: Past, in folder: String, share: Int = 4096) throws -> HistoryIndex {
    try HistoryIndex(
      of: past.objects, cache: folder, share: share,
      pairs: TreePairs(folder: past.folder, environment: ProcessInfo.processInfo.environment),
      proof: { { _, _ in false } })
  }

  private static let queries: [AuditQuery] = {
    var some = AuditQuery()
    some.kpis = [KPIID("d1/k2")!, KPIID("d0/sum")!]
    var by = AuditQuery()
    by.by = "bo"
    by.key = "row"
    return [AuditQuery(), some, by]
  }()

  private func expectTheWalk(
    _ index: HistoryIndex, _ past: Past, _ tip: ObjectID, hub: ObjectID?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for var query in Self.queries {
      for since in [nil, past.now - 600] {
        query.since = since
        let walked = try Audit(past.objects).entries(endingAt: tip, hub: hub, query)
        let found = try index.entries(endingAt: tip, hub: hub, query)
        #expect(found.count == walked.count, sourceLocation: sourceLocation)
        let other = zip(found, walked).first { $0 != $1 }
        #expect(other == nil, "\(String(describing: other))", sourceLocation: sourceLocation)
      }
    }
  }

  @Test("It says what a walk over every commit says, however often it was brought up to date", arguments: 1...12)
  func asTheWalk(seed: UInt64) throws {
    var played = try Played(seed)
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let index = try index(of: played.past, in: folder, share: 3)
    for round in 0..<4 {
      for _ in 0..<(3 + round * 2) { try played.step() }
      try index.catchUp(through: played.tip)
      try expectTheWalk(index, played.past, played.tip, hub: nil)
    }
    #expect(try index.entries(endingAt: played.tip, hub: nil, AuditQuery()).count > 100)
  }

  @Test("What the history does not lead to any more is taken out, and what waits in the clone is read from its commits")
  func rewoundAndWaiting() throws {
    for seed in 31...36 as ClosedRange<UInt64> {
      var played = try Played(seed)
      let folder = folder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let index = try index(of: played.past, in: folder)
      for _ in 0..<8 { try played.step() }
      try index.catchUp(through: played.tip)
      let lost = played.tip
      played.rewind(by: 4)
      for _ in 0..<3 { try played.step() }
      let hub = played.tip
      try index.catchUp(through: hub)
      try expectTheWalk(index, played.past, hub, hub: hub)
      for _ in 0..<3 { try played.step() }
      try expectTheWalk(index, played.past, played.tip, hub: hub)
      // Whoever asks about a line that it does not have is answered all the same.
      try expectTheWalk(index, played.past, lost, hub: nil)
    }
  }

  @Test("What stood at a moment is what the walk finds, also where the clocks of the main line went back")
  func asOf() throws {
    var dice = Dice(71)
    let past = try Past()
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var (line, moments): ([ObjectID], [Int64]) = ([], [])
    for number in 0..<40 {
      past.turnClock(by: Int64(dice.below(5) - 2) * 100)
      line.append(try past.commit(["a.txt": "\(number)"], on: Array(line.suffix(1)), by: Past.ana))
      moments += [past.now - 1, past.now]
    }
    let index = try index(of: past, in: folder)
    try index.catchUp(through: line[29])
    for moment in moments {
      for tip in [line[12], line[29], line[39]] {
        let walked = try MainLine.commit(upTo: moment, from: tip, in: past.objects)
        #expect(try index.commit(upTo: moment, from: tip) == walked)
      }
    }
  }

  @Test("It goes on where another process left it, and two at once do not hurt each other")
  func twoAtOnce() async throws {
    var played = try Played(41)
    for _ in 0..<30 { try played.step() }
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (objects, tip) = (played.past.objects, played.tip)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for share in [1, 2, 5] {
        group.addTask {
          let index = try HistoryIndex(of: objects, cache: folder, share: share, proof: { { _, _ in false } })
          try index.catchUp(through: tip)
        }
      }
      try await group.waitForAll()
    }
    try expectTheWalk(try index(of: played.past, in: folder), played.past, tip, hub: nil)
  }

  @Test("A damaged file, or one of another format, is made anew")
  func damaged() throws {
    var played = try Played(51)
    for _ in 0..<10 { try played.step() }
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/" + IndexSchema.plan.name
    try index(of: played.past, in: folder).catchUp(through: played.tip)
    let whole = try #require(FileManager.default.contents(atPath: file))
    var other = whole
    other[60...63] = Data([0, 0, 0, 99])
    for bytes in [Data("no database at all".utf8), other, Data()] {
      try bytes.write(to: URL(fileURLWithPath: file))
      let index = try index(of: played.past, in: folder)
      try index.catchUp(through: played.tip)
      try expectTheWalk(index, played.past, played.tip, hub: nil)
    }
  }

  @Test("Where no index can be kept the history is walked, and nothing is made where nobody has asked")
  func withoutAnIndex() throws {
    var played = try Played(61)
    for _ in 0..<6 { try played.step() }
    let walked = try Audit(played.past.objects).entries(endingAt: played.tip, hub: nil, AuditQuery())
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for cache in ["/proc/no/such", folder] {
      let audit = IndexedAudit(played.past.objects, cache: cache, proof: { { _, _ in false } })
      try audit.keepUp(with: played.tip)
      #expect(!FileManager.default.fileExists(atPath: cache))
      #expect(try audit.entries(endingAt: played.tip, hub: nil, AuditQuery()) == walked)
    }
    #expect(FileManager.default.fileExists(atPath: folder + "/" + IndexSchema.plan.name))
  }
}
