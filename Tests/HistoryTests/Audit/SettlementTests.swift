import Foundation
import GRDB
import Git
import LedgerFiles
import LedgerModel
import Testing

@testable import History

/// How held changes came out, as the walk and the index say it.
@Suite("Settlements beside the changes of an audit") struct SettlementTests {
  private let ana = Past.ana
  private let bo = Past.bo

  /// The entries of a question, which the index must answer as the walk does.
  private func entries(
    _ past: Past, _ tip: ObjectID, hub: ObjectID? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ ask: (inout AuditQuery) -> Void = { _ in }
  ) throws -> [AuditEntry] {
    var query = AuditQuery()
    ask(&query)
    let walked = try Audit(past.objects).entries(endingAt: tip, hub: hub, query)
    let folder = past.folder + "/cache" + (hub?.description ?? "")
    let index = try HistoryIndex(of: past.objects, cache: folder, proof: { { _, _ in false } })
    try index.catchUp(through: hub ?? tip)
    #expect(try index.entries(endingAt: tip, hub: hub, query) == walked, sourceLocation: sourceLocation)
    if query == AuditQuery(), hub == nil { try expectTheView(index, walked, sourceLocation: sourceLocation) }
    return walked
  }

  /// What other tools see of the newest history is what an audit of it says.
  private func expectTheView(
    _ index: HistoryIndex, _ entries: [AuditEntry], sourceLocation: SourceLocation
  ) throws {
    let sql = """
      SELECT key || '|' || held || '|' || ifnull(proposal, '') || '|' || ifnull(outcome, '') || '|'
        || ifnull(proposed_by_email, '') || '|' || ifnull(proposed_in, '') || '|' || ifnull(settled_by_email, '') || '|'
        || ifnull(settled_at, '') || '|' || ifnull(settled_in, '') FROM audit
      """
    let (seen, newest) = try index.file.read { database in
      (
        try String.fetchAll(database, sql: sql),
        try String.fetchOne(database, sql: "SELECT sync_commit FROM audit ORDER BY sync DESC LIMIT 1")
      )
    }
    guard newest == entries.first?.sync?.description else { return }
    let said = entries.map { entry in
      let settlement = entry.settlement
      let parts = [
        entry.key.text, entry.isHeld ? "1" : "0", settlement?.proposal, settlement?.outcome.rawValue,
        settlement?.proposedBy.email, settlement?.proposedIn.description, settlement?.settledBy?.email,
        settlement?.settledAt?.seconds.description, settlement?.settledIn?.description,
      ]
      return parts.map { $0 ?? "" }.joined(separator: "|")
    }
    #expect(seen.sorted() == said.sorted(), sourceLocation: sourceLocation)
  }

  /// `key: outcome by who`, of what was held, its end, and what came into force by it; oldest first.
  private func said(_ entries: [AuditEntry]) -> [String] {
    entries.reversed().compactMap { entry in
      entry.settlement.map { settlement in
        let who = settlement.settledBy.map { " by \($0.name)" } ?? ""
        return "\(entry.isHeld ? "held " : "")\(entry.key): \(settlement.outcome)\(who)"
      }
    }
  }

  @Test("While nobody has decided, it waits")
  func waiting() throws {
    let past = try Past()
    let (entered, sync) = try past.held()
    let held = try #require(try entries(past, sync).first { $0.isHeld })
    #expect(
      held.settlement
        == Settlement(proposal: "0123456789abcdef", proposedBy: ana, proposedIn: entered, outcome: .waiting))
    #expect(held.commit == entered && held.sync == sync)
  }

  @Test("Accepted: 24 becomes 27, and the value in force names whoever proposed it")
  func accepted() throws {
    let past = try Past()
    let (entered, sync) = try past.held()
    let settled = try past.decide(WinRate.definition(target: "27"), on: sync, by: bo)
    let entries = try entries(past, settled)
    #expect(
      said(entries) == [
        "held proposal targets.2026: accepted by Bo Lind", "proposal targets.2026: accepted by Bo Lind",
        "targets.2026: accepted by Bo Lind",
      ])
    let inForce = try #require(entries.first { $0.key.text == "targets.2026" && $0.commit == settled })
    #expect(
      inForce.settlement
        == Settlement(
          proposal: "0123456789abcdef", proposedBy: ana, proposedIn: entered, outcome: .accepted, settledBy: bo,
          settledIn: settled, settledAt: GitTime(seconds: past.now)))
    #expect(Set(entries.compactMap(\.settlement)).count == 1)
  }

  @Test("Rejected: the target stays 24. Withdrawn: the same, by whoever proposed it. Changed: it becomes 26")
  func others() throws {
    for (target, author, outcome) in [
      (nil, bo, "rejected by Bo Lind"), ("24", bo, "rejected by Bo Lind"), (nil, ana, "withdrawn by Ana Ruiz"),
      ("26", bo, "changed by Bo Lind"), ("26", ana, "changed by Ana Ruiz"),
    ] as [(String?, Author, String)] {
      let past = try Past()
      let tip = try past.decide(target.map { WinRate.definition(target: $0) }, on: past.held().sync, by: author)
      #expect(
        try said(entries(past, tip)) == [
          "held proposal targets.2026: \(outcome)", "proposal targets.2026: \(outcome)",
        ])
    }
  }

  @Test("Dropped because its value came into force otherwise is accepted")
  func dropped() throws {
    let past = try Past()
    let (_, sync) = try past.held()
    let own = try past.commit([WinRate.definition: WinRate.definition(target: "27")], on: [sync], by: bo, "Mine")
    let files: [String: String?] = [WinRate.definition: WinRate.definition(target: "27"), Past.proposal: String?.none]
    let merged = try past.commit(files, on: [sync, own], by: bo, "Sync")
    #expect(
      try said(entries(past, merged)) == [
        "held proposal targets.2026: accepted by Bo Lind", "proposal targets.2026: accepted by Bo Lind",
      ])
  }

  @Test("Of the calculation, the fields that were proposed decide; of a removal, that the key is gone")
  func partsAndRemovals() throws {
    let past = try Past()
    let (_, sync) = try past.held("calculation", "{formula: won / decided}", insteadOf: "{formula: won}")
    let accepted = try past.decide(WinRate.definition(target: "24", formula: "won / decided"), on: sync, by: bo)
    #expect(try said(entries(past, accepted)).last == "calculation: accepted by Bo Lind")
    let other = try past.decide(WinRate.definition(target: "24", formula: "won + decided"), on: sync, by: bo)
    #expect(try said(entries(past, other)).last == "proposal calculation: changed by Bo Lind")
    let left = try past.decide(WinRate.definition(target: "30"), on: sync, by: bo)
    #expect(try said(entries(past, left)).last == "proposal calculation: rejected by Bo Lind")

    let removal = try Past()
    let (_, held) = try removal.held("file", nil, insteadOf: "true")
    let kept = try removal.decide(nil, on: held, by: bo)
    #expect(
      try said(entries(removal, kept)) == [
        "held proposal file: rejected by Bo Lind", "proposal file: rejected by Bo Lind",
      ])
    let gone = try removal.commit([Past.proposal: nil, WinRate.definition: nil], on: [held], by: bo, "Decide")
    #expect(
      try Set(said(entries(removal, gone))) == [
        "held proposal file: accepted by Bo Lind", "proposal file: accepted by Bo Lind", "file: accepted by Bo Lind",
      ])
  }

  @Test("A comment that was proposed with a value is a part of it")
  func comments() throws {
    let past = try Past()
    let (_, sync) = try past.held("weight", "24", insteadOf: "24", comment: "as agreed")
    let weighed = WinRate.definition(target: "24") + "weight: 24  # as agreed\n"
    let plain = WinRate.definition(target: "24") + "weight: 24\n"
    let base = try past.commit([WinRate.definition: plain], on: [sync], by: bo)
    let accepted = try past.decide(weighed, on: base, by: bo)
    #expect(try said(entries(past, accepted)).last == "comment of weight: accepted by Bo Lind")
    let rejected = try past.decide(nil, on: base, by: bo)
    #expect(try said(entries(past, rejected)).last == "proposal weight: rejected by Bo Lind")
  }

  @Test("Whatever else is asked for, a held change is shown with its end")
  func filtered() throws {
    let past = try Past()
    let (_, sync) = try past.held()
    let moment = past.now
    let settled = try past.decide(WinRate.definition(target: "27"), on: sync, by: bo)
    let held = "held proposal targets.2026: accepted by Bo Lind"
    let (end, inForce) = ("proposal targets.2026: accepted by Bo Lind", "targets.2026: accepted by Bo Lind")
    #expect(try said(entries(past, settled) { $0.by = "ana" }) == [held])
    #expect(try said(entries(past, settled) { $0.by = "bo" }) == [end, inForce])
    #expect(try said(entries(past, settled) { $0.key = "targets" }) == [held, end, inForce])
    #expect(try said(entries(past, settled) { $0.kpis = [WinRate.id] }) == [held, end, inForce])
    #expect(try said(entries(past, settled) { $0.departments = ["sales"] }) == [held, end, inForce])
    #expect(try said(entries(past, settled) { $0.since = moment + 1 }) == [end, inForce])
    let late = try entries(past, settled) { $0.since = moment + 1 }
    #expect(late.allSatisfy { $0.settlement?.proposedBy == ana })
    #expect(try said(entries(past, settled) { $0.key = "owner" }).isEmpty)
  }

  @Test("Asked how it was, an audit knows no later end; what waits in the clone has decided for the clone")
  func asItWas() throws {
    let past = try Past()
    let (_, sync) = try past.held()
    let settled = try past.decide(WinRate.definition(target: "27"), on: sync, by: bo)
    _ = try entries(past, settled)
    #expect(try said(entries(past, sync)) == ["held proposal targets.2026: waiting"])
    let mine = try entries(past, settled, hub: sync)
    #expect(said(mine).first == "held proposal targets.2026: accepted by Bo Lind")
    #expect(mine.filter { $0.settlement != nil }.map { $0.sync == nil } == [true, true, false])
  }

  @Test("Held again after it was decided, each time has its own end")
  func again() throws {
    let past = try Past()
    let (entered, sync) = try past.held()
    let rejected = try past.decide(nil, on: sync, by: bo)
    let text = Past.proposal("targets.2026", "27", enteredIn: entered)
    let again = try past.commit([Past.proposal: text], on: [rejected], by: bo, "Undo")
    #expect(
      try said(entries(past, again)) == [
        "held proposal targets.2026: rejected by Bo Lind", "proposal targets.2026: rejected by Bo Lind",
        "held proposal targets.2026: waiting",
      ])
    let withdrawn = try past.decide(nil, on: again, by: ana)
    #expect(try said(entries(past, withdrawn)).first == "held proposal targets.2026: rejected by Bo Lind")
    #expect(try said(entries(past, withdrawn)).last == "proposal targets.2026: withdrawn by Ana Ruiz")
  }

  @Test("A KPI that was moved while its proposal waited is found under its new name")
  func moved() throws {
    let past = try Past()
    let (_, sync) = try past.held()
    let id = try #require(KPIID("sales/orders-won"))
    func definition(_ target: String) -> String { WinRate.definition(target: target) + "was: [sales/win-rate]\n" }
    let move = try past.commit(
      [WinRate.definition: nil, id.definitionPath: definition("24")], on: [sync], by: bo, "Move")
    let accepted = try past.commit(
      [Past.proposal: nil, id.definitionPath: definition("27")], on: [move], by: bo, "Decide")
    #expect(try said(entries(past, accepted)).last == "targets.2026: accepted by Bo Lind")
    let rejected = try past.decide(nil, on: move, by: bo)
    #expect(try said(entries(past, rejected)).last == "proposal targets.2026: rejected by Bo Lind")
  }
}
