public import Calculation
import Consolidation
public import Git
import LedgerFiles
import LedgerModel

/// Targets and thresholds that gave way where it was red, and figures revised shortly before somebody looked at them.
///
/// Red is what the main line's files before the change make of the period, for the day of the change: off target, or of
/// a running period heading there. Of a threshold it is the period that was running, else the one before it. A figure
/// was revised where it is restated (see ``RestatementReport``), up to three days before the minutes of a review, or a
/// close, of its period came to the main line.
public struct GoalpostReport: Sendable {
  private let objects: ObjectDatabase
  private let calendar: FiscalCalendar

  /// - Parameter calendar: the ledger's, which says when a period begins and ends
  public init(_ objects: ObjectDatabase, calendar: FiscalCalendar) {
    self.objects = objects
    self.calendar = calendar
  }

  /// The findings, the newest first.
  /// - Parameters:
  ///   - entries: what an audit finds of ``AuditQuery/gathering(for:)``
  ///   - query: what is asked for
  /// - Throws: `GitError` where the history cannot be read
  public func findings(
    in entries: [AuditEntry], asked query: AuditQuery, progress: ReportProgress = { _, _ in }
  ) throws -> [Goalpost] {
    let syncs = SyncChanges.all(of: entries)
    let looks = try Looks(in: syncs, objects, calendar)
    return try ReportRun.lines(of: syncs, tools: {}, progress: progress) { sync, _ in
      guard let place = try SyncPlace(sync.commit, in: objects) else { return [] }
      let finder = GoalpostFinder(KPIsThen(sync, place, objects), looks, calendar)
      var found = sync.changes.flatMap(finder.findings)
      if let lowered = try finder.loweredForAll(objects) { found.append(lowered) }
      return found.filter { query.takes($0.period, by: $0.change.by) }
    }
  }
}

/// Finds what one commit of the main line did to goalposts. For one thread.
private struct GoalpostFinder {
  private let then: KPIsThen
  private let looks: Looks
  private let calendar: FiscalCalendar

  init(_ then: KPIsThen, _ looks: Looks, _ calendar: FiscalCalendar) {
    self.then = then
    self.looks = looks
    self.calendar = calendar
  }

  private var sync: SyncChanges { then.sync }
  private var place: SyncPlace { then.place }

  func findings(_ change: KeyChange) -> [Goalpost] {
    switch LedgerPath(change.file) {
    case .actuals(let id): return revisions(change, id)
    case .definition(let id) where !sync.isNew(id):
      let found = change.key.field == "thresholds" ? loweredThreshold(change, id) : easedTarget(change, id)
      return found.map { [$0] } ?? []
    default: return []
    }
  }

  private func finding(
    _ kind: Goalpost.Kind, _ change: KeyChange, _ id: KPIID?, _ period: Period?, from: YAMLValue?, to: YAMLValue?,
    standing: PeriodFigures? = nil, look: Goalpost.Look? = nil, _ sentence: String
  ) -> Goalpost {
    Goalpost(
      kind: kind, kpi: id, period: period, key: change.key, from: from, to: to, standing: standing, look: look,
      sentence: sentence, seconds: place.seconds, change: change.entry)
  }

  // MARK: Where it was red

  private func easedTarget(_ change: KeyChange, _ id: KPIID) -> Goalpost? {
    guard let period = change.key.period, PeriodPhase(of: period, at: place.seconds, calendar) != .ahead,
      let before = then.before(id).figures(of: period, asOf: place.day), before.isRed,
      let after = then.after(id).figures(of: period, asOf: place.day), let old = before.target,
      let direction = before.direction, let reached = before.landing ?? before.actual
    else { return nil }
    let new = after.target
    guard new.map({ $0.isEasier(than: old, at: reached, direction) }) ?? true else { return nil }
    let sentence = GoalpostText(then.before(id).unit, place.day).eased(period, from: old, to: new, before)
    return finding(
      .targetEased, change, id, period, from: old.written, to: new?.written, standing: before, sentence)
  }

  private func loweredThreshold(_ change: KeyChange, _ id: KPIID) -> Goalpost? {
    let (old, new) = (then.before(id).thresholds, then.after(id).thresholds)
    guard new.green < old.green || new.amber < old.amber, let definition = then.before(id).definition
    else { return nil }
    let running = calendar.period(definition.calculation.period, containing: place.day)
    for period in [running, running.previous] {
      guard let standing = then.before(id).figures(of: period, asOf: place.day), standing.isRed else { continue }
      let sentence = GoalpostText(then.before(id).unit, place.day).lowered(from: old, to: new, period, standing)
      return finding(
        .thresholdLowered, change, id, period, from: old.written, to: new.written, standing: standing, sentence)
    }
    return nil
  }

  /// A threshold of the whole ledger, where KPIs that have none of their own were red.
  func loweredForAll(_ objects: ObjectDatabase) throws -> Goalpost? {
    guard let change = sync.changes.first(where: { LedgerPath($0.file) == .settings }) else { return nil }
    let lowered = LoweredForAll(place, objects)
    guard lowered.isLowered else { return nil }
    let red = try lowered.redCount()
    guard red > 0 else { return nil }
    let sentence = GoalpostText(UnitLabel(id: nil), place.day).lowered(from: lowered.old, to: lowered.new, red: red)
    return finding(
      .thresholdLowered, change, nil, nil, from: lowered.old.written, to: lowered.new.written, sentence)
  }

  // MARK: Before somebody looked

  private func revisions(_ change: KeyChange, _ id: KPIID) -> [Goalpost] {
    guard let period = change.key.period, PeriodPhase(of: period, at: place.seconds, calendar) != .ahead,
      let row = change.key.row,
      let values = ActualsRow(change.from, of: period)?.restated(by: ActualsRow(change.to, of: period)), !values.isEmpty
    else { return [] }
    let text = GoalpostText(then.after(id).unit, place.day)
    func finding(_ kind: Goalpost.Kind, _ look: Goalpost.Look?) -> Goalpost? {
      look.map { look in
        self.finding(
          kind, change, id, period, from: change.from, to: change.to, look: look, text.revised(row, values, look))
      }
    }
    return [
      finding(.revisedBeforeClose, looks.close(of: period, in: id.department, after: place.seconds)),
      finding(.revisedBeforeReview, looks.review(of: period, in: id.department, after: place.seconds)),
    ].compactMap(\.self)
  }
}
