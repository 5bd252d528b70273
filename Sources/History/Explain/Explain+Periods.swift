public import Calculation
import Consolidation
public import Git
import LedgerFiles
import LedgerModel
import LedgerStore

extension Explain {
  /// Why scores of one version differ between two periods.
  ///
  /// KPI by KPI, by id, its figures are exchanged, then its target, then its calculation where another one serves the
  /// later period. A KPI that has a score in one of the two only is coverage.
  /// - Throws: `GitError` where the ledger cannot be read
  public func periods(_ from: Period, _ to: Period, at commit: ObjectID) throws -> Answer {
    let tree = try objects.commit(commit).tree
    let ledger = try self.ledger(at: tree, and: tree).ledger
    let scope = self.scope(over: [ledger.goals])
    let before = RunningScores(of: ledger, for: from, asOf: asOf, scope: scope)
    let after = RunningScores(of: ledger, for: to, asOf: asOf, scope: scope)
    var exchange = PeriodExchange(ledger, before, after, for: to, asOf: asOf, question)
    for id in ledger.definitions.keys.sorted() { exchange.apply(id) }
    return Answer(explanations: explanations(exchange.tracks, names: ledger), still: exchange.still)
  }
}

/// Exchanges KPIs' figures of one period for those of another, and notes what that does to the scores.
private struct PeriodExchange {
  private(set) var tracks: [Explanation.Subject: ScoreTrack] = [:]
  private(set) var still = 0
  private var goals: GoalScores
  private var before: RunningScores
  private var after: RunningScores
  /// Lines of the later period, in which a KPI may have an earlier target or calculation.
  private var mixed: KPILines
  private let ledger: Ledger
  private let question: Explain.Question

  init(
    _ ledger: Ledger, _ before: RunningScores, _ after: RunningScores, for period: Period, asOf: Day,
    _ question: Explain.Question
  ) {
    self.ledger = ledger
    self.before = before
    self.after = after
    self.question = question
    goals = before.goals
    mixed = KPILines(of: ledger, for: period, asOf: asOf)
    if let goal = question.goal { tracks[.goal(goal)] = ScoreTrack(from: goals.goal(goal)?.score) }
    if let id = question.kpi?.first { tracks[.kpi(id)] = ScoreTrack(from: goals.share(of: id)?.score) }
  }

  mutating func apply(_ id: KPIID) {
    let (old, new) = (before.goals.share(of: id), after.goals.share(of: id))
    guard old != nil || new != nil else { return }
    guard old?.score != new?.score else {
      if old?.score != nil { still += 1 }
      _ = goals.put([id: new])
      return
    }
    guard let definition = ledger.definitions[id], old?.score != nil, new?.score != nil, let one = before.line(of: id),
      let other = after.line(of: id)
    else {
      return put(new, of: id, .coverage, id.actualsPath, figures(before.line(of: id), after.line(of: id)))
    }
    exchange(definition, one, other)
  }

  /// Figures, then the target, then the calculation; a stage that would leave no score is made with the next one.
  private mutating func exchange(_ definition: Definition, _ one: KPIResult, _ other: KPIResult) {
    let history = CalculationHistory(of: definition, calendar: ledger.settings.calendar)
    let calculation = history.calculation(for: one.period).undated
    var earlier = definition
    let isOther = calculation != history.calculation(for: other.period).undated
    if isOther { (earlier.calculation, earlier.earlier) = (calculation, []) }
    var planned = earlier
    planned.targets = one.target.map { [other.period: $0] } ?? [:]
    let hasOtherTarget = one.target != other.target
    let stages: [(kind: ScorePart.Kind, definition: Definition)] =
      [(.actual, hasOtherTarget ? planned : earlier)] + (hasOtherTarget ? [(.target, earlier)] : [])
      + (isOther ? [(.calculation, definition)] : [])
    for (place, stage) in stages.enumerated() {
      let isLast = place == stages.count - 1
      guard let share = isLast ? after.goals.share(of: definition.id) : share(of: stage.definition) else { continue }
      let file = stage.kind == .actual ? definition.id.actualsPath : definition.id.definitionPath
      put(share, of: definition.id, stage.kind, file, figures(one, other, stage.kind))
    }
  }

  /// What a KPI comes to in the later period with another definition; nil where it has no score.
  private mutating func share(of definition: Definition) -> KPIShare? {
    let own = KPIContent(of: definition.id, in: ledger)
    _ = mixed.put([definition.id: KPIContent(definition, own.actuals)])
    let line = mixed.line(of: definition.id)
    _ = mixed.put([definition.id: own])
    return line.flatMap { $0.score == nil ? nil : KPIShare(definition, $0) }
  }

  private mutating func put(
    _ share: KPIShare?, of id: KPIID, _ kind: ScorePart.Kind, _ file: String, _ change: ScorePart.Change?
  ) {
    let label = PartLabel(kind: kind, kpi: id, file: file, keys: [])
    let moves = goals.put([id: share])
    if let asked = question.kpi?.first {
      if asked == id, share?.score != tracks[.kpi(id)]?.now {
        tracks[.kpi(id)]?.move(to: share?.score, label, at: nil, change: change)
      }
      return
    }
    for move in moves where question.goal == nil || question.goal == move.goal {
      tracks[.goal(move.goal), default: ScoreTrack(from: move.from)].move(to: move.to, label, at: nil, change: change)
    }
  }

  /// What changed from the one line to the other.
  private func figures(_ one: KPIResult?, _ other: KPIResult?, _ kind: ScorePart.Kind = .actual) -> ScorePart.Change? {
    switch kind {
    case .target: ScorePart.Change(from: one?.target.map(Self.value), to: other?.target.map(Self.value))
    case .actual, .coverage:
      ScorePart.Change(from: one?.actual.map(YAMLValue.number), to: other?.actual.map(YAMLValue.number))
    case .calculation, .weight: nil
    }
  }

  private static func value(_ target: Target) -> YAMLValue {
    switch target {
    case .value(let value): .number(value)
    case .band(let low, let high, let tolerance):
      .map([
        (key: "low", value: .number(low)), (key: "high", value: .number(high)),
        (key: "tolerance", value: .number(tolerance)),
      ])
    }
  }
}
