import Git
import History
import LedgerModel
import Testing

@Suite struct EarlierRecordingTests {
  private let ana = Past.ana
  private let bo = Past.bo
  private static let other = "won / (decided + won) * 100"

  /// Bo records March while Ana changes the calculation: neither has seen the other's.
  private struct Beside {
    let past: Past
    let first, redefined, recorded: ObjectID

    init() throws {
      past = try Past()
      first = try past.commit(
        [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,1,4,,")], on: [],
        by: Past.ana)
      redefined = try past.commit(
        [WinRate.definition: WinRate.definition(formula: EarlierRecordingTests.other)], on: [first], by: Past.ana)
      recorded = try past.commit(
        [WinRate.actuals: WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,")], on: [first], by: Past.bo)
    }

    /// What both made, together.
    var both: [String: String?] {
      [
        WinRate.definition: WinRate.definition(formula: EarlierRecordingTests.other),
        WinRate.actuals: WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,"),
      ]
    }
  }

  private func rows(
    _ past: Past, _ tip: ObjectID, since: Int64? = nil, dataOwner: Author = Past.bo
  ) throws -> [EarlierRecording] {
    try EarlierRecordings(at: tip, in: past.objects).rows(of: [WinRate.id], since: since) { $1 == dataOwner }
  }

  @Test("A row that is brought onto a calculation its author had not seen is flagged, the older rows are not")
  func broughtOntoAnother() throws {
    let beside = try Beside()
    let sync = try beside.past.commit(beside.both, on: [beside.redefined, beside.recorded], by: bo, "Sync")
    let found = try rows(beside.past, sync)
    #expect(found.map(\.row) == ["2026-03"])
    #expect(found.first?.recorded.commit == beside.recorded)
    #expect(found.first?.changed?.commit == beside.redefined)
  }

  @Test("A calculation that is brought onto a row its author had not seen flags the row")
  func metByAnother() throws {
    let beside = try Beside()
    let sync = try beside.past.commit(beside.both, on: [beside.recorded, beside.redefined], by: ana, "Sync")
    #expect(try rows(beside.past, sync).map(\.row) == ["2026-03"])
    #expect(try rows(beside.past, sync).first?.changed?.by == ana)
  }

  @Test("Who changes the calculation with the rows in front of them flags nothing")
  func knowingly() throws {
    let past = try Past()
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,1,4,,")], on: [], by: ana)
    let local = try past.commit([WinRate.actuals: WinRate.actuals("2026-01,2,4,,")], on: [first], by: bo)
    let next = try past.commit(
      [WinRate.definition: WinRate.definition(formula: Self.other)], on: [local], by: bo)
    let sync = try past.commit(
      [
        WinRate.definition: WinRate.definition(formula: Self.other),
        WinRate.actuals: WinRate.actuals("2026-01,2,4,,"),
      ], on: [first, next], by: bo, "Sync")
    #expect(try rows(past, sync).isEmpty)
  }

  @Test("A change of anything but the calculation flags nothing")
  func otherFields() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let hub = try past.commit([WinRate.definition: WinRate.definition(target: "30")], on: [first], by: ana)
    let local = try past.commit([WinRate.actuals: WinRate.actuals("2026-01,2,4,,")], on: [first], by: bo)
    let sync = try past.commit([WinRate.actuals: WinRate.actuals("2026-01,2,4,,")], on: [hub, local], by: bo)
    #expect(try rows(past, sync).isEmpty)
  }

  @Test("A calculation that begins after the row's period does not concern it")
  func laterPeriods() throws {
    let past = try Past()
    let before = WinRate.definition()
    let after =
      WinRate.definition(formula: Self.other) + "effective_from: 2026-03\nearlier:\n"
      + "  - {unit: percent, direction: higher, inputs: {won: {aggregate: sum}, decided: {aggregate: sum}}, "
      + "formula: won / decided * 100, period: month}\n"
    let rows = WinRate.actuals("2026-02,2,4,,", "2026-03,2,4,,")
    let first = try past.commit([WinRate.definition: before], on: [], by: ana)
    let hub = try past.commit([WinRate.definition: after], on: [first], by: ana)
    let local = try past.commit([WinRate.actuals: rows], on: [first], by: bo)
    let sync = try past.commit([WinRate.actuals: rows], on: [hub, local], by: bo)
    #expect(try self.rows(past, sync).map(\.row) == ["2026-03"])
  }

  @Test("It ends when the data owner touches the row's note, not when somebody else does")
  func confirmed() throws {
    let beside = try Beside()
    let past = beside.past
    let sync = try past.commit(beside.both, on: [beside.redefined, beside.recorded], by: bo, "Sync")
    let noted = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,confirmed")], on: [sync], by: bo)
    #expect(try rows(past, noted, dataOwner: bo).isEmpty)
    #expect(try rows(past, noted, dataOwner: ana).map(\.row) == ["2026-03"])
  }

  @Test("A note that was written without the new calculation in sight confirms nothing")
  func confirmedTooEarly() throws {
    let beside = try Beside()
    let past = beside.past
    let noted = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,checked")], on: [beside.recorded], by: bo)
    var both = beside.both
    both[WinRate.actuals] = WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,checked")
    let sync = try past.commit(both, on: [beside.redefined, noted], by: bo, "Sync")
    #expect(try rows(past, sync).map(\.row) == ["2026-03"])
  }

  @Test("It ends when the row is recorded again, and when the calculation is what it was")
  func recordedAgainOrRestored() throws {
    let beside = try Beside()
    let past = beside.past
    let sync = try past.commit(beside.both, on: [beside.redefined, beside.recorded], by: bo, "Sync")
    let again = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,1,4,,", "2026-03,4,9,,")], on: [sync], by: ana)
    #expect(try rows(past, again).isEmpty)
    let restored = try past.commit([WinRate.definition: WinRate.definition()], on: [sync], by: ana)
    #expect(try rows(past, restored).isEmpty)
  }

  @Test("It outlives later changes of the calculation and a move of the KPI")
  func outlives() throws {
    let beside = try Beside()
    let past = beside.past
    let sync = try past.commit(beside.both, on: [beside.redefined, beside.recorded], by: bo, "Sync")
    let third = WinRate.definition(formula: "won / decided * 50")
    let changed = try past.commit([WinRate.definition: third], on: [sync], by: ana)
    #expect(try rows(past, changed).first?.changed?.commit == beside.redefined)
    let id = try #require(KPIID("sales/deals-won"))
    let moved = try past.commit(
      [
        WinRate.definition: nil, WinRate.actuals: nil, id.definitionPath: third + "was: [sales/win-rate]\n",
        id.actualsPath: WinRate.actuals("2026-01,1,4,,", "2026-03,3,9,,"),
      ], on: [changed], by: ana)
    let found = try EarlierRecordings(at: moved, in: past.objects).rows(of: [id]) { _, _ in false }
    #expect(found.map(\.row) == ["2026-03"])
    #expect(found.first?.recorded.commit == beside.recorded)
  }

  @Test("Asked since a moment, only what came in since then is looked at")
  func since() throws {
    let beside = try Beside()
    let start = beside.past.now
    let sync = try beside.past.commit(beside.both, on: [beside.redefined, beside.recorded], by: bo, "Sync")
    let found = try rows(beside.past, sync, since: start)
    #expect(found.map(\.row) == ["2026-03"])
    let next = try beside.past.commit([WinRate.definition: WinRate.definition()], on: [sync], by: ana)
    #expect(try rows(beside.past, next, since: beside.past.now).isEmpty)
  }
}
