import Git
import LedgerFiles
import LedgerModel

/// The form of the files in a ledger's folder: how they are written, whatever they mean.
public struct FolderForm: Sendable {
  private let folder: String

  /// The form of the files in a folder.
  public init(_ folder: String) { self.folder = folder }

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
