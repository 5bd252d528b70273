public import Calculation
public import Git
import LedgerFiles
import LedgerModel

/// Figures and targets of the past that changed, with what that did to the score.
///
///     var query = AuditQuery()
///     let entries = try audit.entries(endingAt: tip, hub: nil, query.gathering(for: .restatements))
///     let changes = try RestatementReport(objects, calendar: calendar).changes(in: entries, asked: query)
///
/// What counts, each held against the main line before the commit that brought it:
/// - a final figure of a period that had begun, changed or taken away: what the scorecard flags as restated;
/// - a target of a period that had begun, changed or removed; `phase` says whether the period was over;
/// - *filled*, and no restatement: a figure where none was, when it came after the following period was over as well (of
///   days: a week), or when the row stood there and was left blank or said to be missing; and a target of a period that
///   was over and had none of its own.
///
/// What a KPI begins with, moves with, or is removed with, is none of these.
public struct RestatementReport: Sendable {
  private let objects: ObjectDatabase
  private let calendar: FiscalCalendar

  /// - Parameter calendar: the ledger's, which says when a period begins and ends
  public init(_ objects: ObjectDatabase, calendar: FiscalCalendar) {
    self.objects = objects
    self.calendar = calendar
  }

  /// The changes, the newest first.
  /// - Parameters:
  ///   - entries: what an audit finds of ``AuditQuery/gathering(for:)``
  ///   - query: what is asked for
  /// - Throws: `GitError` where the history cannot be read
  public func changes(
    in entries: [AuditEntry], asked query: AuditQuery, progress: ReportProgress = { _, _ in }
  ) throws -> [PastChange] {
    try ReportRun.lines(of: SyncChanges.all(of: entries), tools: {}, progress: progress) { sync, _ in
      guard let place = try SyncPlace(sync.commit, in: objects) else { return [] }
      let finder = PastChangeFinder(sync, place, calendar)
      let found = sync.changes.flatMap(finder.changes).filter { query.takes($0.period, by: $0.change.by) }
      return rated(found, KPIsThen(sync, place, objects))
    }
  }

  /// The changes with their effects.
  private func rated(_ changes: [PastChange], _ then: KPIsThen) -> [PastChange] {
    var effects: [KPIID: [Period: PastChange.Effect]] = [:]
    return changes.map { change in
      var change = change
      let (id, period, day) = (change.kpi, change.period, then.place.day)
      change.effect =
        effects[id]?[period]
        ?? PastChange.Effect(
          before: then.before(id).figures(of: period, asOf: day), after: then.after(id).figures(of: period, asOf: day))
      effects[id, default: [:]][period] = change.effect
      return change
    }
  }
}

/// Finds what one commit of the main line changed of the past.
private struct PastChangeFinder {
  private let sync: SyncChanges
  private let place: SyncPlace
  private let calendar: FiscalCalendar

  init(_ sync: SyncChanges, _ place: SyncPlace, _ calendar: FiscalCalendar) {
    self.sync = sync
    self.place = place
    self.calendar = calendar
  }

  func changes(_ change: KeyChange) -> [PastChange] {
    guard let id = LedgerPath(change.file).kpi, let period = change.key.period else { return [] }
    let phase = PeriodPhase(of: period, at: place.seconds, calendar)
    guard phase != .ahead else { return [] }
    switch LedgerPath(change.file) {
    case .actuals: return figures(change, id, period, phase)
    case .definition: return target(change, id, period, phase).map { [$0] } ?? []
    default: return []
    }
  }

  private func figures(_ change: KeyChange, _ id: KPIID, _ period: Period, _ phase: PeriodPhase) -> [PastChange] {
    let (before, after) = (ActualsRow(change.from, of: period), ActualsRow(change.to, of: period))
    func line(_ kind: PastChange.Kind, _ input: String, _ from: Quantity?, _ to: Quantity?) -> PastChange {
      PastChange(
        kind: kind, subject: .actual, kpi: id, period: period, row: change.key.row, input: input,
        from: from.map { .number($0) }, to: to.map { .number($0) }, phase: phase, seconds: place.seconds,
        change: change.entry, effect: PastChange.Effect())
    }
    let restated = before?.restated(by: after).map { line(.restated, $0.input, $0.from, $0.to) } ?? []
    guard let after, !sync.isNew(id), isLate(period) || before.map({ $0.isSaidToBeWhole }) ?? false else {
      return restated
    }
    let filled = after.values.filter { before?.values[$0.key] == nil }.sorted { $0.key < $1.key }
    return restated + filled.map { line(.filled, $0.key, nil, $0.value) }
  }

  private func target(_ change: KeyChange, _ id: KPIID, _ period: Period, _ phase: PeriodPhase) -> PastChange? {
    let (from, to) = (change.from.flatMap(\.stated), change.to.flatMap(\.stated))
    guard from != to, from != nil || phase == .ended && !sync.isNew(id) else { return nil }
    return PastChange(
      kind: from == nil ? .filled : .restated, subject: .target, kpi: id, period: period, from: from, to: to,
      phase: phase, seconds: place.seconds, change: change.entry, effect: PastChange.Effect())
  }

  /// Whether a figure of the period comes later than people record: the period after it is over as well.
  private func isLate(_ period: Period) -> Bool {
    let due = calendar.days(of: period.kind == .day ? period.advanced(by: 7) : period.next).upperBound
    return place.day >= due
  }
}

extension ActualsRow {
  /// Whether who recorded it held it for final, with what is blank in it, or said that it is missing.
  fileprivate var isSaidToBeWhole: Bool { status == .final || status == .missing }
}

extension YAMLValue {
  /// nil where nothing is said.
  fileprivate var stated: YAMLValue? { self == .null ? nil : self }
}
