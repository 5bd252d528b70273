package import Calculation
package import LedgerModel

/// The scores of a ledger for one period and day, moved along with its changes: only what a change touches is measured
/// again, and only the goals above that are added up again.
package struct RunningScores {
  /// Which KPIs count.
  package struct Scope: Hashable, Sendable {
    /// Only those of a department and the ones below it; nil for the whole company.
    package var department: String?
    /// Only those that name one of these goals; nil for all.
    package var goals: Set<String>?
    /// Only these; nil for all.
    package var kpis: Set<KPIID>?

    /// Everything.
    package init() {}
  }

  /// What a change did.
  package struct Moves: Hashable, Sendable {
    package var goals: [GoalScores.Move] = []
    /// The KPIs with another score than before.
    package var kpis: Set<KPIID> = []
    /// Whether a KPI whose files changed came to a figure or score, or lost it.
    package var comesOrGoes = false
    /// The goals in whose data a KPI came or went, with those above.
    package var covered: Set<String> = []

    /// Nothing.
    package init() {}

    package var isEmpty: Bool { goals.isEmpty && kpis.isEmpty }
  }

  private var lines: KPILines
  package private(set) var goals: GoalScores
  private let scope: Scope
  /// The scope's departments; nil for all.
  private var departments: Set<String>?
  private var places: [String: Department]
  /// Of the scope's KPIs that have a figure, whether it has a score.
  private var figures: [KPIID: Bool] = [:]

  /// The scores of a ledger.
  package init(of ledger: Ledger, for period: Period, asOf: Day, scope: Scope = Scope()) {
    lines = KPILines(of: ledger, for: period, asOf: asOf)
    self.scope = scope
    places = ledger.departments
    departments = Self.departments(of: scope, ledger.departments)
    goals = GoalScores(ledger.settings, goals: ledger.goals, shares: [:])
    _ = measure(Set(ledger.definitions.keys))
  }

  /// The ledger as it stands.
  package var ledger: Ledger { lines.ledger }

  /// A KPI's line of the scorecard as it stands; nil for one that has none.
  package mutating func line(of id: KPIID) -> KPIResult? { lines.line(of: id) }

  // MARK: Changes

  /// Puts other contents of KPIs in the place of theirs, all at once.
  package mutating func put(_ contents: [KPIID: KPIContent]) -> Moves {
    let before = figures(of: contents.keys)
    var moves = measure(lines.put(contents))
    if !moves.isEmpty { moves.comesOrGoes = before != figures(of: contents.keys) }
    return moves
  }

  /// Puts other exchange rates in the place of these.
  package mutating func put(_ rates: [String: ExchangeRates]) -> Moves { measure(lines.put(rates)) }

  /// Puts other goals in the place of these.
  package mutating func put(_ goals: [String: Goal]) -> Moves {
    lines.put(goals)
    var moves = Moves()
    moves.goals = self.goals.put(ledger.settings, goals: goals)
    return moves
  }

  /// Puts other settings in the place of these: everything is measured again.
  package mutating func put(_ settings: LedgerSettings) -> Moves {
    var ledger = ledger
    ledger.settings = settings
    lines = KPILines(of: ledger, for: lines.period, asOf: lines.asOf)
    let moved = goals.put(settings, goals: ledger.goals)
    var moves = measure(Set(ledger.definitions.keys))
    moves.goals = Self.joined(moved, moves.goals)
    return moves
  }

  /// Puts other departments in the place of these: which KPIs are the scope's may change.
  package mutating func put(_ departments: [String: Department]) -> Moves {
    places = departments
    let before = self.departments
    self.departments = Self.departments(of: scope, departments)
    guard let now = self.departments, let before, now != before else { return Moves() }
    let changed = now.symmetricDifference(before)
    return measure(Set(ledger.definitions.keys.filter { changed.contains($0.department) }))
  }

  // MARK: Measuring

  private mutating func measure(_ ids: Set<KPIID>) -> Moves {
    var moves = Moves()
    var changes: [KPIID: KPIShare?] = [:]
    for id in ids {
      var share: KPIShare?
      figures[id] = nil
      if let definition = lines.ledger.definitions[id], takes(definition), let line = lines.line(of: id) {
        share = KPIShare(definition, line)
        if line.actual != nil { figures[id] = line.score != nil }
      }
      let old = goals.share(of: id)
      if share != old { changes[id] = .some(share) }
      guard share?.score != old?.score else { continue }
      moves.kpis.insert(id)
      if share?.score == nil || old?.score == nil, let goal = (share ?? old)?.standing.goal {
        moves.covered.insert(goal)
      }
    }
    moves.goals = goals.put(changes)
    moves.covered = goals.withAbove(moves.covered)
    return moves
  }

  /// Of some KPIs, those with a figure, and whether it has a score; of those outside the scope, what others are made of.
  private mutating func figures(of ids: some Sequence<KPIID>) -> [KPIID: Bool] {
    var found: [KPIID: Bool] = [:]
    for id in ids {
      if let known = figures[id] {
        found[id] = known
      } else if let definition = lines.ledger.definitions[id], !takes(definition), lines.isSource(id),
        let line = lines.line(of: id), line.actual != nil
      {
        found[id] = line.score != nil
      }
    }
    return found
  }

  private func takes(_ definition: Definition) -> Bool {
    if let departments, !departments.contains(definition.id.department) { return false }
    if let kpis = scope.kpis, !kpis.contains(definition.id) { return false }
    return scope.goals.map { $0.contains(definition.goal ?? "") } ?? true
  }

  private static func departments(of scope: Scope, _ departments: [String: Department]) -> Set<String>? {
    scope.department.map { DepartmentTree(ByID(departments.mapValues(DepartmentPlace.init))).from($0) }
  }

  /// Two moves one after the other as one.
  private static func joined(_ first: [GoalScores.Move], _ second: [GoalScores.Move]) -> [GoalScores.Move] {
    var moves = Dictionary(first.map { ($0.goal, $0) }, uniquingKeysWith: { $1 })
    for move in second {
      moves[move.goal] = GoalScores.Move(goal: move.goal, from: moves[move.goal].map(\.from) ?? move.from, to: move.to)
    }
    return moves.values.filter { $0.from != $0.to }.sorted { $0.goal < $1.goal }
  }
}
