import LedgerFiles
import LedgerModel
import Policy

/// A merge set up: which files the unsent commits touch, which of them can be taken as they are, and the run over the
/// others.
struct MergeFrame {
  let hub: ContentID
  let line: UnsentLine
  let run: MergeRun
  /// Files that needed no look at their keys.
  var taken: [String: FileVersion] { run.taken }
  /// The proposals' files that the unsent commits deleted and the hub has, with the commits that did.
  let settled: [(paper: Settlements.Paper, commit: Int)]
  let settlements: Settlements
  private let builder: FileLineBuilder
  private let touched: TouchedFiles

  /// - Parameter only: the one path that is of interest; nil takes all.
  init(_ setting: MergeRun.Setting, only: String?) throws {
    var setting = setting
    hub = setting.hub
    line = setting.line
    settlements = setting.settlements
    touched = try TouchedFiles(line: line, hub: hub, history: setting.history)
    setting.hasCloses = try setting.closes.matter(to: line, changes: touched.changes)
    var settled: [(paper: Settlements.Paper, commit: Int)] = []
    var settledFiles: Set<String> = []
    for place in line.commits.indices {
      for paper in try settlements.settled(by: line.commits[place]) {
        settledFiles.insert(paper.proposal.file)
        if settlements.isAtHub(paper) { settled.append((paper, place)) }
      }
    }
    self.settled = settled
    builder = FileLineBuilder(setting, settledFiles: settledFiles)
    var files: [FileLine] = []
    var taken: [String: FileVersion] = [:]
    for file in touched.files where only.map(file.names.contains) ?? true {
      if only == nil, let version = try builder.taken(file) {
        taken[file.path] = version
      } else {
        files.append(try builder.fileLine(file))
      }
    }
    run = MergeRun(setting, files: files)
    run.taken = taken
  }

  /// Looks at the keys of a file that needed no look until now.
  /// - Returns: its place among the run's files; nil where the merge does not change it.
  func takeApart(_ path: String) throws -> Int? {
    guard taken[path] != nil, let file = touched.files.first(where: { $0.path == path }) else {
      return run.files.firstIndex { $0.path == path }
    }
    run.taken[path] = nil
    return try run.add(builder.fileLine(file))
  }

  /// What the unsent commits made under `proposals/` by themselves, for proofs that it has to have no effect.
  var forged: [String: FileVersion] {
    var forged: [String: FileVersion] = [:]
    for change in touched.changes.joined()
    where change.path.hasPrefix("proposals/") && change.before.allSatisfy({ $0 == nil }) {
      forged[change.path] = change.after.map { .content($0) }
    }
    return forged
  }
}
