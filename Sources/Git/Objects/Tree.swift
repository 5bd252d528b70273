/// What a tree says of one path: the object, and its mode.
public struct TreeEntry: Hashable, Sendable {
  /// The blob, tree or commit.
  public var id: ObjectID
  /// What kind of object it is, and its permission.
  public var mode: FileMode

  /// An entry with that object and mode; a regular file unless told otherwise.
  public init(id: ObjectID, mode: FileMode = .file) {
    self.id = id
    self.mode = mode
  }
}

/// A folder as git stores it: entries in git's order, each a name, a mode and an id.
public struct Tree: Sendable {
  /// A name in a folder, and what it stands for.
  public struct Item: Hashable, Sendable {
    /// One part of a path. Bytes that are not UTF-8 are replaced here; git's own bytes are ``nameBytes``.
    public var name: String { String(decoding: nameBytes, as: UTF8.self) }
    /// The name as git stores it.
    public let nameBytes: [UInt8]
    /// What the name stands for.
    public let entry: TreeEntry

    /// The object.
    public var id: ObjectID { entry.id }
    /// The object's mode.
    public var mode: FileMode { entry.mode }
  }

  /// The tree's own id.
  public let id: ObjectID
  /// In git's order: by bytes, a folder's name as if it ended in `/`.
  public let items: [Item]
}

extension ObjectDatabase {
  /// A tree with all its entries, sub-folders not opened.
  /// - Throws: `.notFound`; `.corrupt` when the object is no tree
  public func tree(_ id: ObjectID) throws -> Tree {
    try withTree(id) { bytes in
      var (cursor, items) = (TreeCursor(bytes), [Tree.Item]())
      while let item = try cursor.next() {
        items.append(Tree.Item(nameBytes: [UInt8](item.name), entry: item.entry))
      }
      return Tree(id: id, items: items)
    }
  }

  /// What a tree has at a path such as `departments/sales/kpis/win-rate.yaml`; nil when there is nothing. The empty
  /// path is the tree itself. Opens only the folders on the way.
  public func entry(at path: some StringProtocol, in tree: ObjectID) throws -> TreeEntry? {
    var entry = TreeEntry(id: tree, mode: .tree)
    for part in path.split(separator: "/") {
      guard entry.mode.isTree, let found = try self.entry(named: part, in: entry.id) else { return nil }
      entry = found
    }
    return entry
  }

  private func entry(named name: some StringProtocol, in tree: ObjectID) throws -> TreeEntry? {
    var name = String(name)
    return try name.withUTF8 { name in
      let wanted = UnsafeRawBufferPointer(name)
      return try withTree(tree) { bytes in
        var cursor = TreeCursor(bytes)
        while let item = try cursor.next() {
          if item.name.count == wanted.count, item.name.elementsEqual(wanted) { return item.entry }
        }
        return nil
      }
    }
  }

  /// Every entry below a tree that is no folder, with its path, in git's order (by the bytes of the whole path).
  /// - Parameters:
  ///   - tree: where to start
  ///   - path: only what is at or below this path; "" for all
  public func files(in tree: ObjectID, under path: String = "") throws -> [(path: String, entry: TreeEntry)] {
    try TreeDiff.between(nil, tree, under: path, in: self).compactMap { change in
      change.new.map { (change.path, $0) }
    }
  }

  /// Calls the closure with a tree's bytes. The empty tree is always there, stored or not.
  @inline(__always)
  func withTree<Result>(_ id: ObjectID, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    if id == .emptyTree { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try withBytes(of: id, .tree, body)
  }
}
