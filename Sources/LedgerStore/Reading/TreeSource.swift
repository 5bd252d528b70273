public import Git
public import LedgerFiles

/// A ledger's files as a commit's tree has them. Opens only the folders and files that are asked for. For one thread.
public final class TreeSource: LedgerSource {
  private let objects: ObjectDatabase
  private let tree: ObjectID
  private var folders: [String: [String: TreeEntry]] = [:]

  /// The files of a tree.
  public init(_ objects: ObjectDatabase, tree: ObjectID) {
    self.objects = objects
    self.tree = tree
  }

  public func bytes(at path: String) -> [UInt8]? {
    guard let entry = entry(at: path), entry.mode.isBlob else { return nil }
    return try? objects.blob(entry.id)
  }

  public func names(in folder: String) -> [String] {
    entries(in: folder).map { $0.value.mode.isTree ? $0.key + "/" : $0.key }
  }

  public func contains(_ path: String) -> Bool { entry(at: path)?.mode.isBlob ?? false }

  public func size(of path: String) -> Int? { entry(at: path).flatMap { try? objects.blobSize($0.id) } }

  public func mode(of path: String) -> UInt32? { entry(at: path)?.mode.rawValue }

  private func entry(at path: String) -> TreeEntry? {
    guard let slash = path.lastIndex(of: "/") else { return entries(in: "")[path] }
    return entries(in: String(path[..<slash]))[String(path[path.index(after: slash)...])]
  }

  private func entries(in folder: String) -> [String: TreeEntry] {
    if let known = folders[folder] { return known }
    var entries: [String: TreeEntry] = [:]
    if let found = folder.isEmpty ? TreeEntry(id: tree, mode: .tree) : entry(at: folder), found.mode.isTree,
      let items = try? objects.tree(found.id).items
    {
      entries = Dictionary(items.map { ($0.name, $0.entry) }, uniquingKeysWith: { first, _ in first })
    }
    folders[folder] = entries
    return entries
  }
}
