import Calculation
import Consolidation
import GRDB
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// What a change does to the goals' scores, out of the roll-up that is kept: only the KPIs in which the two trees differ
/// from the one that it is of are measured. Nothing is written.
struct KeptScores {
  private let objects: ObjectDatabase
  private let store: RollUpStore
  private let program: String
  private let asOf: Day

  /// Nil where nothing is kept.
  init?(_ objects: ObjectDatabase, folder: String, program: String, asOf: Day) {
    guard RollUpStore.exists(in: folder), let store = try? RollUpStore(folder: folder) else { return nil }
    self.objects = objects
    self.store = store
    self.program = program
    self.asOf = asOf
  }

  /// What is known of the KPIs that differ, and of all others together.
  private struct Known {
    let period: Period
    let sums: [String: GoalSum]
    /// By KPI that differs, what it had in the tree that is kept.
    var shares: [KPIID: KPIShare] = [:]
    let touched: [KPIID]
  }

  /// Of the newest reported month; nil where it cannot be known without reading everything.
  /// - Parameter limit: so many KPIs are measured at most
  func impact(from old: ObjectID, to new: ObjectID, most limit: Int) throws -> ScoreImpact? {
    let frames = [old, new].map { LedgerTree(.figures([]), from: TreeSource(objects, tree: $0)).ledger }
    guard frames[0].settings == frames[1].settings, frames[0].rates == frames[1].rates,
      let known = try store.read({ try known(old, new, frames[0].settings.calendar, limit, in: $0) })
    else { return nil }
    var goals = GoalScores(frames[0].settings, goals: frames[0].goals, sums: known.sums, shares: known.shares)
    var names: [KPIID: String] = [:]
    _ = goals.put(shares(in: old, known, &names))
    let before = goals
    _ = goals.put(shares(in: new, known, &names))
    _ = goals.put(frames[1].settings, goals: frames[1].goals)
    guard before.isExact, goals.isExact else { return nil }
    return ScoreImpact(of: known.period, from: before, to: goals) { names[$0] }
  }

  private func known(
    _ old: ObjectID, _ new: ObjectID, _ calendar: FiscalCalendar, _ limit: Int, in database: Database
  ) throws -> Known? {
    let (first, last) = (Differences(to: old, in: objects), Differences(to: new, in: objects))
    let months = try MonthsView(first, objects: objects, asOf: asOf, calendar, program, isPast: false)
    guard let period = try months.kept(in: database) else { return nil }
    let key = try LinesView(
      old, first, objects: objects, period: period, asOf: asOf, program: program, isPast: false
    ).key(calendar)
    guard let view = try RollUpStore.view(RollUpState.self, key, in: database), view.state.totals.isExact,
      let changes = first.since(view.tree), let more = last.since(view.tree)
    else { return nil }
    let rows = LineRows(view: view.id, database: database)
    let touched = try rows.users(of: Set((changes + more).compactMap { LedgerPath($0.path).kpi }))
    guard touched.count <= limit else { return nil }
    var known = Known(period: period, sums: view.state.totals.goals, touched: touched.sorted())
    for id in touched { known.shares[id] = try rows.share(of: id) }
    return known
  }

  /// What the KPIs that differ come to in a tree.
  private func shares(in tree: ObjectID, _ known: Known, _ names: inout [KPIID: String]) -> [KPIID: KPIShare?] {
    let part = LedgerTree(.figures(known.touched), from: TreeSource(objects, tree: tree)).ledger
    var lines = KPILines(of: part, for: known.period, asOf: asOf)
    var shares: [KPIID: KPIShare?] = [:]
    for id in known.touched {
      let definition = part.definitions[id]
      names[id] = definition?.name ?? names[id]
      shares[id] = .some(definition.flatMap { definition in lines.line(of: id).map { KPIShare(definition, $0) } })
    }
    return shares
  }
}
