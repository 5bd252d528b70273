public import Calculation
public import LedgerModel

/// The roll-up of a ledger for one period: every KPI's figures, then the goals above them.
///
///     let consolidation = Consolidation(of: ledger, for: period, asOf: day, source: commit)
///     print(ScorecardTable(consolidation.company).text())
///
/// Pure: the same ledger, period, day and source give the same scorecards. KPIs are taken one by one; those made of
/// others after what they are made of. Nothing in a ledger makes it fail: what cannot be rolled up is flagged.
public struct Consolidation: Sendable {
  private let maker: ScorecardMaker
  /// By id.
  private let lines: [KPIResult]
  private let shares: [KPIShare]
  /// Where each department's KPIs are in `lines`.
  private let byDepartment: [String: [Int]]

  /// Rolls a ledger up. `asOf` is the last day that counts, `source` names where the ledger comes from; `known` is what
  /// is known of a KPI besides, as that a value was restated.
  public init(
    of ledger: Ledger, for period: Period, asOf: Day, source: String,
    known: (Definition, KPIResult) -> [Flag] = { _, _ in [] }
  ) {
    maker = ScorecardMaker(
      ledger, departments: ByID(ledger.departments.mapValues(DepartmentPlace.init)), for: period, asOf: asOf,
      source: source)
    var making = KPILines(of: ledger, for: period, asOf: asOf)
    var own: [KPIResult] = []
    var shares: [KPIShare] = []
    for (id, definition) in ledger.definitions.sorted(by: { $0.key < $1.key }) {
      guard var line = making.line(of: id) else { continue }
      line.add(flags: known(definition, line))
      own.append(line)
      shares.append(KPIShare(definition, line))
    }
    self.shares = shares
    let former = FormerNames(ledger.definitions.compactMapValues { $0.was.isEmpty ? nil : $0.was })
    let held = HeldChanges(ledger.proposals).flags { ledger.definitions[$0] == nil ? former[$0] : $0 }
    let relations = Relations(of: shares.map(\.standing)).byKPI
    lines = own.map { line in
      var line = line
      line.add(flags: (held[line.id].map { [$0] } ?? []) + (relations[line.id] ?? []))
      return line
    }
    byDepartment = Dictionary(grouping: own.indices) { own[$0].department }
  }

  /// The scorecard of the whole company, with all KPIs.
  public var company: Scorecard { company(limit: nil) }

  /// The scorecard of the whole company; above `limit` KPIs with those alone that need attention first.
  public func company(limit: Int?) -> Scorecard {
    scorecard(.company, of: Array(lines.indices), limit: limit)
  }

  /// The scorecard of a department and those below it, with the goals that their KPIs serve; nil where the ledger has
  /// no such department.
  public func department(_ id: String, limit: Int? = nil) -> Scorecard? {
    let own = maker.departments(from: id).flatMap { byDepartment[$0] ?? [] }.sorted()
    guard let scope = maker.scope(of: id, hasKPIs: !own.isEmpty) else { return nil }
    return scorecard(scope, of: own, limit: limit)
  }

  /// The departments that have a scorecard of their own, by id.
  public var departmentIDs: [String] { Set(maker.departmentIDs).union(byDepartment.keys).sorted() }

  private func scorecard(_ scope: Scorecard.Scope, of own: [Int], limit: Int?) -> Scorecard {
    let shares = own.map { self.shares[$0] }
    let totals = RollUpTotals(shares)
    let besides = own.count { lines[$0].flags.isEmpty == self.shares[$0].isFlagged }
    let scorecard = maker.scorecard(
      scope, totals, lines: own.map { lines[$0] }, goalFlags: Self.goalFlags(shares, totals), flaggedBesides: besides)
    return limit.map(scorecard.limited) ?? scorecard
  }

  /// The flags of goals whose KPIs, by id, are recorded at different cycles.
  package static func goalFlags(_ shares: [KPIShare], _ totals: RollUpTotals) -> [String: Flag] {
    var flags: [String: Flag] = [:]
    for goal in totals.mixedGoals {
      let standings = shares.lazy.map(\.standing).filter { $0.goal == goal && $0.counts }
      flags[goal] = Relations.cycles(standings.map { ($0.department, $0.cycle) })
    }
    return flags
  }
}
