/// A path in which two trees differ. One side is nil where that tree has nothing there.
public struct TreeChange: Hashable, Sendable {
  /// From the root, parts joined by `/`. Bytes that are not UTF-8 are replaced.
  public let path: String
  /// What the old tree has there.
  public let old: TreeEntry?
  /// What the new tree has there.
  public let new: TreeEntry?

  /// A change of a path from one entry to another.
  public init(path: String, old: TreeEntry?, new: TreeEntry?) {
    self.path = path
    self.old = old
    self.new = new
  }

  /// Whether only the mode differs.
  public var isModeOnly: Bool {
    guard let old, let new else { return false }
    return old.id == new.id
  }
}

/// What differs between two trees.
///
/// Opens only the folders whose ids differ, so that the cost follows the change and not the size of the trees. A path
/// that is a file in one tree and a folder in the other gives the file's removal and each file of the folder.
public enum TreeDiff {
  /// How deep folders may nest before the trees are refused as `.corrupt`.
  static let maximumDepth = 256

  /// The paths in which two trees differ, in git's order (by the bytes of the path), folders themselves excluded.
  /// - Parameters:
  ///   - old: a tree, or nil for none
  ///   - new: a tree, or nil for none
  ///   - path: only what is at or below this path; "" for all
  ///   - objects: where the trees are
  /// - Throws: `.notFound` for a missing tree, `.corrupt` for one that cannot be read
  public static func between(
    _ old: ObjectID?, _ new: ObjectID?, under path: String = "", in objects: ObjectDatabase
  ) throws -> [TreeChange] {
    guard old != new else { return [] }
    let prefix = path.split(separator: "/").joined(separator: "/")
    var walk = Walk(trees: RecentTrees(objects, limit: 0), enters: { _, _ in true }, prefix: Array(prefix.utf8))
    let oldEntry = try old.flatMap { try objects.entry(at: prefix, in: $0) }
    let newEntry = try new.flatMap { try objects.entry(at: prefix, in: $0) }
    if !walk.prefix.isEmpty, oldEntry?.mode.isTree == false || newEntry?.mode.isTree == false {
      walk.compareEntries(oldEntry, newEntry)
    }
    let oldTree = oldEntry.flatMap { $0.mode.isTree ? $0.id : nil }
    let newTree = newEntry.flatMap { $0.mode.isTree ? $0.id : nil }
    if !walk.prefix.isEmpty { walk.prefix.append(UInt8(ascii: "/")) }
    try walk.compare(oldTree, newTree, depth: 0)
    return walk.changes
  }

  /// The files in which two trees differ below a folder, as `between` gives them, of some folders only.
  /// - Parameters:
  ///   - folder: its name in both trees; "" for all
  ///   - trees: what is remembered from one comparison to the next
  ///   - enters: which folders count, by how deep they lie (0: in `folder`) and their name
  /// - Throws: `.notFound` for a missing tree, `.corrupt` for one that cannot be read
  public static func between(
    _ old: ObjectID?, _ new: ObjectID?, in folder: String, remembering trees: RecentTrees,
    where enters: (_ depth: Int, _ name: UnsafeRawBufferPointer) -> Bool
  ) throws -> [TreeChange] {
    guard old != new else { return [] }
    return try withoutActuallyEscaping(enters) { enters in
      guard !folder.isEmpty else {
        var walk = Walk(trees: trees, enters: enters, prefix: [])
        try walk.compare(old, new, depth: 0)
        return walk.changes
      }
      var walk = Walk(trees: trees, enters: enters, prefix: Array((folder + "/").utf8))
      try walk.compare(
        old.flatMap { try trees.folder(named: folder, in: $0) },
        new.flatMap { try trees.folder(named: folder, in: $0) },
        depth: 0)
      return walk.changes
    }
  }

  private struct Walk {
    let trees: RecentTrees
    let enters: (_ depth: Int, _ name: UnsafeRawBufferPointer) -> Bool
    var prefix: [UInt8]
    var changes: [TreeChange] = []

    /// Reports the two sides of the prefix itself, as far as they are no folders.
    mutating func compareEntries(_ old: TreeEntry?, _ new: TreeEntry?) {
      let oldFile = old.flatMap { $0.mode.isTree ? nil : $0 }
      let newFile = new.flatMap { $0.mode.isTree ? nil : $0 }
      guard oldFile != newFile else { return }
      changes.append(TreeChange(path: String(decoding: prefix, as: UTF8.self), old: oldFile, new: newFile))
    }

    mutating func compare(_ old: ObjectID?, _ new: ObjectID?, depth: Int) throws {
      guard old != new else { return }
      guard depth < maximumDepth else { throw GitError(.corrupt, "folders nest deeper than \(maximumDepth)") }
      try trees.withTree(old ?? .emptyTree) { oldBytes in
        try trees.withTree(new ?? .emptyTree) { newBytes in
          try compare(TreeCursor(oldBytes), TreeCursor(newBytes), depth)
        }
      }
    }

    private mutating func compare(_ old: TreeCursor, _ new: TreeCursor, _ depth: Int) throws {
      var (old, new) = (old, new)
      TreeCursor.skipShared(&old, &new)
      var (left, right) = (try old.next(), try new.next())
      while left != nil || right != nil {
        let order = left.map { left in right.map { TreeCursor.Item.compare(left, $0) } ?? -1 } ?? 1
        let (first, second) = (order <= 0 ? left : nil, order >= 0 ? right : nil)
        try visit(first, second, depth)
        if order == 0 { TreeCursor.skipShared(&old, &new) }
        if first != nil { left = try old.next() }
        if second != nil { right = try new.next() }
      }
    }

    /// Two entries that git orders alike: one name, and both folders or neither.
    private mutating func visit(_ old: TreeCursor.Item?, _ new: TreeCursor.Item?, _ depth: Int) throws {
      guard let item = old ?? new, old?.entry != new?.entry else { return }
      if item.entry.mode.isTree, !enters(depth, item.name) { return }
      let length = prefix.count
      prefix.append(contentsOf: item.name)
      if item.entry.mode.isTree {
        prefix.append(UInt8(ascii: "/"))
        try compare(old?.entry.id, new?.entry.id, depth: depth + 1)
      } else {
        let path = String(decoding: prefix, as: UTF8.self)
        changes.append(TreeChange(path: path, old: old?.entry, new: new?.entry))
      }
      prefix.removeSubrange(length...)
    }
  }
}
