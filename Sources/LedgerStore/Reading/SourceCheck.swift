public import Calculation
public import LedgerFiles
public import LedgerModel

/// The check of a ledger's files, wherever they are, on all processors.
///
///     try SourceCheck { FolderSource(folder) }.findings()
public struct SourceCheck: Sendable {
  private let source: @Sendable () -> any LedgerSource

  /// - Parameter source: gives each thread the files, as a folder or a commit's tree has them
  public init(_ source: @escaping @Sendable () -> any LedgerSource) { self.source = source }

  /// The paths of the files at or below some paths, in order; no paths stand for the whole ledger.
  public func files(below paths: [String]) -> [String] {
    let source = source()
    // Names that begin with a dot are git's and other programs', in a tree as in a folder.
    let all = source.allPaths().filter { !$0.hasPrefix(".") && !$0.contains("/.") }
    guard !paths.isEmpty, !paths.contains("") else { return all }
    let named = paths.filter { source.contains($0) }
    return Set(named + all.filter { path in paths.contains { path.hasPrefix($0 + "/") } }).sorted()
  }

  /// What is wrong with the whole ledger, within its files and across them, in the order of file, line and column.
  public func findings() throws -> [Finding] {
    try findings(in: files(below: []) + LedgerCheck.requiredFiles)
  }

  /// What is wrong with some files; others are read as far as these refer to them.
  public func findings(in paths: [String]) throws -> [Finding] {
    let found = try Parallel.map(Set(paths).sorted(), tools: { LedgerView(source()) }) {
      path, view, results in
      results += LedgerCheck.findings(for: [path], in: view)
    }
    return found.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }

  /// What is doubtful in some files, beside what is wrong: no rule of a sync or a hub, and never an error.
  /// - Parameter day: also what does not fit this day
  public func doubts(in paths: [String], on day: Day? = nil) throws -> [Finding] {
    let paths = Set(paths).sorted()
    let tools = { @Sendable in LedgerView(source()) }
    var found = try Parallel.map(paths, tools: tools) { path, view, results in
      results += Plausibility.findings(for: path, in: view)
      if let day { results += DayPlausibility.findings(for: path, in: view, on: day) }
    }
    let definitions = paths.filter(Self.isDefinition)
    if !definitions.isEmpty {
      let all = source().allPaths(below: "departments").filter(Self.isDefinition)
      let cards = try Parallel.map(all, tools: tools) { path, view, results in
        if let card = SimilarKPIs.card(of: path, in: view) { results.append(card) }
      }
      found += SimilarKPIs(cards).findings(for: definitions, in: LedgerView(source()))
    }
    return found.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }

  private static func isDefinition(_ path: String) -> Bool {
    if case .definition = LedgerPath(path) { true } else { false }
  }
}
