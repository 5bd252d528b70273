import Consolidation
import LedgerModel

/// Reads scorecards out of a view.
struct LinesReading {
  let rows: LineRows
  let state: RollUpState
  let maker: ScorecardMaker
  /// By KPI, from what is beside its own files.
  let flags: [KPIID: [Flag]]

  /// The company's scorecard, or that of a department with those below it; nil where there is no such department.
  func scorecard(department: String?, limit: Int?) throws -> Scorecard? {
    guard let department else { return try company(limit: limit) }
    return try scorecard(of: department, with: maker.departments(from: department), limit: limit)
  }

  /// The company's scorecard; above `limit` KPIs with those alone that need attention first.
  func company(limit: Int?) throws -> Scorecard {
    let lines = try limit.map { try rows.lines(first: $0) } ?? rows.lines()
    var goalFlags: [String: Flag] = [:]
    for goal in state.totals.mixedGoals { goalFlags[goal] = Relations.cycles(try rows.cycles(of: goal)) }
    return maker.scorecard(
      .company, state.totals, lines: flagged(lines), goalFlags: goalFlags,
      flaggedBesides: try flags.keys.count { try rows.share(of: $0)?.isFlagged == false })
  }

  /// A department's scorecard; nil where there is no such department.
  /// - Parameter departments: the department and all below it
  func scorecard(of id: String, with departments: Set<String>, limit: Int?) throws -> Scorecard? {
    let shares = try rows.shares(of: departments)
    guard let scope = maker.scope(of: id, hasKPIs: !shares.isEmpty) else { return nil }
    let lines = try rows.lines(of: departments)
    let totals = RollUpTotals(shares)
    let scorecard = maker.scorecard(
      scope, totals, lines: flagged(lines), goalFlags: Consolidation.goalFlags(shares, totals),
      flaggedBesides: shares.count { !$0.isFlagged && flags[$0.id] != nil })
    return limit.map(scorecard.limited) ?? scorecard
  }

  /// The departments that have a scorecard of their own, by id.
  var departmentIDs: [String] { Set(maker.departmentIDs).union(state.totals.departments.ids).sorted() }

  /// What an edition that is written down now rests on besides the lines.
  func note(named name: String) -> EditionNote { EditionNote(name: name, places: state.departments, flags: flags) }

  /// The departments whose own KPIs are others than in an edition; nil where any may be.
  func changed(since note: EditionNote) throws -> Set<String>? {
    guard note.places == state.departments else { return nil }
    var changed = try EditionRows(view: rows.view, database: rows.database).touched()
    for id in Set(flags.keys).union(note.flags.keys) where flags[id] != note.flags[id] { changed.insert(id.department) }
    return changed
  }

  private func flagged(_ lines: [KPIResult]) -> [KPIResult] {
    guard !flags.isEmpty else { return lines }
    return lines.map { line in
      guard let more = flags[line.id] else { return line }
      var line = line
      line.add(flags: more)
      return line
    }
  }
}
