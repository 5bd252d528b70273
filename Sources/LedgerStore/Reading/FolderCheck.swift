import LedgerFiles
public import LedgerModel

/// The check of a ledger's folder, on all processors.
public struct FolderCheck: Sendable {
  private let folder: String

  /// The check of the ledger in a folder.
  public init(_ folder: String) { self.folder = folder }

  /// The paths of the files at or below some paths, in order; no paths stand for the whole ledger.
  public func files(below paths: [String]) -> [String] {
    let source = FolderSource(folder)
    let all = source.allPaths()
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
    let found = try Parallel.map(Set(paths).sorted(), tools: { LedgerView(FolderSource(folder)) }) {
      path, view, results in
      results += LedgerCheck.findings(for: [path], in: view)
    }
    return found.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }

  /// What is doubtful in some files, beside what is wrong: no rule of a sync or a hub, and never an error.
  public func doubts(in paths: [String]) throws -> [Finding] {
    let paths = Set(paths).sorted()
    let tools = { @Sendable in LedgerView(FolderSource(folder)) }
    var found = try Parallel.map(paths, tools: tools) { path, view, results in
      results += Plausibility.findings(for: path, in: view)
    }
    let definitions = paths.filter(Self.isDefinition)
    if !definitions.isEmpty {
      let all = FolderSource(folder).allPaths(below: "departments").filter(Self.isDefinition)
      let cards = try Parallel.map(all, tools: tools) { path, view, results in
        if let card = SimilarKPIs.card(of: path, in: view) { results.append(card) }
      }
      found += SimilarKPIs(cards).findings(for: definitions, in: LedgerView(FolderSource(folder)))
    }
    return found.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }

  private static func isDefinition(_ path: String) -> Bool {
    if case .definition = LedgerPath(path) { true } else { false }
  }

  /// Brings files into their canonical form, their meaning left alone (`Canonical`).
  /// - Returns: the paths of the files that were rewritten
  /// - Throws: `GitError.system` where a file cannot be written
  public func fix(_ paths: [String]) throws -> [String] {
    let source = FolderSource(folder)
    let view = LedgerView(source)
    return try paths.filter { path in
      guard LedgerPath(path).isInLayout, source.mode(of: path) == FileLimits.regularMode,
        let bytes = source.bytes(at: path)
      else { return false }
      var definition: Definition?
      if case .actuals(let id) = LedgerPath(path) { definition = view.definition(id).value }
      guard let fixed = Canonical.fixed(path: path, bytes: bytes, definition: definition) else { return false }
      try source.replace(path, with: fixed.bytes)
      return true
    }
  }
}
