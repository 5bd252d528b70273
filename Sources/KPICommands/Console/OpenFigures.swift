import Calculation
import Consolidation
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// What is not final in a period that is about to be closed, a line each.
struct OpenFigures {
  let lines: [String]

  init(_ scope: CloseScope, in clone: LedgerClone) {
    guard let ledger = try? LedgerTree(folder: clone.folder).ledger else {
      lines = []
      return
    }
    let calendar = ledger.settings.calendar
    var missing: [String] = []
    var unsure: [String] = []
    for (id, definition) in ledger.definitions.sorted(by: { $0.key < $1.key })
    where definition.status == .active && scope.has(id) && Self.isRecorded(definition) {
      let open = OpenPeriods(definition, ledger.actuals[id], closing: scope.period, calendar: calendar)
      if !open.missing.isEmpty { missing.append(Self.name(id, open.missing, besides: scope.period)) }
      if !open.unsure.isEmpty { unsure.append(Self.name(id, open.unsure, besides: scope.period)) }
    }
    let held = Self.held(scope, calendar, clone)
    let isOver = calendar.days(of: scope.period).upperBound <= LedgerDay.today(in: calendar)
    lines = [
      isOver ? nil : "\(calendar.title(of: scope.period)) is not over yet.",
      Self.line("Nothing is recorded", missing), Self.line("Provisional or estimated", unsure),
      held > 0 ? "Held and not settled: \(held); see 'kpi proposals'" : nil,
    ].compactMap(\.self)
  }

  /// Whether people enter its figures: others are made of other KPIs.
  private static func isRecorded(_ definition: Definition) -> Bool {
    definition.consolidates == nil && !definition.calculation.formula.inputs.isEmpty
  }

  /// As `sales/win-rate`, or `sales/calls (2026-W10, 2026-W11)` where it is not the period to be closed itself.
  private static func name(_ id: KPIID, _ periods: [Period], besides closed: Period) -> String {
    guard periods != [closed] else { return id.description }
    let more = periods.count > 3 ? " and \(periods.count - 3) more" : ""
    return "\(id) (\(periods.prefix(3).map(\.description).joined(separator: ", "))\(more))"
  }

  /// How many changes of the period's figures and targets wait for a decision.
  private static func held(_ scope: CloseScope, _ calendar: FiscalCalendar, _ clone: LedgerClone) -> Int {
    let closed = ClosedPeriods([scope.period], calendar: calendar)
    let waiting = (try? WaitingProposals(LedgerDesk(clone: clone)).all) ?? []
    return waiting.count { each in
      guard let id = each.kpi, scope.has(id) else { return false }
      return Key(each.change.key).period.map(closed.covers) ?? true
    }
  }

  private static func line(_ what: String, _ ids: [String]) -> String? {
    guard !ids.isEmpty else { return nil }
    let more = ids.count > 8 ? " and \(ids.count - 8) more" : ""
    return "\(what) for \(ids.count): \(ids.prefix(8).joined(separator: ", "))\(more)"
  }
}
