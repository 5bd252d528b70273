import Calculation
import Chance
import Consolidation
import Foundation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Testing

@testable import History

/// Reports of random histories against what a slow, simple comparison of whole ledgers finds, and against the index.
@Suite("Reports of random histories") struct ReportOracleTests {
  /// A main line on which figures, targets and names change, some by syncs of several commits.
  private struct Played {
    let past: Past
    private(set) var line: [ObjectID] = []
    private var company: GrowingCompany

    init(_ seed: UInt64) throws {
      past = try Past()
      company = GrowingCompany(seed)
      try past.wait(for: "2026-01-20")
      line = [try past.commit(GrowingCompany.plain.mapValues { $0 }, on: [], by: Past.ana, "Begin")]
    }

    var tip: ObjectID { line[line.count - 1] }

    /// Edits of files that can be read, of which some also set targets.
    private mutating func edits() -> [String: String?] {
      var edits = company.edits().filter { $0.value?.contains("[broken") != true }
      for (path, text) in edits where path.contains("/kpis/") && company.dice.chance(0.7) {
        let targets = "targets: {2026: 1200, 2026-0\(company.dice.below(6) + 1): \(company.dice.below(200))}"
        edits[path] = text?.replacing("targets: {2026: 1200}", with: targets)
      }
      return edits
    }

    mutating func step() throws {
      if company.dice.chance(0.3) { past.turnClock(by: Int64(company.dice.below(20)) * 86_400) }
      guard company.dice.chance(0.4) else {
        line.append(try past.commit(edits(), on: [tip], by: Past.bo, "Edit \(line.count)"))
        return
      }
      var side = tip
      var merged: [String: String?] = [:]
      for _ in 0...company.dice.below(3) {
        let edits = edits()
        side = try past.commit(edits, on: [side], by: Past.ana, "Offline \(line.count)")
        merged.merge(edits) { $1 }
      }
      line.append(try past.commit(merged, on: [tip, side], by: Past.bo, "Sync"))
    }
  }

  /// What two ledgers say of one KPI's past: its final figures and its targets that are others since.
  private static func restated(_ past: Past, _ old: ObjectID, _ new: ObjectID) throws -> [String] {
    let (before, after) = (
      try LedgerTree(past.objects.commit(old).tree, in: past.objects).ledger,
      try LedgerTree(past.objects.commit(new).tree, in: past.objects).ledger
    )
    let day = UTCTime.day(try past.objects.commit(new).committer.time.seconds)
    let calendar = FiscalCalendar()
    var found: [String] = []
    func line(_ name: String, _ id: KPIID, _ former: KPIID, _ period: Period, _ from: String, _ to: String) {
      guard day >= calendar.days(of: period).lowerBound else { return }
      func score(_ ledger: Ledger, _ id: KPIID) -> String {
        let card = Consolidation(of: ledger, for: period, asOf: day, source: "").company
        guard let line = card.kpis.first(where: { $0.id == id && $0.period == period }) else { return "none" }
        return "\(line.score?.description ?? "-") \(line.status?.rawValue ?? "-")"
      }
      found.append("\(id) \(name) \(from) \(to), \(score(before, former)) \(score(after, id))")
    }
    for (former, definition) in before.definitions {
      let moved = after.definitions.values.first { new in
        new.was.contains(former) && before.definitions[new.id] == nil && after.definitions[former] == nil
      }
      guard let now = moved ?? after.definitions[former] else { continue }
      for (period, target) in definition.targets where now.targets[period] != target {
        let to = now.targets[period]?.value?.description ?? "-"
        line("target \(period)", now.id, former, period, target.value?.description ?? "?", to)
      }
    }
    for (id, old) in before.actuals {
      let isRemoved = before.definitions[id] != nil && after.definitions[id] == nil
      for row in old.periods.indices where old.statuses[row] == .final {
        guard let value = old.values(of: "value")?[row], let new = after.actuals[id] else { continue }
        let place = new.periods.firstIndex(of: old.periods[row])
        let now = place.flatMap { new.values(of: "value")?[$0] }
        if now != value, now != nil || !isRemoved {
          line("\(old.periods[row])", id, id, old.periods[row], value.description, now?.description ?? "-")
        }
      }
    }
    return found
  }

  @Test("Each restatement with its effect is one that two whole ledgers show, and none is left out", arguments: 1...20)
  func restatements(seed: UInt64) throws {
    var played = try Played(seed)
    for _ in 0..<14 { try played.step() }
    let past = played.past
    let entries = try past.audit(played.tip) { $0 = $0.gathering(for: .restatements) }
    let report = try RestatementReport(past.objects, calendar: FiscalCalendar())
      .changes(in: entries, asked: AuditQuery())
    let found = report.filter { $0.kind == .restated }.map { change in
      func number(_ value: YAMLValue?) -> String {
        if case .number(let number)? = value { number.description } else { "-" }
      }
      func score(_ figures: PeriodFigures?) -> String {
        figures.map { "\($0.score?.description ?? "-") \($0.status?.rawValue ?? "-")" } ?? "none"
      }
      return "\(change.kpi) \(change.row ?? "target \(change.period)") \(number(change.from)) \(number(change.to)), "
        + "\(score(change.effect.before)) \(score(change.effect.after))"
    }
    let wanted = try zip(played.line, played.line.dropFirst()).flatMap { try Self.restated(past, $0, $1) }
    #expect(found.sorted() == wanted.sorted())
  }

  @Test("The index and a walk over the history give the same reports", arguments: 21...26)
  func index(seed: UInt64) throws {
    var played = try Played(seed)
    for _ in 0..<30 { try played.step() }
    let (past, calendar) = (played.past, FiscalCalendar())
    let folder = NSTemporaryDirectory() + "kpi-index-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let index = try HistoryIndex(of: past.objects, cache: folder) { { _, _ in false } }
    try index.catchUp(through: played.line[20])
    var some = AuditQuery()
    some.kpis = [KPIID("d1/k1")!, KPIID("d2/moved")!]
    var department = AuditQuery()
    department.departments = ["d0"]
    department.since = past.now - 30 * 86_400
    for query in [AuditQuery(), some, department] {
      func entries(_ report: AuditReport) throws -> (walked: [AuditEntry], indexed: [AuditEntry]) {
        let wanted = query.gathering(for: report)
        return (
          try Audit(past.objects).entries(endingAt: played.tip, hub: nil, wanted),
          try index.entries(endingAt: played.tip, hub: nil, wanted)
        )
      }
      let restatements = RestatementReport(past.objects, calendar: calendar)
      let found = try entries(.restatements)
      #expect(
        try restatements.changes(in: found.walked, asked: query)
          == restatements.changes(in: found.indexed, asked: query))
      let goalposts = GoalpostReport(past.objects, calendar: calendar)
      let posts = try entries(.goalposts)
      #expect(
        try goalposts.findings(in: posts.walked, asked: query) == goalposts.findings(in: posts.indexed, asked: query))
      let ownership = OwnershipReport(past.objects)
      let hands = try entries(.ownership)
      #expect(
        try ownership.changes(in: hands.walked, asked: query) == ownership.changes(in: hands.indexed, asked: query))
    }
  }
}
