import Calculation
import Chance
import Consolidation
import Foundation
import Git
import LedgerModel
import LedgerStore
import Testing

@testable import History

/// What is kept from one look at a scorecard to the next never shows: the bytes are those of a ledger read as a whole.
@Suite("A roll-up that is kept") struct RollUpTests {
  @Test("After any edits, in any order, it says what the whole ledger says", arguments: 0..<12)
  func sameAsWhole(seed: Int) throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    var company = GrowingCompany(UInt64(seed))
    var versions = [try past.commit(company.files.mapValues { $0 }, on: [], by: Past.ana)]
    for _ in 0..<8 {
      versions.append(try past.commit(company.edits(), on: [try #require(versions.last)], by: Past.ana))
      // Mostly the newest, now and then an older one: the way back is a difference like any other.
      let version = company.dice.chance(0.8) ? try #require(versions.last) : company.dice.pick(versions)
      let look = Look(past: past, cache: cache, version: version)
      try look.compare(period: company.dice.pick(["2026-03", "2026-Q1", "2026", "2026-02"]), asOf: "2026-03-20")
    }
  }

  @Test("The newest reported month is that of the whole ledger, whatever was recorded meanwhile", arguments: 0..<4)
  func newestPeriod(seed: Int) throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    var company = GrowingCompany(UInt64(seed) + 100)
    var tip = try past.commit(company.files.mapValues { $0 }, on: [], by: Past.ana)
    for _ in 0..<6 {
      tip = try past.commit(company.edits(), on: [tip], by: Past.ana)
      let look = Look(past: past, cache: cache, version: tip)
      let ledger = try LedgerTree(look.tree(), in: past.objects).ledger
      let day = try #require(Day("2026-04-15"))
      let kept = try look.rollUp().newestPeriod(asOf: day, calendar: ledger.settings.calendar)
      #expect(kept == ReportingPeriod.newest(of: ledger, asOf: day))
    }
  }

  @Test("One changed row measures that KPI and those made of it again, and no other")
  func measuresWhatChanged() throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let first = try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana)
    let path = "departments/d1/actuals/k1.csv"
    let second = try past.commit([path: "period,value\n2026-01,5\n2026-02,6\n"], on: [first], by: Past.ana)
    _ = try Look(past: past, cache: cache, version: first).json("2026-02", "2026-03-20")
    let before = try Self.lines(cache)
    _ = try Look(past: past, cache: cache, version: second).json("2026-02", "2026-03-20")
    let after = try Self.lines(cache)
    // d1/k1 itself, and d0/sum, which consolidates */k1.
    let changed = after.filter { before[$0.key] != $0.value }.keys.sorted()
    #expect(changed == ["d0/sum", "d1/k1"])
  }

  @Test("A store that is damaged, or of another format, is made anew and changes no figure")
  func damaged() throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let tip = try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana)
    let look = Look(past: past, cache: cache, version: tip)
    let right = try look.json("2026-02", "2026-03-20")
    let file = URL(fileURLWithPath: cache + "/roll-up.sqlite")
    let whole = try Data(contentsOf: file)
    for cut in [0, 10, 100, whole.count / 2, whole.count - 700] {
      try whole.prefix(cut).write(to: file)
      #expect(try look.json("2026-02", "2026-03-20") == right)
    }
    var dice = Dice(5)
    for _ in 0..<60 {
      var damaged = whole
      for _ in 0..<20 { damaged[dice.below(damaged.count)] = UInt8(dice.below(256)) }
      try damaged.write(to: file)
      #expect(try look.json("2026-02", "2026-03-20") == right)
    }
    try Data("nothing of the kind".utf8).write(to: file)
    #expect(try look.json("2026-02", "2026-03-20") == right)
  }

  @Test("Two at once, at different versions, get their own figures")
  func twoAtOnce() async throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let first = try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana)
    let second = try past.commit(
      ["departments/d1/actuals/k1.csv": "period,value\n2026-01,5\n2026-02,66\n"], on: [first], by: Past.ana)
    let right = try [first, second].map { try Look(past: past, cache: nil, version: $0).json("2026-02", "2026-03-20") }
    let folder = past.folder
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<16 {
        let (version, wanted) = (number % 2 == 0 ? first : second, right[number % 2])
        group.addTask {
          let objects = try Repository.open(folder).objects
          let rollUp = try LedgerRollUp(of: version, in: objects, cache: cache, program: "test")
          let period = try #require(Period("2026-02"))
          let scorecard = try rollUp.scorecard(
            of: period, asOf: try #require(Day("2026-03-20")))
          return scorecard.map { ScorecardJSON($0).text() } == wanted
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test(
    "Back and forth between the newest version and older ones: each has its own figures, and nothing is measured twice")
  func backAndForth() throws {
    let past = try Past()
    let cache = past.folder + "-cache"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    var company = GrowingCompany(11)
    var versions = [try past.commit(company.files.mapValues { $0 }, on: [], by: Past.ana)]
    for _ in 0..<12 {
      versions.append(try past.commit(company.edits(), on: [versions[versions.count - 1]], by: Past.bo))
    }
    // The clock stands in May 2026: what was final in February is restated. The first look is at February 2026, an older
    // one goes further back.
    let looks = [(12, "2026-02"), (4, "2026-02"), (12, "2025-02"), (8, "2025-02"), (4, "2025-02")]
    func look(_ place: Int, _ period: String) throws -> Look {
      Look(past: past, cache: cache, version: versions[place], isPast: place < 12)
    }
    for (place, period) in looks { try look(place, period).compare(period: period, asOf: "2026-03-20") }
    let rows = try Self.lines(cache)
    for (place, period) in looks + looks.reversed() {
      try look(place, period).compare(period: period, asOf: "2026-03-20")
      #expect(try Self.lines(cache) == rows)
    }
    // The newest goes on from where it was: a past version's lines stay as they are.
    versions.append(try past.commit(company.edits(), on: [versions[12]], by: Past.bo))
    try Look(past: past, cache: cache, version: versions[13]).compare(period: "2026-02", asOf: "2026-03-20")
    try look(4, "2026-02").compare(period: "2026-02", asOf: "2026-03-20")
    // A version beside the main line is scanned by itself.
    let beside = try past.commit(company.edits(), on: [versions[6]], by: Past.bo)
    try Look(past: past, cache: cache, version: beside, isPast: true).compare(period: "2026-02", asOf: "2026-03-20")
  }

  @Test("Where nothing can be kept, everything is measured")
  func withoutStore() throws {
    let past = try Past()
    let tip = try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana)
    let without = try Look(past: past, cache: nil, version: tip).json("2026-02", "2026-03-20")
    let unwritable = try Look(past: past, cache: "/proc/no/such", version: tip).json("2026-02", "2026-03-20")
    #expect(without == unwritable)
    #expect(without.contains("\"id\": \"d0/sum\""))
  }

  /// A checksum of each KPI's row in the store, which says when it was written too: rows that are written anew get a
  /// new id.
  private static func lines(_ cache: String) throws -> [String: Int64] {
    let store = try RollUpStore(folder: cache)
    return try store.read { database in try LineRows.ids(in: database) }
  }
}

/// One look at a version, with what was kept before.
private struct Look {
  let past: Past
  let cache: String?
  let version: ObjectID
  var isPast = false

  func tree() throws -> ObjectID { try past.objects.commit(version).tree }

  func rollUp() throws -> LedgerRollUp {
    try LedgerRollUp(of: version, in: past.objects, cache: cache, program: "test", isPast: isPast)
  }

  func json(_ period: String, _ day: String) throws -> String {
    let scorecard = try rollUp().scorecard(
      of: try #require(Period(period)), asOf: try #require(Day(day)))
    return try ScorecardJSON(#require(scorecard)).text()
  }

  func compare(period: String, asOf: String) throws {
    let (period, day) = (try #require(Period(period)), try #require(Day(asOf)))
    let read = try LedgerTree(tree(), in: past.objects)
    let whole = try Consolidation(of: read.ledger, at: version, in: past.objects, for: period, asOf: day)
    let kept = try rollUp()
    #expect(try kept.scorecard(of: period, asOf: day) == whole.company)
    #expect(
      try kept.scorecard(of: period, asOf: day, limit: 5) == whole.company(limit: 5))
    for department in ["d0", "d1", "d2"] {
      #expect(
        try kept.scorecard(of: period, asOf: day, department: department)
          == whole.department(department))
    }
    #expect(kept.faulty == Set(read.findings.filter { $0.severity == .error }.map(\.file)).sorted())
  }
}
