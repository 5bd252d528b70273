import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel

/// Goes along the main line change by change, and notes what each did to the scores that are asked about.
///
/// Within one step the order is: moves, exchange rates, KPI by KPI (its rows, targets, calculation, weight, whether it
/// counts), settings, goals, departments. Pieces that together move nothing are not taken apart.
struct Replay {
  /// By whose score it is.
  private(set) var tracks: [Explanation.Subject: ScoreTrack] = [:]
  /// How many changes moved no score.
  private(set) var still = 0
  private var scores: RunningScores
  /// The ids that a KPI's score is found under, the newest first; nil where goals are asked about.
  private let names: [KPIID]?
  /// The only goal that is asked about; nil for all.
  private let goal: String?

  init(_ scores: RunningScores, goal: String? = nil, kpi names: [KPIID]? = nil) {
    self.scores = scores
    self.goal = goal
    self.names = names
    if let goal { tracks[.goal(goal)] = ScoreTrack(from: scores.goals.goal(goal)?.score) }
    if let names, let id = names.first { tracks[.kpi(id)] = ScoreTrack(from: score(of: names)) }
  }

  /// The ledger as far as it has come.
  var ledger: Ledger { scores.ledger }

  /// Goes one step on.
  /// - Throws: `GitError` where a file cannot be read
  mutating func apply(_ files: StepFiles, in objects: ObjectDatabase) throws {
    var contents = try StepContents(files, before: scores.ledger, in: objects)
    let step = files.step.commit
    if let id = contents.moves.keys.min() {
      let moved = contents.takeMoves()
      let label = PartLabel(kind: .coverage, kpi: id, file: id.definitionPath, keys: [.file])
      run([label], at: step) { scores, _ in scores.put(moved) }
    }
    if let rates = contents.rates {
      let edits = RateEdits(from: scores.ledger.rates, to: rates)
      run(edits.labels, at: step) { $0.put(edits.rates(after: $1)) }
    }
    for (id, change) in contents.kpis.sorted(by: { $0.key < $1.key }) { apply(change, to: id, at: step) }
    if let settings = contents.settings, !settings.calculates(as: scores.ledger.settings) {
      run([PartLabel(kind: .calculation, kpi: nil, file: "ledger.yaml", keys: [])], at: step) { scores, _ in
        scores.put(settings)
      }
    }
    if let goals = contents.goals {
      let edits = GoalEdits(from: scores.ledger.goals, to: goals)
      run(edits.labels, at: step) { $0.put(edits.goals(after: $1)) }
      // Names and owners, which move nothing.
      _ = scores.put(goals)
    }
    if let departments = contents.departments {
      let files = files.files.map(\.path).filter { if case .department = LedgerPath($0) { true } else { false } }
      let label = PartLabel(kind: .coverage, kpi: nil, file: files.first ?? "", keys: [Key("parent")])
      run([label], at: step, countsStill: false) { scores, _ in scores.put(departments) }
    }
  }

  private mutating func apply(_ change: StepContents.Change, to id: KPIID, at step: ObjectID) {
    let edits = KPIEdits(of: id, from: change.old, to: change.new)
    guard !edits.labels.isEmpty else {
      // A name, an owner, a threshold: it is taken over, and moves nothing.
      let whole = PartLabel(kind: .calculation, kpi: id, file: id.definitionPath, keys: [])
      return run([whole], at: step, countsStill: false) { scores, _ in scores.put([id: change.new]) }
    }
    run(edits.labels, at: step) { $0.put([id: edits.content(after: $1)]) }
  }

  // MARK: Taking apart

  /// Puts pieces in force one after the other.
  /// - Parameter put: puts the first so many of them in force, and says what that did
  private mutating func run(
    _ labels: [PartLabel], at step: ObjectID, countsStill: Bool = true,
    put: (inout RunningScores, Int) -> RunningScores.Moves
  ) {
    run(labels.indices, of: labels, at: step, countsStill, put)
  }

  private mutating func run(
    _ range: Range<Int>, of labels: [PartLabel], at step: ObjectID, _ countsStill: Bool,
    _ put: (inout RunningScores, Int) -> RunningScores.Moves
  ) {
    guard !range.isEmpty else { return }
    let moves = put(&scores, range.upperBound)
    guard !moves.isEmpty else {
      if countsStill { still += range.count }
      return
    }
    guard range.count > 1 else { return note(moves, labels[range.lowerBound], at: step) }
    _ = put(&scores, range.lowerBound)
    let middle = range.lowerBound + range.count / 2
    run(range.lowerBound..<middle, of: labels, at: step, countsStill, put)
    run(middle..<range.upperBound, of: labels, at: step, countsStill, put)
  }

  private mutating func note(_ moves: RunningScores.Moves, _ label: PartLabel, at step: ObjectID) {
    var coverage = label
    // What a KPI or goal counts for is not what it comes to.
    if label.kind != .weight { coverage.kind = .coverage }
    if let names, let id = names.first {
      let (old, score) = (tracks[.kpi(id)]?.now, score(of: names))
      guard score != old else { return }
      let isCoverage = moves.comesOrGoes || score == nil || old == nil
      tracks[.kpi(id)]?.move(to: score, isCoverage ? coverage : label, at: step)
      return
    }
    for move in moves.goals where goal == nil || move.goal == goal {
      let own = moves.comesOrGoes || moves.covered.contains(move.goal) ? coverage : label
      tracks[.goal(move.goal), default: ScoreTrack(from: move.from)].move(to: move.to, own, at: step)
    }
  }

  private func score(of names: [KPIID]) -> Quantity? {
    names.lazy.compactMap { scores.goals.share(of: $0) }.first?.score
  }
}

extension LedgerSettings {
  /// Whether scores are calculated as other settings say.
  fileprivate func calculates(as other: LedgerSettings) -> Bool {
    calendar == other.calendar && currency == other.currency && limits == other.limits && scoreCap == other.scoreCap
      && thresholds == other.thresholds
  }
}
