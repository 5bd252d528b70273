public import LedgerFiles
public import LedgerModel

/// Says which merged files break a rule of the check that the hub's kept (M9).
public protocol MergeCheck {
  /// What the merge's changes break.
  /// - Parameters:
  ///   - files: by path, what the merge changes of the hub's files.
  ///   - hub: the hub's commit.
  func broken(by files: [String: FileVersion], hub: ContentID) throws -> BrokenRules
}

/// Where merged files break rules of the check.
public struct BrokenRules: Hashable, Sendable {
  /// By path of a changed file, the lines of its merged text on which errors were found.
  public var lines: [String: Set<Int>]
  /// Files that the merge does not change and that have errors by it, as when a goal was removed that they name.
  public var elsewhere: Set<String>

  public init(lines: [String: Set<Int>] = [:], elsewhere: Set<String> = []) {
    self.lines = lines
    self.elsewhere = elsewhere
  }

  public var isEmpty: Bool { lines.isEmpty && elsewhere.isEmpty }
}

/// No check: what keys say of each other does not matter, as in files that are in no ledger.
public struct NoMergeCheck: MergeCheck {
  public init() {}

  public func broken(by files: [String: FileVersion], hub: ContentID) throws -> BrokenRules { BrokenRules() }
}

/// The check of a whole ledger, within files and across them; only what the merge changes, and what that may break
/// elsewhere, is read.
struct LedgerMergeCheck: MergeCheck {
  let history: any LedgerHistory

  func broken(by files: [String: FileVersion], hub: ContentID) throws -> BrokenRules {
    var changes: [String: [UInt8]?] = [:]
    for (path, version) in files {
      switch version {
      case .bytes(let bytes): changes[path] = bytes
      case .content(let id): changes[path] = try history.bytes(of: id)
      case .removed: changes[path] = .some(nil)
      }
    }
    let sources = try history.sources(of: hub)
    let contents = FilesInMemory(changes.compactMapValues { $0 })
    let removed = Set(changes.filter { $0.value == nil }.keys)
    let errors = try LedgerCheck.errors(
      changing: files.keys, from: { LedgerView(sources()) },
      to: { LedgerView(LedgerOverlay(over: sources(), changes: contents, removed: removed)) })
    var broken = BrokenRules()
    for error in errors {
      if files[error.file] == nil {
        broken.elsewhere.insert(error.file)
      } else {
        broken.lines[error.file, default: []].insert(error.position.line)
      }
    }
    return broken
  }
}
