/// Goes through what a tree has that another one has not, folder by folder, and never through what both have.
///
/// Unlike ``TreeDiff`` it shows folders too, trusts no tree to be well made, and goes only where it is told to: for trees
/// that anybody may have sent.
public struct NewEntries {
  /// A name in a folder that the old tree has not, or has otherwise.
  public struct Entry {
    /// From the root, parts joined by `/`. Bytes that are not UTF-8 are replaced.
    public let path: String
    /// The last part of the path.
    public let name: String
    /// What is there now.
    public let new: TreeEntry
    /// What was there; nil where nothing of that name was.
    public let old: TreeEntry?
    /// How many names the path has.
    public let depth: Int
  }

  /// A folder whose bytes are not what git would write: out of order, a name twice or with a slash in it, or no tree at
  /// all.
  public struct Malformed: Error {
    /// The folder's path.
    public let path: String
  }

  private let trees: RecentTrees
  private var prefix: [UInt8] = []

  /// - Parameter trees: what is remembered from one comparison to the next
  public init(remembering trees: RecentTrees) { self.trees = trees }

  /// Shows each new entry, a folder before what is in it.
  /// - Parameters:
  ///   - old: a tree; nil for none
  ///   - new: a tree
  ///   - opens: asked before a new folder is read
  ///   - visit: shown an entry; says whether to go into it, where it is a folder
  /// - Throws: `Malformed`; what the closures throw
  public mutating func visit(
    from old: ObjectID?, to new: ObjectID, opens: (_ tree: ObjectID, _ path: String) throws -> Bool,
    _ visit: (Entry) throws -> Bool
  ) throws {
    prefix = []
    try walk(old, new, 1, opens, visit)
  }

  private mutating func walk(
    _ old: ObjectID?, _ new: ObjectID, _ depth: Int, _ opens: (ObjectID, String) throws -> Bool,
    _ visit: (Entry) throws -> Bool
  ) throws {
    guard old != new, try opens(new, text) else { return }
    var folders: [(name: [UInt8], old: ObjectID?, new: ObjectID)] = []
    try trees.withTree(old ?? .emptyTree) { oldBytes in
      try trees.withTree(new) { newBytes in
        var (before, after) = (TreeCursor(oldBytes), TreeCursor(newBytes))
        var known = try before.next()
        var order = Order()
        while case let place = after.place, let item = try next(&after) {
          guard order.allows(item), newBytes[place] != UInt8(ascii: "0"), !item.name.contains(UInt8(ascii: "/")) else {
            throw Malformed(path: text)
          }
          while let passed = known, TreeCursor.Item.compare(passed, item) < 0 { known = try before.next() }
          let same = known.flatMap { TreeCursor.Item.compare($0, item) == 0 ? $0.entry : nil }
          guard same != item.entry else { continue }
          let length = prefix.count
          if length > 0 { prefix.append(UInt8(ascii: "/")) }
          prefix.append(contentsOf: item.name)
          let entry = Entry(
            path: text, name: String(decoding: item.name, as: UTF8.self), new: item.entry, old: same, depth: depth)
          prefix.removeSubrange(length...)
          guard try visit(entry), item.entry.mode.isTree else { continue }
          folders.append(([UInt8](item.name), same?.id, item.entry.id))
        }
      }
    }
    for folder in folders {
      let length = prefix.count
      if length > 0 { prefix.append(UInt8(ascii: "/")) }
      prefix += folder.name
      try walk(folder.old, folder.new, depth + 1, opens, visit)
      prefix.removeSubrange(length...)
    }
  }

  private var text: String { String(decoding: prefix, as: UTF8.self) }

  private func next(_ cursor: inout TreeCursor) throws -> TreeCursor.Item? {
    do { return try cursor.next() } catch { throw Malformed(path: text) }
  }

  /// Whether a folder's names come in git's order, each once.
  private struct Order {
    private var last: TreeCursor.Item?
    /// Files whose name a folder may still have that comes later, since a folder's name is ordered as if it ended in `/`.
    private var files: [UnsafeRawBufferPointer] = []

    mutating func allows(_ item: TreeCursor.Item) -> Bool {
      if let last, TreeCursor.Item.compare(last, item) >= 0 { return false }
      last = item
      while let file = files.last, !item.name.starts(with: file) { files.removeLast() }
      guard item.entry.mode.isTree else {
        files.append(item.name)
        return true
      }
      return files.last.map { $0.count != item.name.count } ?? true
    }
  }
}
