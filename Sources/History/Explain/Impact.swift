public import Calculation
public import Consolidation
public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// What a change would do to the scores, before it is made: one tree of the ledger compared with another.
///
/// Looked at are the scorecard's newest period and the months that the change itself is about. Nothing is read where
/// nothing that a score rests on differs. What was read of a tree is kept for the next question. For one thread.
public final class Impact {
  /// What is known of a change.
  public enum Outcome: Hashable, Sendable {
    /// Period by period, the newest first, as far as scores or statuses differ; empty where none does.
    case scores([ScoreImpact])
    /// The ledger has too many KPIs for the goals to be added up in passing, and nobody has looked at the scorecard
    /// before: of the KPIs that changed alone.
    case kpisOnly([ScoreImpact])
    /// The change touches too many KPIs to be looked at in passing.
    case tooLarge(kpis: Int)
  }

  /// How much is looked at.
  public struct Limits: Hashable, Sendable {
    /// In a ledger of more KPIs goals are left out.
    public var ledger: Int
    /// A change of more KPIs is left out.
    public var change: Int

    /// For a look in passing, as at the state of a clone: some hundredths of a second at most.
    public static let passing = Limits(ledger: 1500, change: 500)
    /// For somebody who asks.
    public static let asked = Limits(ledger: 50_000, change: 50_000)
  }

  /// So many periods are told of.
  private static let mostPeriods = 3

  private let objects: ObjectDatabase
  private let asOf: Day
  private let limits: Limits
  private let kept: KeptScores?
  private var base: (tree: ObjectID, ledger: Ledger, scores: [Period: RunningScores])?

  /// - Parameters:
  ///   - asOf: the last day that counts
  ///   - cache: where roll-ups are kept, by a program that is named exactly; nil for nowhere
  public init(_ objects: ObjectDatabase, asOf: Day, limits: Limits, cache: (folder: String, program: String)? = nil) {
    self.objects = objects
    kept = cache.flatMap { KeptScores(objects, folder: $0.folder, program: $0.program, asOf: asOf) }
    self.asOf = asOf
    self.limits = limits
  }

  /// What going from one tree to another does.
  /// - Throws: `GitError` where a tree cannot be read
  public func between(_ old: ObjectID, _ new: ObjectID) throws -> Outcome {
    let step = MainLineStep(place: 0, commit: new, tree: new, oldTree: old, isMerge: false)
    let files = try StepFiles.read([step], nil, in: objects).flatMap(\.files)
    guard !files.isEmpty else { return .scores([]) }
    let touched = Set(files.compactMap { LedgerPath($0.path).kpi })
    guard touched.count <= limits.change else { return .tooLarge(kpis: touched.count) }
    let isWhole = try isSmall(old)
    if !isWhole {
      let part = LedgerTree(.figures(touched.sorted()), from: TreeSource(objects, tree: old)).ledger
      base = (old, part, [:])
    } else if base?.tree != old {
      base = (old, try LedgerTree(old, in: objects).ledger, [:])
    }
    let found = try impacts(StepFiles(step: step, files: files), withGoals: isWhole)
    if isWhole { return .scores(found) }
    guard let known = try? kept?.impact(from: old, to: new, most: limits.change) else { return .kpisOnly(found) }
    let others = found.filter { $0.period != known.period } + (known.isEmpty ? [] : [known])
    return .scores(others.sorted { $0.period > $1.period })
  }

  private func impacts(_ files: StepFiles, withGoals: Bool) throws -> [ScoreImpact] {
    guard let ledger = base?.ledger else { return [] }
    var contents = try StepContents(files, before: ledger, in: objects)
    let periods = periods(of: contents, in: ledger)
    let moved = contents.takeMoves()
    return periods.compactMap { period in
      let before = base?.scores[period] ?? RunningScores(of: ledger, for: period, asOf: asOf)
      base?.scores[period] = before
      var after = before
      after.put(contents, moved)
      var impact = ScoreImpact(of: period, from: before.goals, to: after.goals) { id in
        after.ledger.definitions[id]?.name ?? ledger.definitions[id]?.name
      }
      if !withGoals { impact.goals = [] }
      return impact.isEmpty ? nil : impact
    }
  }

  /// The newest reported period, and the newest months whose rows or targets differ.
  private func periods(of contents: StepContents, in ledger: Ledger) -> [Period] {
    let calendar = ledger.settings.calendar
    var months: Set<Period> = []
    for change in contents.kpis.values {
      for period in change.periods where period.kind <= .month {
        let days = calendar.days(of: period)
        if days.lowerBound <= asOf {
          months.insert(calendar.period(.month, containing: min(days.upperBound.advanced(by: -1), asOf)))
        }
      }
    }
    let newest = ReportingPeriod.newest(of: ledger, asOf: asOf)
    let touched = months.subtracting([newest]).sorted(by: >).prefix(Self.mostPeriods - 1)
    return ([newest] + touched).sorted(by: >)
  }

  /// Whether the whole ledger may be read.
  private func isSmall(_ tree: ObjectID) throws -> Bool {
    if base?.tree == tree, base?.ledger.definitions.count ?? .max <= limits.ledger { return true }
    let source = TreeSource(objects, tree: tree)
    var count = 0
    for department in source.names(in: "departments") where department.hasSuffix("/") {
      count += source.names(in: "departments/\(department)kpis").count
      if count > limits.ledger { return false }
    }
    return true
  }
}

extension RunningScores {
  /// Puts all that a step changed in force.
  fileprivate mutating func put(_ contents: StepContents, _ moved: [KPIID: KPIContent]) {
    if !moved.isEmpty { _ = put(moved) }
    if let rates = contents.rates { _ = put(rates) }
    _ = put(contents.kpis.mapValues(\.new))
    if let settings = contents.settings { _ = put(settings) }
    if let goals = contents.goals { _ = put(goals) }
    if let departments = contents.departments { _ = put(departments) }
  }
}

extension StepContents.Change {
  /// The periods whose rows or targets differ.
  fileprivate var periods: Set<Period> {
    let (before, after) = (old.definition?.targets ?? [:], new.definition?.targets ?? [:])
    let targets = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return targets.union(RowEdits(from: old.actuals, to: new.actuals)?.periods ?? [])
  }
}
