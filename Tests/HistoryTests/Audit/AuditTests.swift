import Calculation
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

@Suite struct AuditTests {
  private let ana = Past.ana
  private let bo = Past.bo

  @Test func eachChangedKeyIsLaidToWhoeverEnteredIt() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana, "Define it\n")
    let second = try past.commit(
      [WinRate.definition: WinRate.definition(target: "27", owner: "coo")], on: [first], by: bo, "Reorganised\n")
    let entries = try past.audit(second).filter { !$0.isNewFile }
    #expect(entries.map(\.key.text).sorted() == ["owner", "targets.2026"])
    let target = try #require(entries.first { $0.key.text == "targets.2026" })
    #expect(target.from == .number(25))
    #expect(target.to == .number(27))
    #expect(target.by == bo)
    #expect(target.kpi == WinRate.id)
    #expect(target.message == "Reorganised")
    #expect(target.commit == second)
    #expect(target.sync == second)
    #expect(target.isVerified)
  }

  @Test func theNewestComesFirstAndANewFileIsMarked() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let second = try past.commit([WinRate.definition: WinRate.definition(target: "26")], on: [first], by: ana)
    let third = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [second], by: ana)
    let entries = try past.audit(third)
    #expect(entries.prefix(2).map(\.to) == [.number(27), .number(26)])
    let new = entries.dropFirst(2)
    #expect(new.allSatisfy { $0.isNewFile && $0.from == nil && $0.commit == first })
    #expect(new.first?.key == .file)
  }

  @Test func anotherLayoutIsNoChange() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let second = try past.commit([WinRate.definition: WinRate.definition(target: "25.0")], on: [first], by: bo)
    #expect(try past.audit(second).allSatisfy { $0.commit == first })
  }

  @Test func aSyncIsNamedAndItsChangesAreTheirAuthors() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let hub = try past.commit([WinRate.definition: WinRate.definition(owner: "coo")], on: [first], by: bo)
    let local = try past.commit(
      [WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana, "Raise it")
    let sync = try past.commit(
      [WinRate.definition: WinRate.definition(target: "27", owner: "coo")], on: [hub, local], by: ana, "Sync")
    let entries = try past.audit(sync).filter { !$0.isNewFile }
    #expect(
      entries.map(\.line) == [
        "targets.2026: number(25) → number(27) by Ana", "owner: string(\"head-of-sales\") → string(\"coo\") by Bo ",
      ])
    #expect(entries.first?.commit == local)
    #expect(entries.first?.sync == sync)
    #expect(entries.first?.message == "Raise it")
  }

  @Test func whatSomebodyElseSentIsTheirClaim() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let local = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana)
    let sync = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first, local], by: bo)
    let entry = try #require(try past.audit(sync).first)
    #expect(entry.by == ana)
    #expect(!entry.isVerified)
    #expect(entry.broughtBy == bo)
  }

  @Test func whatIsProvenIsItsAuthorsWhoeverSentIt() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let local = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana)
    let sync = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first, local], by: bo)
    let audit = Audit(past.objects, proof: { { commit, main in commit == local && main == sync } })
    let entries = try audit.entries(endingAt: sync, hub: nil, AuditQuery())
    let entry = try #require(entries.first { $0.commit == local })
    #expect(entry.by == ana && entry.isVerified && entry.broughtBy == bo)
  }

  @Test func valuesThatSomebodyReplacedThemselvesBeforeTheSyncAreShownInTurn() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let one = try past.commit([WinRate.definition: WinRate.definition(target: "26")], on: [first], by: ana, "one")
    let two = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [one], by: ana, "two")
    let hub = try past.commit([WinRate.definition: WinRate.definition(target: "24")], on: [first], by: bo, "hub")
    let sync = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [hub, two], by: ana)
    let entries = try past.audit(sync) { $0.key = "targets" }.filter { !$0.isNewFile }
    #expect(entries.map(\.message) == ["two", "one", "hub"])
    #expect(entries.map(\.from) == [.number(26), .number(24), .number(25)])
    #expect(entries.map(\.to) == [.number(27), .number(26), .number(24)])
  }

  @Test func whatIsNotInForceIsNoChangeOfTheKey() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let local = try past.commit(
      [WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana, "Raise it")
    let hub = try past.commit([WinRate.definition: WinRate.definition(target: "24")], on: [first], by: bo)
    let path = Past.proposal
    let proposal = Past.proposal("targets.2026", "27", insteadOf: "25", enteredIn: local)
    let sync = try past.commit([path: proposal], on: [hub, local], by: bo)
    let settled = try past.commit(
      [path: nil, WinRate.definition: WinRate.definition(target: "27")], on: [sync], by: bo, "Accepted")
    let entries = try past.audit(settled) {
      $0.kpis = [WinRate.id]
      $0.key = "targets"
    }.filter { !$0.isNewFile }
    #expect(
      entries.map(\.line) == [
        "targets.2026: number(24) → number(27) by Bo ", "proposal targets.2026: number(27) → - by Bo ",
        "proposal targets.2026: number(25) → number(27) by Ana", "targets.2026: number(25) → number(24) by Bo ",
      ])
    #expect(entries[2].commit == local)
    #expect(entries[2].sync == sync)
    #expect(entries[2].kpi == WinRate.id)
  }

  @Test func rowsNotesAndColumnsAreKeys() throws {
    let past = try Past()
    let files = [
      WinRate.definition: WinRate.definition(),
      WinRate.actuals: WinRate.actuals("2026-01,12,40,,", "2026-02,9,38,provisional,"),
    ]
    let first = try past.commit(files.mapValues { $0 }, on: [], by: ana)
    let second = try past.commit(
      [WinRate.actuals: WinRate.actuals("2026-01,12,40,,checked", "2026-02,10,38,,", "2026-03,7,30,,")], on: [first],
      by: bo)
    let entries = try past.audit(second).filter { $0.commit == second }
    #expect(entries.map(\.key.text) == ["note 2026-01", "row 2026-02", "row 2026-03"])
    #expect(entries[1].from?["status"] == .string("provisional"))
    #expect(entries[1].to?["won"] == .number(10))
    #expect(try past.audit(second) { $0.key = "row 2026-02" }.count == 2)
  }

  @Test func aRemovedFileIsSaid() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let second = try past.commit([WinRate.definition: nil], on: [first], by: bo)
    let entries = try past.audit(second).filter { $0.commit == second }
    #expect(entries.first?.key == .file)
    #expect(entries.allSatisfy { $0.to == nil && $0.by == bo })
  }

  @Test func aCommentIsAKeyToo() throws {
    let past = try Past()
    let plain = WinRate.definition()
    let first = try past.commit([WinRate.definition: plain], on: [], by: ana)
    let commented = plain.replacing("direction: higher", with: "direction: higher\n# agreed with the board\nowner2: x")
      .replacing("owner2: x\n", with: "").replacing("status: active", with: "status: active  # since May")
    let second = try past.commit([WinRate.definition: commented], on: [first], by: bo)
    let entries = try past.audit(second).filter { $0.commit == second }
    #expect(entries.contains { $0.to == .string("since May") })
    #expect(entries.allSatisfy { $0.key.text.contains("comment") || $0.key == .calculation })
  }

  @Test func whatWaitsHasNoSync() throws {
    let past = try Past()
    let first = try past.commit([WinRate.definition: WinRate.definition()], on: [], by: ana)
    let local = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [first], by: ana)
    let entries = try past.audit(local, hub: first)
    #expect(entries.first?.sync == nil)
    #expect(entries.last?.sync == first)
  }

  @Test func ofSeveralCommitsInOneSyncTheLastComesFirst() throws {
    let past = try Past()
    let first = try past.commit(["goals.yaml": "goals: {}\n"], on: [], by: ana)
    let define = try past.commit([WinRate.definition: WinRate.definition()], on: [first], by: ana, "define")
    let january = try past.commit([WinRate.actuals: WinRate.actuals("2026-01,12,40,,")], on: [define], by: ana, "one")
    let rows = WinRate.actuals("2026-01,12,40,,", "2026-02,9,38,,")
    let february = try past.commit([WinRate.actuals: rows], on: [january], by: ana, "two")
    let sync = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: rows], on: [first, february], by: ana, "Sync")
    let entries = try past.audit(sync) { $0.kpis = [WinRate.id] }
    #expect(entries.first?.key.text == "row 2026-02")
    #expect(entries.first?.isNewFile == false)
    let messages = entries.map(\.message)
    #expect(messages == messages.sorted(by: >))
    #expect(Set(messages) == ["two", "one", "define"])
    #expect(entries.dropFirst().allSatisfy { $0.isNewFile })
  }

  @Test func whatIsDoneUnderANameThatTheMainLineDoesNotFollowIsLaidToWhoDidIt() throws {
    let past = try Past()
    let other = try #require(KPIID("sales/close-rate"))
    let rows = { (won: Int) in WinRate.actuals("2026-01,\(won),40,,") }
    let first = try past.commit(
      [WinRate.definition: WinRate.definition(), WinRate.actuals: rows(12)], on: [], by: ana, "Begin")
    let hub = try past.commit(["goals.yaml": "goals: {}\n"], on: [first], by: bo)
    let move = try past.commit(
      [
        WinRate.definition: nil, WinRate.actuals: nil, other.actualsPath: rows(12),
        other.definitionPath: WinRate.definition() + "was: [sales/win-rate]\n",
      ], on: [first], by: ana, "Move")
    let change = try past.commit([other.actualsPath: rows(14)], on: [move], by: ana, "Booked late")
    // The move is held, the figure is not.
    let sync = try past.commit([WinRate.actuals: rows(14)], on: [hub, change], by: ana, "Sync")
    for kpis in [nil, [WinRate.id]] {
      let entry = try #require(past.audit(sync) { $0.kpis = kpis }.first { $0.sync == sync })
      #expect(entry.key.text == "row 2026-01" && entry.commit == change && entry.message == "Booked late")
    }
  }

  @Test func whatIsTakenAwayFromAKPIThatMovesInTheSameSyncIsLaidToWhoTookIt() throws {
    let past = try Past()
    let other = try #require(KPIID("sales/close-rate"))
    let (moved, was) = (other.definitionPath, "was: [sales/win-rate]\n")
    let led = WinRate.definition() + "leads_to: [sales/orders]\n"
    let first = try past.commit([WinRate.definition: led], on: [], by: ana, "Begin")
    let move = try past.commit([WinRate.definition: nil, moved: led + was], on: [first], by: ana, "Move")
    let cut = try past.commit([moved: WinRate.definition() + was], on: [move], by: bo, "No longer leads there")
    let sync = try past.commit(
      [WinRate.definition: nil, moved: WinRate.definition() + was], on: [first, cut], by: ana, "Sync")
    let entries = try past.audit(sync).filter { $0.sync == sync && $0.file == WinRate.definition }
    #expect(entries.first { $0.key.text == "leads_to has sales/orders" }?.commit == cut)
    #expect(entries.first { $0.key.text == "owner" }?.commit == move)
  }
}
