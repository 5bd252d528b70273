public import Calculation
public import Git
public import LedgerFiles
public import LedgerModel
import LedgerStore

/// What is doubtful in a ledger's files against what they were before: what is not committed yet against the newest
/// commit, and each commit of the main line against the one before.
///
///     try PastDoubts(objects, tip: tip, day: day).findings(for: paths) { FolderSource(folder) }
///
/// One walk of the main line serves all files; of each only the folders that differ are opened.
public struct PastDoubts: Sendable {
  /// How many commits of the main line are looked back at unless told otherwise: some tenths of a second's work.
  public static let commits = 2000

  private let objects: ObjectDatabase
  private let tip: ObjectID
  private let limit: Int
  private let day: @Sendable (Int64) -> Day

  /// - Parameters:
  ///   - tip: the newest commit that the files are edited on
  ///   - limit: how many commits of the main line count
  ///   - day: the day of a moment in seconds since 1970, as the ledger counts days
  public init(
    _ objects: ObjectDatabase, tip: ObjectID, limit: Int = commits, day: @escaping @Sendable (Int64) -> Day
  ) {
    self.objects = objects
    self.tip = tip
    self.limit = limit
    self.day = day
  }

  /// What is doubtful in some files, in the order of file, line and column.
  /// - Parameter source: the files as they are now, for one thread
  /// - Throws: `GitError` where the history cannot be read
  public func findings(for paths: [String], now source: @Sendable () -> any LedgerSource) throws -> [Finding] {
    let watched = Set(paths.filter { LedgerPath($0).kpi != nil })
    guard !watched.isEmpty else { return [] }
    let changes = try changes(of: watched)
    let tree = try objects.commit(tip).tree
    let found = try Parallel.map(
      watched.sorted(), tools: { FileDoubts(objects, tree: tree, now: source(), day: day) }
    ) { path, doubts, results in
      results += try doubts.findings(for: path, changes[path] ?? [])
    }
    return found.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }

  /// By path, the commits of the main line that changed it, newest first.
  private func changes(of watched: Set<String>) throws -> [String: [FileDoubts.Change]] {
    let steps = try MainLineStep.steps(endingAt: tip, limit: limit, in: objects).steps
    let found = try Parallel.map(steps, tools: { RecentTrees(objects) }) { step, trees, results in
      // What the ledger began with was never anything else.
      guard step.oldTree != nil else { return }
      for change in try step.changes(in: ["actuals", "kpis"], trees) where watched.contains(change.path) {
        results.append(FileDoubts.Change(step: step, path: change.path, old: change.old?.id, new: change.new?.id))
      }
    }
    return Dictionary(grouping: found.sorted { $0.step.place < $1.step.place }, by: \.path)
  }
}

/// The doubts about single files. For one thread.
private final class FileDoubts {
  /// A commit of the main line that changed a file.
  struct Change: Sendable {
    let step: MainLineStep
    let path: String
    let old: ObjectID?
    let new: ObjectID?
  }

  private let objects: ObjectDatabase
  private let tree: ObjectID
  private let committed: TreeLookup
  private let view: LedgerView
  private let origins: Origins
  private let day: (Int64) -> Day

  init(_ objects: ObjectDatabase, tree: ObjectID, now: any LedgerSource, day: @escaping (Int64) -> Day) {
    self.objects = objects
    self.tree = tree
    committed = TreeLookup(objects)
    view = LedgerView(now)
    origins = Origins(objects)
    self.day = day
  }

  func findings(for path: String, _ changes: [Change]) throws -> [Finding] {
    guard let now = view.source.bytes(at: path) else { return [] }
    let old = try committed.entry(at: path, in: tree).flatMap { $0.mode.isBlob ? $0.id : nil }
    let isEdited = try old != ObjectDatabase.blobID(of: now)
    // Most files were not changed in a long time.
    guard isEdited || !changes.isEmpty else { return [] }
    var waiting = changes[...]
    var newer: [UInt8]?
    var asksWorkTree = isEdited
    return try PastPlausibility.findings(for: path, in: view) {
      if asksWorkTree {
        asksWorkTree = false
        newer = try old.map(objects.blob)
        return EarlierVersion(before: newer, after: now) { "your edit, which is not synced yet" }
      }
      guard let change = waiting.popFirst(), let after = try newer ?? change.new.map(objects.blob) else { return nil }
      newer = try change.old.map(objects.blob)
      return EarlierVersion(before: newer, after: after) { [self] in try text(change) }
    }
  }

  private func text(_ change: Change) throws -> String {
    let origin = try origins.origin(of: change.path, in: change.step)
    let seconds = try objects.commit(change.step.commit).committer.time.seconds
    return "the change \(origin.id.abbreviated()) of \(day(seconds)) by \(origin.author.name)"
  }
}
