import Merging
import Testing

@testable import Syncing

/// A role that is handed over from a day on, with the clock moved past it.
@Suite("A role handed over from a day on") struct HandOverTests {
  /// Noon of a day of June 2026, seconds since 1970.
  private func june(_ day: Int64) -> Int64 { 1_780_315_200 + (day - 1) * 86_400 }

  @Test(
    "Until the day the old holder's change is in force and the new one's held; once it has come, the other way round")
  func clockMoves() async throws {
    let company = try Company()
    let (office, anna, ben) = (try company.person("office"), try company.person("anna"), try company.person("ben"))
    try office.replace(
      "head-of-sales: {holder: anna, deputy: ben}",
      "head-of-sales: {holder: anna, next: {holder: ben, from: 2026-06-15}}",
      in: "people.yaml")
    try await office.sync(at: june(1))

    try await anna.sync(at: june(2))
    try await ben.sync(at: june(2))
    try anna.replace("2026-Q3: 27", "2026-Q3: 28", in: Desk.rate)
    #expect(try await anna.sync(at: june(14)).held.isEmpty)
    try ben.replace("2026: 25", "2026: 20", in: Desk.rate)
    let early = try await ben.sync(at: june(14))
    #expect(early.held.map(\.whoMay) == [["head-of-sales (Anna)"]])
    #expect(try company.atHub(Desk.rate)?.contains("{2026: 25, 2026-Q3: 28}") == true)

    // The main line comes to the day; what counts is the state before a sync.
    try office.replace("company: Acme", "company: Acme Ltd", in: "ledger.yaml")
    try await office.sync(at: june(15))

    try await anna.sync(at: june(15))
    try anna.replace("2026-Q3: 28", "2026-Q3: 40", in: Desk.rate)
    let late = try await anna.sync(at: june(16))
    #expect(late.held.map(\.whoMay) == [["head-of-sales (Ben)"]])
    try await ben.sync(at: june(16))
    try ben.replace("2026: 25", "2026: 21", in: Desk.rate)
    #expect(try await ben.sync(at: june(16)).held.isEmpty)
    #expect(try company.atHub(Desk.rate)?.contains("{2026: 21, 2026-Q3: 28}") == true)
  }

  @Test("A computer whose clock is put back gets no role again: the day is that of the main line")
  func clockPutBack() async throws {
    let company = try Company()
    let (office, anna) = (try company.person("office"), try company.person("anna"))
    try office.replace(
      "head-of-sales: {holder: anna, deputy: ben}",
      "head-of-sales: {holder: anna, next: {holder: ben, from: 2026-06-15}}",
      in: "people.yaml")
    try await office.sync(at: june(20))
    try await anna.sync(at: june(20))
    try anna.replace("2026-Q3: 27", "2026-Q3: 40", in: Desk.rate)
    #expect(try await anna.sync(at: june(3)).held.count == 1)
  }
}
