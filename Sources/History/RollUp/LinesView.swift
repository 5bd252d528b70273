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
  private let isPast: Bool

  /// So many KPIs are measured one by one; with more, reading everything on all processors is quicker.
  static let mostMoved = 2000

  struct Answer {
    let scorecard: Scorecard?
    let faulty: [String]
  }

  init(
    _ commit: ObjectID, _ differences: Differences, objects: ObjectDatabase, period: Period, asOf: Day, program: String,
    isPast: Bool
  ) {
    self.commit = commit
    self.differences = differences
    tree = differences.tree
    self.objects = objects
    self.period = period
    self.asOf = asOf
    self.program = program
    self.isPast = isPast
  }

  func scorecard(
    _ store: RollUpStore, department: String?, limit: Int?, whole: () throws -> LedgerTree
  ) throws -> Answer {
    let setting = try setting(store)
    func answer(_ view: RollUpStore.View<RollUpState>, _ database: Database) throws -> Answer {
      let scorecard = try reading(of: view, setting, in: database).scorecard(department: department, limit: limit)
      return Answer(scorecard: scorecard, faulty: view.state.faulty.sorted())
    }
    if let known = try store.read({ try known(setting, in: $0).map { try answer($0.0, $0.1) } }) { return known }
    return try store.change { try answer(bring(setting, whole, in: $0), $0) }
  }

  /// Calls the closure with the scorecards, to be read one after another while nothing changes.
  /// - Parameter edition: what was noted when they were last written down
  func read<Result>(
    _ store: RollUpStore, since edition: String?, whole: () throws -> LedgerTree,
    _ body: (LinesReading, _ changed: Set<String>?) throws -> Result
  ) throws -> Result {
    let setting = try setting(store)
    if try store.read({ try known(setting, in: $0) == nil }) {
      _ = try store.change { try bring(setting, whole, in: $0).id }
    }
    return try store.read { database in
      guard let (view, _) = try known(setting, in: database) else { throw StoredFault() }
      let reading = try reading(of: view, setting, in: database)
      let note = try EditionRows(view: view.id, database: database).note(named: edition)
      return try body(reading, note.flatMap { try reading.changed(since: $0) })
    }
  }

  /// Takes down that the scorecards are written down now under a name.
  func note(_ edition: String, _ store: RollUpStore) throws {
    let setting = try setting(store)
    try store.change { database in
      guard let (view, _) = try known(setting, in: database) else { return }
      let reading = try reading(of: view, setting, in: database)
      try EditionRows(view: view.id, database: database).keep(reading.note(named: edition))
    }
  }

  // MARK: Finding

  /// What a look needs besides the lines.
  private struct Setting {
    let frame: Ledger
    let key: String
    let since: Int64
    let held: HeldChanges
  }

  private func setting(_ store: RollUpStore) throws -> Setting {
    let frame = LedgerTree(.figures([]), from: TreeSource(objects, tree: tree)).ledger
    return Setting(
      frame: frame, key: try key(frame.settings.calendar),
      since: RestatementFlag.beginning(of: period, frame.settings.calendar),
      held: try HeldView(tree: tree, objects: objects).held(store))
  }

  /// The view, where it is of this version.
  private func known(
    _ setting: Setting, in database: Database
  ) throws -> (RollUpStore.View<RollUpState>, Database)? {
    guard let view = try RollUpStore.view(RollUpState.self, setting.key, in: database), view.tree == tree.description
    else { return nil }
    if !isPast {
      let mark = try RestatedRows(database: database).known(through: commit, since: setting.since)
      guard mark?.isAsFar(as: view.state.restated) ?? false else { return nil }
    }
    return (view, database)
  }

  /// Makes the view one of this version.
  private func bring(
    _ setting: Setting, _ whole: () throws -> LedgerTree, in database: Database
  ) throws -> RollUpStore.View<RollUpState> {
    let present = try isPast ? past(setting, whole, in: database) : newest(setting, whole, in: database)
    try RollUpStore.makeRoom(besides: present.id, in: database)
    return present
  }

  private func newest(
    _ setting: Setting, _ whole: () throws -> LedgerTree, in database: Database
  ) throws -> RollUpStore.View<RollUpState> {
    let restated = RestatedRows(database: database)
    let mark = try restated.scan(through: commit, since: setting.since, in: objects)
    let view = try RollUpStore.view(RollUpState.self, setting.key, in: database)
    let moved = try view.flatMap { try self.moved($0, setting.key, mark, in: database) }
    return try moved
      ?? made(try whole(), setting.key, mark, in: database) { definition, line, calendar in
        try restated.flag(of: definition, line, calendar)
      }
  }

  /// The view of a version that others followed: nothing about it changes any more.
  private func past(
    _ setting: Setting, _ whole: () throws -> LedgerTree, in database: Database
  ) throws -> RollUpStore.View<RollUpState> {
    let restatements = try RestatedRows(database: database).past(through: commit, since: setting.since, in: objects)
    return try made(try whole(), setting.key, RestatedRows.Mark(), in: database) { definition, line, calendar in
      RestatementFlag.flag(
        restatements.of(definition.id, formerly: definition.was), of: line, calendar: calendar)
    }
  }

  private func reading(
    of view: RollUpStore.View<RollUpState>, _ setting: Setting, in database: Database
  ) throws -> LinesReading {
    let rows = LineRows(view: view.id, database: database)
    let maker = ScorecardMaker(
      setting.frame, departments: view.state.departments, for: period, asOf: asOf, source: commit.description)
    let flags = besides(setting.held, view.state, try rows.related())
    return LinesReading(rows: rows, state: view.state, maker: maker, flags: flags)
  }

  /// What the lines depend on besides the files of the KPIs. After the period's end the day does not matter any more.
  func key(_ calendar: FiscalCalendar) throws -> String {
    let day = min(asOf, calendar.days(of: period).upperBound.advanced(by: -1))
    let files = try ["ledger.yaml", "goals.yaml", "rates"].map { path in
      try objects.entry(at: path, in: tree)?.id.description ?? "-"
    }
    let own = isPast ? [commit.description] : []
    return (["lines", program] + files + [period.description, day.description] + own).joined(separator: "|")
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
    _ read: LedgerTree, _ key: String, _ mark: RestatedRows.Mark, in database: Database,
    restated: (Definition, KPIResult, FiscalCalendar) throws -> Flag?
  ) throws -> RollUpStore.View<RollUpState> {
    var state = RollUpState()
    state.restated = mark
    let id = try RollUpStore.keep(key, tree: tree.description, state: state, in: database)
    let rows = LineRows(view: id, database: database)
    try rows.removeAll()
    try EditionRows(view: id, database: database).forget()
    state.departments = ByID(read.ledger.departments.mapValues(DepartmentPlace.init))
    state.faulty = Set(read.findings.lazy.filter { $0.severity == .error }.map(\.file))
    var lines = KPILines(of: read.ledger, for: period, asOf: asOf)
    for (kpi, definition) in read.ledger.definitions.sorted(by: { $0.key < $1.key }) {
      try add(kpi, definition, from: &lines, to: &state, rows) {
        try restated(definition, $0, read.ledger.settings.calendar)
      }
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
    let known = RestatedRows(database: database)
    let restated = try known.kpis(after: view.state.restated.last)
    let changed = changes.compactMap { LedgerPath($0.path).kpi } + restated + restated.map { former[$0] }
    let affected = try rows.users(of: Set(changed))
    guard affected.count <= Self.mostMoved else { return nil }
    var state = view.state
    state.restated = mark
    let read = LedgerTree(.figures(affected.sorted()), from: TreeSource(objects, tree: tree))
    note(changes, read.findings, in: &state)
    var lines = KPILines(of: read.ledger, for: period, asOf: asOf)
    for kpi in affected.sorted() {
      let before = try rows.content(of: kpi)
      if let share = try rows.remove(kpi) { state.totals.remove(share) }
      state.was[kpi] = nil
      if let definition = read.ledger.definitions[kpi] {
        try add(kpi, definition, from: &lines, to: &state, rows) {
          try known.flag(of: definition, $0, read.ledger.settings.calendar)
        }
      }
      guard try rows.content(of: kpi) != before else { continue }
      try EditionRows(view: view.id, database: database).touch(kpi.department)
    }
    if !state.totals.isExact { state.totals = RollUpTotals(try rows.shares()) }
    return try keep(state, key, in: database)
  }

  private func add(
    _ kpi: KPIID, _ definition: Definition, from lines: inout KPILines, to state: inout RollUpState, _ rows: LineRows,
    restated: (KPIResult) throws -> Flag?
  ) throws {
    if !definition.was.isEmpty { state.was[kpi] = definition.was }
    try rows.add(KPILines.sources(of: definition), of: kpi)
    guard var line = lines.line(of: kpi) else { return }
    line.add(flags: try restated(line).map { [$0] } ?? [])
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
