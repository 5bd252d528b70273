public import LedgerFiles
public import LedgerModel

/// Says which merged files break a rule of the check that the hub's kept (M9).
public protocol MergeCheck {
  /// The changed files that are to blame, by path.
  /// - Parameters:
  ///   - files: by path, what the merge changes of the hub's files.
  ///   - hub: the hub's commit.
  func broken(by files: [String: FileVersion], hub: ContentID) throws -> Set<String>
}

/// No check: what keys say of each other does not matter, as in files that are in no ledger.
public struct NoMergeCheck: MergeCheck {
  public init() {}

  public func broken(by files: [String: FileVersion], hub: ContentID) throws -> Set<String> { [] }
}

/// The check of a whole ledger, within files and across them; only what the merge changes, and what that may break
/// elsewhere, is read.
struct LedgerMergeCheck: MergeCheck {
  let history: any LedgerHistory

  func broken(by files: [String: FileVersion], hub: ContentID) throws -> Set<String> {
    var changes: [String: [UInt8]?] = [:]
    for (path, version) in files {
      switch version {
      case .bytes(let bytes): changes[path] = bytes
      case .content(let id): changes[path] = try history.bytes(of: id)
      case .removed: changes[path] = .some(nil)
      }
    }
    let source = try history.source(of: hub)
    let errors = LedgerCheck.findings(
      changing: files.keys, from: LedgerView(source), to: LedgerView(LedgerOverlay(over: source, changes: changes))
    ).filter { $0.severity == .error }
    guard !errors.isEmpty else { return [] }
    let blamed = Set(errors.map(\.file).filter { files[$0] != nil })
    // An error in a file that the merge does not touch, as when a goal was removed that it names, is laid to all the
    // files together that others refer to.
    return blamed.isEmpty ? Set(files.keys.filter { !$0.hasSuffix(".csv") }) : blamed
  }
}
