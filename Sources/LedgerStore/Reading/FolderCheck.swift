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
