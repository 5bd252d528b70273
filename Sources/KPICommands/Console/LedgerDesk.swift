import Foundation
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// A clone as a command works with it: its files as they are, and saving changed ones with a reason.
struct LedgerDesk {
  let clone: LedgerClone

  /// A file's bytes; nil where there is none.
  func bytes(_ path: String) -> [UInt8]? { FolderSource(clone.folder).bytes(at: path) }

  /// The definition of a KPI.
  /// - Throws: `Failure` where there is none, with the nearest id there is, or where it cannot be read.
  func definition(_ id: KPIID) throws -> Definition {
    guard let bytes = bytes(id.definitionPath) else {
      let known = KPIName.all(in: FolderSource(clone.folder))
      throw Failure(
        "There is no KPI \(id)." + Suggestion.sentence(for: id.description, in: known),
        hint: "Make it with 'kpi define \(id) --name …', or look with 'kpi show'.")
    }
    let decoded = LedgerReader.decode(path: id.definitionPath, bytes: bytes)
    guard case .definition(let definition)? = decoded.content else {
      throw Failure(
        "The definition of \(id) cannot be read.", hint: "See what is wrong: kpi check \(id.definitionPath)",
        status: .findings)
    }
    return definition
  }

  /// Checks changed files, writes them and commits them with a reason.
  /// - Parameter files: by path, the new bytes; nil deletes.
  /// - Returns: whether anything changed.
  /// - Throws: `Failure` with the findings where the change would break a rule; nothing is written then.
  @discardableResult
  func save(_ files: [String: [UInt8]?], message: String) throws -> Bool {
    let source = FolderSource(clone.folder)
    let errors = LedgerCheck.findings(
      changing: files.keys, from: LedgerView(source), to: LedgerView(LedgerOverlay(over: source, changes: files))
    ).filter { $0.severity == .error }
    guard errors.isEmpty else {
      let lines = errors.map { "  \($0.file), line \($0.position.line), column \($0.position.column): \($0.message)" }
      throw Failure(
        "Not saved, because it would break a rule:\n" + lines.joined(separator: "\n"),
        hint: "Nothing was changed.", status: .findings)
    }
    guard try LedgerWriting(clone, now: Ambient.now).commit(files, message: message + "\n") != nil else { return false }
    SigningNotice.print(clone)
    return true
  }
}
