import Calculation
import Consolidation
import GRDB
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// All lines of a scorecard's period and day, and what they come to, moved from one version of the ledger to another by
/// what differs between the two.
struct LinesView {
  private let commit: ObjectID
  private let tree: ObjectID
  private let objects: ObjectDatabase
  private let differences: Differences
  private let period: Period
  private let asOf: Day
  private let program: String

  /// So many KPIs are measured one by one; with more, reading everything on all processors is quicker.
  static let mostMoved = 2000

  struct Answer {
    let scorecard: Scorecard?
    let faulty: [String]
  }

  init(
    _ commit: ObjectID, _ differences: Differences, objects: ObjectDatabase, period: Period, asOf: Day, program: String
  ) {
    self.commit = commit
    self.differences = differences
    tree = differences.tree
    self.objects = objects
    self.period = period
    self.asOf = asOf
    self.program = program
  }

  func scorecard(
    _ store: RollUpStore, department: String?, limit: Int?, whole: () throws -> LedgerTree
  ) throws -> Answer {
    let frame = LedgerTree(.figures([]), from: TreeSource(objects, tree: tree)).ledger
    let key = try self.key(frame.settings.calendar)
    let since = RestatementFlag.beginning(of: period, frame.settings.calendar)
    let held = try HeldView(tree: tree, objects: objects).held(store)
    func answer(_ view: RollUpStore.View<RollUpState>, _ database: Database) throws -> Answer {
      let maker = ScorecardMaker(
        frame, departments: view.state.departments, for: period, asOf: asOf, source: commit.description)
      let rows = LineRows(view: view.id, database: database)
      let flags = besides(held, view.state, try rows.related())
      let scorecard = try Reading(rows: rows, state: view.state, maker: maker, flags: flags)
        .scorecard(department: department, limit: limit)
      return Answer(scorecard: scorecard, faulty: view.state.faulty.sorted())
    }
    let known = try store.read { database -> Answer? in
      guard let view = try RollUpStore.view(RollUpState.self, key, in: database), view.tree == tree.description,
        try RestatedRows(database: database).known(through: commit, since: since) == view.state.restated
      else { return nil }
      return try answer(view, database)
    }
    if let known { return known }
    return try store.change { database in
      let mark = try RestatedRows(database: database).scan(through: commit, since: since, in: objects)
      let view = try RollUpStore.view(RollUpState.self, key, in: database)
      let moved = try view.flatMap { try self.moved($0, key, mark, in: database) }
      let present = try moved ?? made(try whole(), key, mark, in: database)
      try RollUpStore.makeRoom(besides: present.id, in: database)
      return try answer(present, database)
    }
  }

  /// What the lines depend on besides the files of the KPIs. After the period's end the day does not matter any more.
  private func key(_ calendar: FiscalCalendar) throws -> String {
    let day = min(asOf, calendar.days(of: period).upperBound.advanced(by: -1))
    let files = try ["ledger.yaml", "goals.yaml", "rates"].map { path in
      try objects.entry(at: path, in: tree)?.id.description ?? "-"
    }
    return (["lines", program] + files + [period.description, day.description]).joined(separator: "|")
  }

  /// Flags from what is beside the KPIs' own files.
  private func besides(
    _ held: HeldChanges, _ state: RollUpState, _ related: [KPIStanding]
  ) -> [KPIID: [Flag]] {
    let former = FormerNames(state.was)
    let source = TreeSource(objects, tree: tree)
    let held = held.flags { source.contains($0.definitionPath) ? $0 : former[$0] }
    return held.mapValues { [$0] }.merging(Relations(of: related).byKPI) { $0 + $1 }
  }

  // MARK: Making and moving

  /// Everything measured.
  private func made(
    _ read: LedgerTree, _ key: String, _ mark: RestatedRows.Mark, in database: Database
  ) throws -> RollUpStore.View<RollUpState> {
    var state = RollUpState()
    state.restated = mark
    let id = try RollUpStore.keep(key, tree: tree.description, state: state, in: database)
    let rows = LineRows(view: id, database: database)
    try rows.removeAll()
    state.departments = ByID(read.ledger.departments.mapValues(DepartmentPlace.init))
    state.faulty = Set(read.findings.lazy.filter { $0.severity == .error }.map(\.file))
    var lines = KPILines(of: read.ledger, for: period, asOf: asOf)
    for (kpi, definition) in read.ledger.definitions.sorted(by: { $0.key < $1.key }) {
      try add(kpi, definition, from: &lines, to: &state, rows, read.ledger.settings.calendar)
    }
    return try keep(state, key, in: database)
  }

  /// Another version's lines, of which those that changed are measured again; nil where that would be too much, or what
  /// changed cannot be known.
  private func moved(
    _ view: RollUpStore.View<RollUpState>, _ key: String, _ mark: RestatedRows.Mark, in database: Database
  ) throws -> RollUpStore.View<RollUpState>? {
    guard view.state.restated.generation == mark.generation else { return nil }
    guard let changes = differences.since(view.tree) else { return nil }
    let rows = LineRows(view: view.id, database: database)
    let former = FormerNames(view.state.was)
    let restated = try RestatedRows(database: database).kpis(after: view.state.restated.last)
    let changed = changes.compactMap { LedgerPath($0.path).kpi } + restated + restated.map { former[$0] }
    let affected = try rows.users(of: Set(changed))
    guard affected.count <= Self.mostMoved else { return nil }
    var state = view.state
    state.restated = mark
    let read = LedgerTree(.figures(affected.sorted()), from: TreeSource(objects, tree: tree))
    note(changes, read.findings, in: &state)
    var lines = KPILines(of: read.ledger, for: period, asOf: asOf)
    for kpi in affected.sorted() {
      if let share = try rows.remove(kpi) { state.totals.remove(share) }
      state.was[kpi] = nil
      guard let definition = read.ledger.definitions[kpi] else { continue }
      try add(kpi, definition, from: &lines, to: &state, rows, read.ledger.settings.calendar)
    }
    if !state.totals.isExact { state.totals = RollUpTotals(try rows.shares()) }
    return try keep(state, key, in: database)
  }

  private func add(
    _ kpi: KPIID, _ definition: Definition, from lines: inout KPILines, to state: inout RollUpState, _ rows: LineRows,
    _ calendar: FiscalCalendar
  ) throws {
    if !definition.was.isEmpty { state.was[kpi] = definition.was }
    try rows.add(KPILines.sources(of: definition), of: kpi)
    guard var line = lines.line(of: kpi) else { return }
    let restated = try RestatedRows(database: rows.database).flag(of: definition, line, calendar)
    line.add(flags: restated.map { [$0] } ?? [])
    let share = KPIShare(definition, line)
    try rows.add(line, share)
    state.totals.add(share)
  }

  private func keep(
    _ state: RollUpState, _ key: String, in database: Database
  ) throws -> RollUpStore.View<RollUpState> {
    let id = try RollUpStore.keep(key, tree: tree.description, state: state, in: database)
    return RollUpStore.View(id: id, tree: tree.description, state: state)
  }

  /// Takes note of departments, and of which of the changed files have errors.
  private func note(_ changes: [TreeChange], _ findings: [Finding], in state: inout RollUpState) {
    let source = TreeSource(objects, tree: tree)
    for change in changes {
      state.faulty.remove(change.path)
      let place = LedgerPath(change.path)
      if case .department(let id) = place { state.departments[id] = nil }
      guard place.kpi == nil, place.isInLayout, let bytes = source.bytes(at: change.path) else { continue }
      let file = LedgerReader.decode(path: change.path, bytes: bytes)
      if case .department(let department) = file.content {
        state.departments[department.id] = DepartmentPlace(department)
      }
      if file.findings.contains(where: { $0.severity == .error }) { state.faulty.insert(change.path) }
    }
    for finding in findings where finding.severity == .error { state.faulty.insert(finding.file) }
  }
}

extension LinesView {
  /// Reads a scorecard out of a view.
  private struct Reading {
    let rows: LineRows
    let state: RollUpState
    let maker: ScorecardMaker
    /// By KPI, from what is beside its own files.
    let flags: [KPIID: [Flag]]

    func scorecard(department: String?, limit: Int?) throws -> Scorecard? {
      guard let department else {
        let lines = try limit.map { try rows.lines(first: $0) } ?? rows.lines()
        var goalFlags: [String: Flag] = [:]
        for goal in state.totals.mixedGoals { goalFlags[goal] = Relations.cycles(try rows.cycles(of: goal)) }
        return maker.scorecard(
          .company, state.totals, lines: flagged(lines), goalFlags: goalFlags,
          flaggedBesides: try flags.keys.count { try rows.share(of: $0)?.isFlagged == false })
      }
      let departments = maker.departments(from: department)
      let shares = try rows.shares(of: departments)
      guard let scope = maker.scope(of: department, hasKPIs: !shares.isEmpty) else { return nil }
      let lines = try rows.lines(of: departments)
      let totals = RollUpTotals(shares)
      let scorecard = maker.scorecard(
        scope, totals, lines: flagged(lines), goalFlags: Consolidation.goalFlags(shares, totals),
        flaggedBesides: shares.count { !$0.isFlagged && flags[$0.id] != nil })
      return limit.map(scorecard.limited) ?? scorecard
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
}
