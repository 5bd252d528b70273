import Git
import LedgerFiles
import LedgerModel

/// The edited files of a clone's work tree.
struct WorkFiles {
  private let clone: LedgerClone
  private let workTree: WorkTree

  init(_ clone: LedgerClone) throws {
    self.clone = clone
    workTree = try WorkTree(clone.repository)
  }

  /// The paths in which the work tree differs from a tree, in order.
  func edited(since tree: ObjectID) throws -> [String] { try workTree.changes(since: tree).map(\.path) }

  /// A file's bytes; nil where there is none.
  /// - Throws: `GitError.invalid` for a link or a folder.
  func bytes(_ path: String) throws -> [UInt8]? { try workTree.read(path)?.bytes }

  /// An edit: the bytes to commit, in canonical form where the file can be brought into it, and the content as it
  /// stands in the work tree, which is stored too, so that nothing is lost when it is replaced.
  func edit(_ path: String, base: ObjectID?) throws -> WorkEdits.Edit {
    guard let bytes = try bytes(path) else { return WorkEdits.Edit(path: path, bytes: nil, present: nil, base: base) }
    let fixed = Canonical.fixed(path: path, bytes: bytes, definition: try definition(for: path))
    return WorkEdits.Edit(
      path: path, bytes: fixed?.bytes ?? bytes, present: try clone.repository.objects.writeBlob(bytes), base: base)
  }

  /// Stores the content that a file has now; nil where there is none.
  func storedContent(_ path: String) throws -> ObjectID? {
    try bytes(path).map { try clone.repository.objects.writeBlob($0) }
  }

  /// The definition whose figures a file holds, as the work tree has it; nil for any other file.
  private func definition(for path: String) throws -> Definition? {
    guard case .actuals(let id) = LedgerPath(path), let bytes = try bytes(id.definitionPath),
      case .definition(let definition)? = LedgerReader.decode(path: id.definitionPath, bytes: bytes).content
    else { return nil }
    return definition
  }
}
