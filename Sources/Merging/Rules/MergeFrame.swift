import LedgerFiles
import LedgerModel
import Policy

/// A merge set up: which files the unsent commits touch, which of them can be taken as they are, and the run over the
/// others.
struct MergeFrame {
  let hub: ContentID
  let line: UnsentLine
  let run: MergeRun
  /// Files that only this side changed, in one line of commits: taken as the last of them has it.
  private(set) var takenWhole: [String: ContentID?]
  /// The proposals' files that the unsent commits deleted and the hub has, with the commits that did.
  let settled: [(paper: Settlements.Paper, commit: Int)]
  let settlements: Settlements
  /// What the unsent commits made under `proposals/` by themselves, for proofs that it has to have no effect.
  let forged: [String: FileVersion]
  private let builder: FileLineBuilder
  private let touched: [String: [(commit: Int, change: FileChange)]]

  init(
    hub: ContentID, line: UnsentLine, history: any LedgerHistory, documents: DocumentReader, settlements: Settlements,
    provenance: Provenance, authority: any Authority, parts: MergeParts, only: String?
  ) throws {
    self.hub = hub
    self.line = line
    self.settlements = settlements
    touched = try Self.touched(line, history, only: only)
    var settled: [(paper: Settlements.Paper, commit: Int)] = []
    var settledFiles: Set<String> = []
    for place in line.commits.indices {
      for paper in try settlements.settled(by: line.commits[place]) {
        settledFiles.insert(paper.proposal.file)
        if settlements.isAtHub(paper) { settled.append((paper, place)) }
      }
    }
    forged = parts.contains(.onlyMergesPropose) ? [:] : try Self.forged(line, history)
    builder = FileLineBuilder(
      hub: hub, line: line, history: history, documents: documents, settlements: settlements, authority: authority,
      settledFiles: settledFiles)
    var whole: [String: ContentID?] = [:]
    var files: [FileLine] = []
    for (path, changes) in touched.sorted(by: { $0.key < $1.key }) {
      if only == nil, let content = try builder.takenWhole(path, changes) {
        whole[path] = content
      } else {
        files.append(try builder.fileLine(path, changes))
      }
    }
    takenWhole = whole
    self.settled = settled
    run = MergeRun(
      line: line, files: files, authority: authority, provenance: provenance, settlements: settlements, parts: parts)
  }

  /// Looks at a file key by key that was taken whole until now.
  /// - Returns: its place among the run's files; nil where the merge does not change it.
  mutating func takeApart(_ path: String) throws -> Int? {
    guard takenWhole[path] != nil, let changes = touched[path] else {
      return run.files.firstIndex { $0.path == path }
    }
    takenWhole[path] = nil
    return try run.add(builder.fileLine(path, changes))
  }

  private static func forged(_ line: UnsentLine, _ history: any LedgerHistory) throws -> [String: FileVersion] {
    var forged: [String: FileVersion] = [:]
    for commit in line.commits {
      for change in try history.changes(of: commit.id)
      where change.path.hasPrefix("proposals/") && change.before.allSatisfy({ $0 == nil }) {
        forged[change.path] = change.after.map { .content($0) }
      }
    }
    return forged
  }

  /// The files that the unsent commits change, with the commits that do. What anybody but a merge does under
  /// `proposals/` has no effect; deletions there are settlements.
  private static func touched(_ line: UnsentLine, _ history: any LedgerHistory, only: String?) throws
    -> [String: [(commit: Int, change: FileChange)]]
  {
    var touched: [String: [(commit: Int, change: FileChange)]] = [:]
    for (place, commit) in line.commits.enumerated() {
      for change in try history.changes(of: commit.id)
      where !change.path.hasPrefix("proposals/") && (only == nil || only == change.path) {
        touched[change.path, default: []].append((place, change))
      }
    }
    return touched
  }
}

/// Builds what a merge needs to know of each file that it touches.
struct FileLineBuilder {
  let hub: ContentID
  let line: UnsentLine
  let history: any LedgerHistory
  let documents: DocumentReader
  let settlements: Settlements
  let authority: any Authority
  /// The files of which an unsent commit settles a proposal, even one that the hub has no more (M2).
  let settledFiles: Set<String>

  /// The content of a file that can be taken as it is, without looking at its keys: the hub has it as every fork had
  /// it, the first change was made on just that and each other on the one before, their authors may change anything in
  /// it, and no proposal waits for it. The outer nil says that it cannot, the inner one that the file is removed.
  func takenWhole(_ path: String, _ changes: [(commit: Int, change: FileChange)]) throws -> ContentID?? {
    guard !settledFiles.contains(path), let last = changes.last else { return nil }
    for (earlier, later) in zip(changes, changes.dropFirst()) {
      // A removal that gives way to a new file leaves the hub's keys in force that the new file does not name.
      guard earlier.change.after != nil, line.descends(later.commit, from: earlier.commit) else { return nil }
    }
    let atHub = try history.content(of: path, in: hub)
    var previous = atHub
    for (commit, change) in changes {
      let commit = line.commits[commit]
      // What the line had before may hold what has reached the hub another way, and is gone there again.
      guard change.before.allSatisfy({ $0 == previous }) else { return nil }
      previous = change.after
      guard authority.mayChangeAnything(in: path, author: commit.author), try atHub == content(path, atForkOf: commit)
      else { return nil }
    }
    guard try settlements.waiting(for: path).isEmpty else { return nil }
    return .some(last.change.after)
  }

  func fileLine(_ path: String, _ changes: [(commit: Int, change: FileChange)]) throws -> FileLine {
    var contents: [ContentID?] = [try history.content(of: path, in: hub)]
    var steps: [(older: Int, newer: Int)] = []
    var peers: [(hub: Int, local: Int)] = []
    for (commit, change) in changes {
      let fork = contents.count
      contents += [try content(path, atForkOf: line.commits[commit]), change.after] + change.before
      steps.append((fork, 0))
      peers.append((0, fork + 1))
      steps += change.before.indices.map { (fork + 2 + $0, fork + 1) }
    }
    let read = try documents.read(path, contents, steps: steps, peers: peers)
    var place = 1
    let touches = changes.map { commit, change in
      let before = Array(read[(place + 2)...].prefix(change.before.count))
      defer { place += 2 + before.count }
      return FileLine.Touch(
        commit: commit, after: read[place + 1], before: before, fork: read[place],
        keys: Self.changedKeys(read[place + 1], before))
    }
    return FileLine(path: path, hub: read[0], touches: touches)
  }

  private func content(_ path: String, atForkOf commit: CommitRecord) throws -> ContentID? {
    guard let fork = try history.fork(of: commit.id, hub: hub) else { return nil }
    return try history.content(of: path, in: fork)
  }

  /// The keys in which a version differs from every one before it; `file` alone where it is no more.
  static func changedKeys(_ after: (any KeyedDocument)?, _ before: [(any KeyedDocument)?]) -> [Key] {
    guard let after else { return before.contains { $0 == nil } ? [] : [.file] }
    guard let first = before.first ?? nil else {
      return after.keys.filter { key in before.allSatisfy { !isSame(key, after, as: $0) } }
    }
    let others = before.dropFirst()
    return after.changedKeys(from: first).filter { key in others.allSatisfy { !isSame(key, after, as: $0) } }
  }
}
