import Foundation
import GRDB
public import Git
import LedgerFiles

/// The history of a ledger's main line, kept in a file of SQLite in the clone's own folder: each change that came into
/// force or was held, with who entered it and which sync brought it.
///
///     let index = try HistoryIndex(of: objects, cache: folder)
///     try index.catchUp(through: hubTip)
///     let entries = try index.entries(endingAt: tip, hub: hubTip, query)
///
/// It says what ``Audit`` says, and can be deleted at any time. Only what everybody has is in it: what waits in the
/// clone is read from its commits. For one thread; two processes do not hurt each other.
public final class HistoryIndex: Sendable {
  let objects: ObjectDatabase
  let file: KeptFile
  let proof: @Sendable () -> AuthorProof
  /// Commits in one transaction: as many are lost when the process is killed.
  private let share: Int
  private let pairs: TreePairs?

  /// Opens, or makes, the index.
  /// - Parameters:
  ///   - cache: the folder to keep it in
  ///   - pairs: compares the trees of many commits at once; nil: they are compared here
  ///   - proof: makes, for each thread, what says whether a commit is known to be its author's
  /// - Throws: where it cannot be kept there
  public convenience init(
    of objects: ObjectDatabase, cache: String, pairs: TreePairs? = nil, proof: @escaping @Sendable () -> AuthorProof
  ) throws {
    try self.init(of: objects, cache: cache, share: 4096, pairs: pairs, proof: proof)
  }

  init(
    of objects: ObjectDatabase, cache: String, share: Int, pairs: TreePairs? = nil,
    proof: @escaping @Sendable () -> AuthorProof
  ) throws {
    self.objects = objects
    self.share = share
    self.pairs = pairs
    self.proof = proof
    file = try KeptFile(IndexSchema.plan, in: cache)
  }

  // MARK: Building

  /// Takes in what the main line has since the index was last brought up to date. What the history does not lead to
  /// any more is taken out first. A killed process loses the last few thousand commits at most.
  /// - Parameters:
  ///   - tip: where the main line ends
  ///   - progress: told how many commits of how many are done, after each few thousand
  /// - Throws: `GitError` where the history cannot be read; what SQLite throws where the index cannot be written
  public func catchUp(through tip: ObjectID, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) throws {
    let missing = try missing(endingAt: tip)
    let shares = stride(from: 0, to: missing.steps.count, by: share).map { start in
      missing.steps[start..<min(start + share, missing.steps.count)]
    }
    if shares.count > 1 { try LibGit2.rememberSmallBlobs() }
    var (read, waiting) = (0, [[IndexWriter.Step]]())
    func readNext() throws {
      guard read < shares.count, waiting.count < Self.mostAhead else { return }
      waiting.append(try changes(of: shares[read]))
      read += 1
    }
    try readNext()
    for (place, steps) in shares.enumerated() {
      let changed = waiting.removeFirst()
      let (isNext, _) = try Parallel.beside {
        try self.write(changed, after: missing.number + steps.startIndex, isFirst: place == 0)
      } _: { isGoingOn in
        repeat { try readNext() } while isGoingOn() && read < shares.count && waiting.count < Self.mostAhead
      }
      // Another process was faster: what it did is as good.
      guard isNext else { return try catchUp(through: tip, progress: progress) }
      progress(steps.endIndex, missing.steps.count)
    }
  }

  /// So many shares are read before they can be written: the first commit may have brought more than all others.
  private static let mostAhead = 16

  /// The number of a commit of the main line; nil where it is not in the index.
  func number(of commit: ObjectID, in database: Database) throws -> Int? {
    let statement = try database.cachedStatement(
      sql: "SELECT number FROM syncs JOIN commits ON commits.id = syncs.commit_id WHERE hash = ?")
    return try Int.fetchOne(statement, arguments: [Data(commit.bytes)])
  }

  /// The steps that the index lacks, oldest first, and the number of the one before them, 0 at the ledger's beginning.
  private func missing(endingAt tip: ObjectID) throws -> (steps: [MainLineStep], number: Int) {
    try file.read { database in
      var known: Int?
      let isEmpty = try Int.fetchOne(database, sql: "SELECT 1 FROM syncs LIMIT 1") == nil
      let (steps, _) = try MainLineStep.steps(endingAt: tip, in: objects) { commit in
        known = isEmpty ? nil : try number(of: commit, in: database)
        return known != nil
      }
      return (steps.reversed(), known ?? 0)
    }
  }

  /// What some steps changed, in their order.
  private func changes(of steps: ArraySlice<MainLineStep>) throws -> [IndexWriter.Step] {
    let tools: @Sendable () -> StepAudit = { [objects, proof] in StepAudit(objects, AuditQuery(), proof()) }
    let known = treeChanges(of: steps)
    let read = try Parallel.map(Array(steps.indices), tools: tools) { place, audit, results in
      let step = steps[place]
      let parts = try audit.parts(of: step, changes: known[step.commit])
      let isLarge = parts.count > 1
      let changes = isLarge ? [] : try parts.flatMap { try audit.entries(of: $0, isSent: true) }
      let commit = try audit.stored(step.commit)
      results.append((place, IndexWriter.Step(commit, changes), isLarge ? parts : []))
    }
    let parts = read.flatMap { place, _, parts in parts.map { (place, $0) } }
    let found = try Parallel.map(parts, tools: tools) { part, audit, results in
      let entries = try audit.entries(of: part.1, isSent: true)
      results.append((part.0, part.1.first, entries.map(IndexWriter.Change.init)))
    }
    var done = read.sorted { $0.0 < $1.0 }.map(\.1)
    for (place, _, changes) in found.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
      done[place - steps.startIndex].changes += changes
    }
    return done
  }

  /// By the commit, the files that many steps changed; of the ledger's first commit, and where git does not say, nothing.
  private func treeChanges(of steps: ArraySlice<MainLineStep>) -> [ObjectID: [TreeChange]] {
    guard let pairs, steps.count >= min(share, Self.fewestTogether) else { return [:] }
    let asked = steps.compactMap { step in step.oldTree.map { (step.commit, old: $0, new: step.tree) } }
    let halves = [asked.prefix(asked.count / 2), asked.dropFirst(asked.count / 2)].map(Array.init)
    let ask: @Sendable (Int) throws -> [[TreeChange]] = { try pairs.changes(halves[$0].map { ($0.old, $0.new) }) }
    guard let (last, first) = try? Parallel.beside({ try ask(1) }, { _ in try ask(0) }) else { return [:] }
    return Dictionary(
      zip(asked.map(\.0), first + last), uniquingKeysWith: { $1 }
    ).mapValues { $0.filter(\.isOfFile) }
  }

  /// Steps for which it is worth while to start git.
  private static let fewestTogether = 512

  /// - Returns: false where the index has gone on meanwhile, and nothing was written
  private func write(_ steps: [IndexWriter.Step], after number: Int, isFirst: Bool) throws -> Bool {
    try file.change { database in
      let newest = try Int.fetchOne(database, sql: "SELECT max(number) FROM syncs") ?? 0
      guard isFirst ? newest >= number : newest == number else { return false }
      if newest > number { try Self.forget(after: number, in: database) }
      var writer = try IndexWriter(database)
      for (place, step) in steps.enumerated() { try writer.add(step, as: number + place + 1, from: objects) }
      return true
    }
  }

  /// Forgets the syncs behind a number, which the history does not lead to any more.
  private static func forget(after number: Int, in database: Database) throws {
    for (table, column) in [("settlements", "change"), ("changes", "id")] {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE \(column) >= (SELECT min(first_change) FROM syncs WHERE number > ?)",
        arguments: [number])
    }
    try database.execute(sql: "DELETE FROM syncs WHERE number > ?", arguments: [number])
  }
}
