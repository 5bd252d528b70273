public import Git
public import LedgerFiles
public import LedgerModel

/// A ledger's files as a commit's tree has them. Opens only the folders and files that are asked for. For one thread.
public final class TreeSource: LedgerSource {
  private let objects: ObjectDatabase
  private let tree: ObjectID
  private let lookup: TreeLookup
  private let decoded: DecodedFiles?

  /// The files of a tree.
  /// - Parameter decoded: what is remembered of files by their content
  public init(_ objects: ObjectDatabase, tree: ObjectID, remembering decoded: DecodedFiles? = nil) {
    self.objects = objects
    self.tree = tree
    self.decoded = decoded
    lookup = TreeLookup(objects)
  }

  public func bytes(at path: String) -> [UInt8]? {
    guard let entry = entry(at: path), entry.mode.isBlob else { return nil }
    return try? objects.blob(entry.id)
  }

  public func names(in folder: String) -> [String] {
    guard let found = folder.isEmpty ? TreeEntry(id: tree, mode: .tree) : entry(at: folder), found.mode.isTree,
      let items = try? objects.tree(found.id).items
    else { return [] }
    return items.map { $0.mode.isTree ? $0.name + "/" : $0.name }
  }

  public func contains(_ path: String) -> Bool { entry(at: path)?.mode.isBlob ?? false }

  public func size(of path: String) -> Int? { entry(at: path).flatMap { try? objects.blobSize($0.id) } }

  public func mode(of path: String) -> UInt32? { entry(at: path)?.mode.rawValue }

  public func kept(_ path: String) -> (content: ContentID, files: DecodedFiles)? {
    guard let decoded, let entry = entry(at: path), entry.mode.isBlob else { return nil }
    return (ContentID(entry.id), decoded)
  }

  private func entry(at path: String) -> TreeEntry? { (try? lookup.entry(at: path, in: tree)) ?? nil }
}
