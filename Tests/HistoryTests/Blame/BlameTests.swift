import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

@Suite struct BlameTests {
  private let ana = Past.ana
  private let bo = Past.bo
  private static let moved = KPIID("emea/win-rate")!

  /// `key by who: why`, of some keys.
  private func blame(_ past: Past, _ tip: ObjectID, _ id: KPIID = WinRate.id, _ keys: String...) throws -> [String] {
    try past.blame(tip, id).lines.filter { keys.isEmpty || keys.contains($0.key.text) }.map(\.short)
  }

  private func moved(_ text: String) -> [String: String?] {
    [WinRate.definition: nil, Self.moved.definitionPath: text + "was: [sales/win-rate]\n"]
  }

  @Test func eachKeyInTheOrderOfTheFilesWithWhoeverEnteredItLast() throws {
    let past = try Past()
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [], by: ana,
      "Define it")
    let second = try past.commit(
      [
        WinRate.definition: WinRate.definition(target: "27"),
        WinRate.actuals: WinRate.actuals("2026-01,12,40,,checked", "2026-02,9,30,,"),
      ], on: [first], by: bo, "Reorganised\n\nAt length.")
    let lines = try past.blame(second).lines
    #expect(
      lines.map(\.key.text) == [
        "name", "class", "goal", "owner", "calculation", "targets.2026", "status", "column period", "column won",
        "column decided", "column status", "column note", "row 2026-01", "note 2026-01", "row 2026-02",
      ])
    #expect(
      try blame(past, second, WinRate.id, "owner", "targets.2026", "row 2026-01", "note 2026-01", "row 2026-02") == [
        "owner by Ana: Define it", "targets.2026 by Bo : Reorganised\n\nAt length.", "row 2026-01 by Ana: Define it",
        "note 2026-01 by Bo : Reorganised\n\nAt length.", "row 2026-02 by Bo : Reorganised\n\nAt length.",
      ])
    let target = try #require(lines.first { $0.key.text == "targets.2026" })
    #expect(target.value == .number(27) && target.kpi == WinRate.id && target.origin?.entered.commit == second)
    #expect(lines.allSatisfy { $0.origin?.settledBy == nil })
  }

  @Test func aValuePutBackIsLaidToWhoeverPutItBack() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana, "one")
    let second = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana, "two")
    let third = try past.commit([WinRate.definition: WinRate.definition()], on: [second], by: bo, "three")
    #expect(try blame(past, third, WinRate.id, "targets.2026") == ["targets.2026 by Bo : three"])
  }

  @Test func aMoveIsNotLaidToTheMover() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana, "Define it")
    let second = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana, "Raise")
    let third = try past.commit(moved(WinRate.definition(target: "27", owner: "coo")), on: [second], by: bo, "Move")
    #expect(
      try blame(past, third, Self.moved, "name", "owner", "targets.2026", "was has sales/win-rate") == [
        "name by Ana: Define it", "owner by Bo : Move", "targets.2026 by Ana: Raise",
        "was has sales/win-rate by Bo : Move",
      ])
  }

  @Test func whatOthersEnteredWhileItMovedIsTheirs() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana, "Define it")
    let hub = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana, "Raise")
    let move = try past.commit(moved(WinRate.definition()), on: [first], by: bo, "Move")
    let after = try past.commit(
      [Self.moved.definitionPath: WinRate.definition(owner: "coo") + "was: [sales/win-rate]\n"], on: [move], by: bo,
      "Hand over")
    let sync = try past.commit(
      moved(WinRate.definition(target: "27", owner: "coo")), on: [hub, after], by: bo, "Sync")
    #expect(
      try blame(past, sync, Self.moved, "name", "owner", "targets.2026") == [
        "name by Ana: Define it", "owner by Bo : Hand over", "targets.2026 by Ana: Raise",
      ])
  }

  @Test func whatIsEnteredUnderTheOldIDAfterAMoveIsLaidToItsCommit() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana, "Define it")
    let hub = try past.commit(moved(WinRate.definition()), on: [first], by: bo, "Move")
    let local = try past.commit(
      [WinRate.definition: WinRate.definition(target: "27"), WinRate.actuals: WinRate.actuals("2026-01,12,40,,")],
      on: [first], by: ana, "Raise")
    let text = WinRate.definition(target: "27") + "was: [sales/win-rate]\n"
    let sync = try past.commit(
      [Self.moved.definitionPath: text, Self.moved.actualsPath: WinRate.actuals("2026-01,12,40,,")],
      on: [hub, local], by: ana, "Sync")
    #expect(
      try blame(past, sync, Self.moved, "name", "targets.2026", "row 2026-01") == [
        "name by Ana: Define it", "targets.2026 by Ana: Raise", "row 2026-01 by Ana: Raise",
      ])
  }

  @Test func whatIsEnteredBeforeAMoveInTheSameSyncIsLaidToItsCommit() throws {
    let past = try Past()
    let first = try past.commit(["goals.yaml": "goals: {}\n"], on: [], by: ana)
    let define = try past.commit([WinRate.definition: WinRate.definition()], on: [first], by: bo, "Define it")
    let raise = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [define], by: bo, "Raise")
    let move = try past.commit(moved(WinRate.definition(target: "27")), on: [raise], by: bo, "Move")
    let sync = try past.commit(moved(WinRate.definition(target: "27")), on: [first, move], by: bo, "Sync")
    #expect(
      try blame(past, sync, Self.moved, "name", "targets.2026", "was has sales/win-rate") == [
        "name by Bo : Define it", "targets.2026 by Bo : Raise", "was has sales/win-rate by Bo : Move",
      ])
  }

  @Test func anAcceptedProposalIsLaidToWhoeverProposedIt() throws {
    let past = try Past()
    let settled = try settled(past, target: "27")
    let line = try #require(try past.blame(settled).lines.first { $0.key.text == "targets.2026" })
    #expect(line.short == "targets.2026 by Ana: Raise it, settled by Bo ")
    #expect(line.origin?.inForce.commit == settled && line.origin?.entered.commit != settled)
  }

  @Test func anotherValueIsLaidToWhoeverSettled() throws {
    let past = try Past()
    let settled = try settled(past, target: "26")
    #expect(try blame(past, settled, WinRate.id, "targets.2026") == ["targets.2026 by Bo : Decided"])
  }

  @Test func aSettledValueComesAlongWithAMove() throws {
    let past = try Past()
    let settled = try settled(past, target: "27")
    let tip = try past.commit(moved(WinRate.definition(target: "27")), on: [settled], by: bo, "Move")
    #expect(
      try blame(past, tip, Self.moved, "targets.2026") == ["targets.2026 by Ana: Raise it, settled by Bo "])
  }

  @Test func aFieldOfTheCalculationIsAcceptedLikeAnyValue() throws {
    let past = try Past()
    let settled = try settled(
      past, key: "calculation", proposed: "{formula: won / decided}", WinRate.definition(formula: "won / decided"))
    #expect(
      try blame(past, settled, WinRate.id, "calculation") == ["calculation by Ana: Raise it, settled by Bo "])
  }

  /// Ana's change is held, and Bo decides about it.
  private func settled(_ past: Past, target: String) throws -> ObjectID {
    try settled(past, key: "targets.2026", proposed: "27", WinRate.definition(target: target))
  }

  private func settled(_ past: Past, key: String, proposed: String, _ text: String) throws -> ObjectID {
    let first = try past.commit([WinRate.definition: WinRate.definition(target: "24")], on: [], by: bo)
    let local = try past.commit([WinRate.definition: text], on: [first], by: ana, "Raise it")
    let path = Past.proposal
    let proposal = Past.proposal(key, proposed, insteadOf: "25", enteredIn: local)
    let sync = try past.commit([path: proposal], on: [first, local], by: bo, "Sync")
    return try past.commit([path: nil, WinRate.definition: text], on: [sync], by: bo, "Decided")
  }
}
