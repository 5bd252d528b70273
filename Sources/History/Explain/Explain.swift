public import Calculation
import Consolidation
public import Git
import LedgerFiles
public import LedgerModel
import LedgerStore

/// Why scores moved between two versions of a ledger, or between two periods of one version.
///
///     let explain = Explain(objects, period: period, asOf: day)
///     let answer = try explain.versions(from, to)
///
/// Everything is calculated for one day, so that only what became known counts. The main line is gone along from one
/// version to the other; what each change did to a score is a part, and the parts add up to the difference exactly.
public struct Explain: Sendable {
  /// Whose scores are asked about.
  public enum Question: Hashable, Sendable {
    /// The goals; of one department and those below it where that is named.
    case goals(department: String?)
    /// One goal, by its id.
    case goal(String, department: String?)
    /// One KPI, by the ids that it has and had, the newest first.
    case kpi([KPIID])
  }

  /// Why scores moved.
  public struct Answer: Hashable, Sendable {
    /// One a score that moved, the largest movement first; of one goal or KPI that is asked about, always that.
    public var explanations: [Explanation]
    /// How many changes moved no score.
    public var still: Int
  }

  /// So many steps are read at once.
  private static let lot = 2048

  let objects: ObjectDatabase
  let asOf: Day
  let question: Question

  /// - Parameter asOf: the last day that counts, for both ends
  public init(_ objects: ObjectDatabase, asOf: Day, question: Question) {
    self.objects = objects
    self.asOf = asOf
    self.question = question
  }

  /// Why scores of a period moved from one version to a later one.
  /// - Parameters:
  ///   - from: a commit of the main line before the other
  ///   - progress: told how many steps of how many are done
  /// - Returns: nil where the first is not on the main line before the other
  /// - Throws: `GitError` where the history cannot be read
  public func versions(
    _ from: ObjectID, _ to: ObjectID, of period: Period, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> Answer? {
    let (newestFirst, isBefore) = try MainLineStep.steps(endingAt: to, in: objects) { $0 == from }
    guard isBefore else { return nil }
    let steps = Array(newestFirst.reversed())
    let (first, last) = (try objects.commit(from).tree, try objects.commit(to).tree)
    let goals = try self.goals(from: first, steps)
    let (ledger, paths) = try self.ledger(at: first, and: last)
    let scores = RunningScores(of: ledger, for: period, asOf: asOf, scope: scope(over: goals))
    var replay = Replay(scores, goal: question.goal, kpi: question.kpi)
    for start in stride(from: 0, to: steps.count, by: Self.lot) {
      progress(start, steps.count)
      let files = try StepFiles.read(Array(steps[start..<min(start + Self.lot, steps.count)]), paths, in: objects)
      for step in files where !step.files.isEmpty { try replay.apply(step, in: objects) }
    }
    return Answer(explanations: explanations(replay.tracks, names: replay.ledger), still: replay.still)
  }

  // MARK: What is read

  /// The ledger, or what of it a KPI rests on; and the files that alone matter then.
  func ledger(at first: ObjectID, and last: ObjectID) throws -> (ledger: Ledger, paths: [String]?) {
    guard let names = question.kpi else { return (try LedgerTree(first, in: objects).ledger, nil) }
    func part(_ ids: [KPIID], _ tree: ObjectID) -> Ledger {
      LedgerTree(.figures(ids), from: TreeSource(objects, tree: tree)).ledger
    }
    let old = part(names, first)
    let needed = Set(names + Array(old.definitions.keys) + Array(part(names, last).definitions.keys)).sorted()
    let files = needed.flatMap { [$0.definitionPath, $0.actualsPath] }
    return (part(needed, first), ["ledger.yaml", "goals.yaml", "rates"] + files)
  }

  /// Which KPIs count: below a goal, those that any version of the tree of goals puts there.
  func scope(over versions: [[String: Goal]]) -> RunningScores.Scope {
    var scope = RunningScores.Scope()
    switch question {
    case .goals(let department): scope.department = department
    case .goal(let id, let department):
      scope.department = department
      scope.goals = versions.reduce([id]) { $0.union(Self.goals(below: id, in: $1)) }
    case .kpi(let names): scope.kpis = Set(names)
    }
    return scope
  }

  private static func goals(below id: String, in goals: [String: Goal]) -> Set<String> {
    let children = Dictionary(grouping: goals.values) { $0.parent ?? "" }
    var (found, next): (Set<String>, [String]) = ([id], [id])
    while let goal = next.popLast() {
      for child in children[goal] ?? [] where found.insert(child.id).inserted { next.append(child.id) }
    }
    return found
  }

  /// All versions of the goals along some steps, where one goal is asked about.
  private func goals(from tree: ObjectID, _ steps: [MainLineStep]) throws -> [[String: Goal]] {
    guard case .goal = question else { return [] }
    var contents: Set<ObjectID> = []
    for tree in [tree] + steps.map(\.tree) {
      if let entry = try objects.entry(at: "goals.yaml", in: tree), entry.mode.isBlob { contents.insert(entry.id) }
    }
    return try contents.compactMap { id in
      guard case .goals(let read)? = LedgerReader.decode(path: "goals.yaml", bytes: try objects.blob(id)).content
      else { return nil }
      return read
    }
  }

  // MARK: The answer

  /// What the tracks say, by how much they moved; names are those of a ledger.
  func explanations(_ tracks: [Explanation.Subject: ScoreTrack], names ledger: Ledger) -> [Explanation] {
    let all = tracks.map { subject, track in
      let name =
        switch subject {
        case .goal(let id): ledger.goals[id]?.name ?? id
        case .kpi(let id): ledger.definitions[id]?.name ?? id.description
        }
      return Explanation(subject: subject, name: name, from: track.from, to: track.now, parts: track.parts)
    }
    let isOne = question.goal != nil || question.kpi != nil
    return all.filter { isOne || $0.from != $0.to }.sorted { one, other in
      let (first, second) = (one.movement, other.movement)
      return first != second ? first > second : one.subject.id < other.subject.id
    }
  }
}

extension Explain.Question {
  var goal: String? { if case .goal(let id, _) = self { id } else { nil } }
  var kpi: [KPIID]? { if case .kpi(let names) = self { names } else { nil } }
}

extension Explanation.Subject {
  /// The goal's or KPI's id.
  public var id: String {
    switch self {
    case .goal(let id): id
    case .kpi(let id): id.description
    }
  }
}

extension Explanation {
  /// How far it moved: a score that came or went moved by all of it.
  fileprivate var movement: Quantity { ((to ?? .zero) - (from ?? .zero)).magnitude }
}
