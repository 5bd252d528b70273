import Calculation
public import Git
import LedgerFiles
public import LedgerModel
import LedgerStore

/// The restatements of a ledger: which final values were changed by a later commit of the main line.
///
///     var restatements = Restatements()
///     try restatements.scan(through: tip, in: objects)
///     restatements.of(id, formerly: definition.was)
///
/// It goes on where it ended: a scan reads only the commits that came since, and of them
/// only folders of actuals that differ. Each commit is compared with its first parent. What a KPI's move or removal
/// does to its file is no restatement.
public struct Restatements: Hashable, Sendable {
  /// The last commit that was looked at; nil before the first scan.
  public internal(set) var through: ObjectID?
  /// By KPI as it was named then, oldest first.
  public internal(set) var byKPI: [KPIID: [Restatement]] = [:]

  /// None, of a history that nobody has looked at.
  public init() {}

  /// All there are of a KPI, oldest first.
  /// - Parameter former: ids that it had before
  public func of(_ id: KPIID, formerly former: [KPIID] = []) -> [Restatement] {
    former.reversed().flatMap { byKPI[$0] ?? [] } + (byKPI[id] ?? [])
  }

  /// Looks at the commits of the main line since the last scan, on all processors. Where the history no longer leads
  /// to the commit where that ended, everything is looked at anew.
  /// - Parameter since: seconds since 1970: commits of before then are not looked at
  /// - Returns: whether it went on from there
  /// - Throws: `GitError` where the history cannot be read; the restatements are as before then
  @discardableResult
  public mutating func scan(
    through tip: ObjectID, since: Int64? = nil, in objects: ObjectDatabase
  ) throws -> Bool {
    guard through != tip else { return true }
    let (steps, continues) = try MainLineStep.steps(endingAt: tip, since: since, in: objects) { $0 == through }
    let found = try Self.found(in: steps, newest: objects.commit(tip).tree, objects)
    if !continues { byKPI = [:] }
    byKPI.merge(found) { $0 + $1 }
    through = tip
    return continues
  }

  /// What some commits of the main line restated, by KPI, oldest first.
  /// - Parameter newest: the tree whose definitions say what tells rows apart
  static func found(
    in steps: [MainLineStep], newest: ObjectID, _ objects: ObjectDatabase
  ) throws -> [KPIID: [Restatement]] {
    let found = try Parallel.map(steps, tools: { RestatementFinder(objects, newest: newest) }) {
      step, finder, results in
      let found = try finder.restatements(of: step)
      if !found.isEmpty { results.append((step.place, found)) }
    }
    return Dictionary(grouping: found.sorted { $0.0 > $1.0 }.flatMap(\.1), by: \.kpi)
  }
}

/// Finds the restatements of single commits. For one thread.
private final class RestatementFinder {
  private let objects: ObjectDatabase
  private let trees: RecentTrees
  private let origins: Origins
  private let newest: TreeSource
  private var dimensions: [KPIID: [String]] = [:]

  /// - Parameter newest: the tree whose definitions say what tells rows apart
  init(_ objects: ObjectDatabase, newest: ObjectID) {
    self.objects = objects
    trees = RecentTrees(objects)
    origins = Origins(objects)
    self.newest = TreeSource(objects, tree: newest)
  }

  func restatements(of step: MainLineStep) throws -> [Restatement] {
    guard step.oldTree != nil else { return [] }
    return try step.changes(in: ["actuals"], trees).flatMap { change -> [Restatement] in
      guard case .actuals(let id) = LedgerPath(change.path), let old = change.old, let new = change.new else {
        return []
      }
      return try restatements(of: id, old.id, new.id, in: step)
    }
  }

  private func restatements(
    of id: KPIID, _ old: ObjectID, _ new: ObjectID, in step: MainLineStep
  ) throws -> [Restatement] {
    let (before, after) = (try objects.blob(old), try objects.blob(new))
    let isPlain = !RowChanges.mayHaveDimensions(before) && !RowChanges.mayHaveDimensions(after)
    let changes = RowChanges(from: before, to: after, dimensions: isPlain ? [] : try dimensions(of: id, in: step.tree))
    guard changes.takesRowsAway else { return [] }
    let found = changes.rows().flatMap { row in (row.before?.restated(by: row.after) ?? []).map { (row, $0) } }
    guard !found.isEmpty else { return [] }
    let change = try change(of: id, in: step)
    return found.map { row, value in
      Restatement(
        kpi: id, period: row.period, dimensions: row.dimensions, input: value.input, from: value.from, to: value.to,
        change: change)
    }
  }

  private func change(of id: KPIID, in step: MainLineStep) throws -> Restatement.Change {
    let origin = try origins.origin(of: id.actualsPath, in: step)
    let seconds =
      step.isMerge ? try objects.commit(step.commit).committer.time.seconds : origin.committer.time.seconds
    return Restatement.Change(
      commit: step.commit, seconds: seconds, by: Author(name: origin.author.name, email: origin.author.email))
  }

  /// As the newest definition has them; as the commit's, of a KPI that is gone.
  private func dimensions(of id: KPIID, in tree: ObjectID) throws -> [String] {
    if let known = dimensions[id] { return known }
    let now = newest.bytes(at: id.definitionPath)
    let bytes = now ?? TreeSource(objects, tree: tree).bytes(at: id.definitionPath) ?? []
    var names: [String] = []
    if case .definition(let definition)? = LedgerReader.decode(path: id.definitionPath, bytes: bytes).content {
      names = definition.calculation.dimensions
    }
    if now != nil { dimensions[id] = names }
    return names
  }
}
