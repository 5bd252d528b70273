public import Git
public import LedgerFiles

/// A ledger's files as a commit's tree has them, with some files over it as they would be.
///
/// Opens only the folders and files that are asked for. For one thread.
public final class TreeSource: LedgerSource {
  private let objects: ObjectDatabase
  private let tree: ObjectID
  /// By path, what stands instead of the tree's file; nil stands for none.
  private let over: [String: [UInt8]?]
  private var folders: [String: [String: TreeEntry]] = [:]

  /// The files of a tree.
  /// - Parameter over: by path, what stands instead of the tree's file; nil takes it away.
  public init(_ objects: ObjectDatabase, tree: ObjectID, over: [String: [UInt8]?] = [:]) {
    self.objects = objects
    self.tree = tree
    self.over = over
  }

  public func bytes(at path: String) -> [UInt8]? {
    if let edited = over[path] { return edited }
    guard let entry = entry(at: path), entry.mode.isBlob else { return nil }
    return try? objects.blob(entry.id)
  }

  public func names(in folder: String) -> [String] {
    var names = Set(entries(in: folder).map { $0.value.mode.isTree ? $0.key + "/" : $0.key })
    let prefix = folder.isEmpty ? "" : folder + "/"
    for (path, bytes) in over where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      guard let slash = rest.firstIndex(of: "/") else {
        if bytes == nil { names.remove(String(rest)) } else { names.insert(String(rest)) }
        continue
      }
      if bytes != nil { names.insert(String(rest[...slash])) }
    }
    return Array(names)
  }

  public func contains(_ path: String) -> Bool {
    if let edited = over[path] { return edited != nil }
    return entry(at: path)?.mode.isBlob ?? false
  }

  public func size(of path: String) -> Int? {
    if let edited = over[path] { return edited?.count }
    return entry(at: path).flatMap { try? objects.blobSize($0.id) }
  }

  public func mode(of path: String) -> UInt32? {
    if over[path] != nil { return nil }
    return entry(at: path)?.mode.rawValue
  }

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
