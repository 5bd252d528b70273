import Git

/// Finds where watched paths differ between two trees, opening only the folders on the way to them that differ.
///
/// What a folder holds is remembered from one question to the next, as a walk from commit to commit needs it. For one
/// thread.
final class PathWatch {
  /// A name on the way to a watched path.
  private final class Node {
    let name: String
    let path: String
    var isWatched = false
    var children: [Node] = []
    /// What the last trees had under the children's names.
    private var recent: [(tree: ObjectID, entries: [TreeEntry?])] = []

    init(_ name: String, at path: String) {
      self.name = name
      self.path = path
    }

    func child(_ name: String) -> Node {
      if let known = children.first(where: { $0.name == name }) { return known }
      let child = Node(name, at: path.isEmpty ? name : path + "/" + name)
      children.append(child)
      return child
    }

    func entries(in tree: ObjectID?, _ objects: ObjectDatabase) throws -> [TreeEntry?] {
      guard let tree else { return children.map { _ in nil } }
      if let known = recent.first(where: { $0.tree == tree }) { return known.entries }
      let entries = try children.map { try objects.entry(at: $0.name, in: tree) }
      if recent.count > 1 { recent.removeFirst() }
      recent.append((tree, entries))
      return entries
    }
  }

  private let objects: ObjectDatabase
  private let trees: RecentTrees
  private let root = Node("", at: "")
  var isOfEverything: Bool { root.isWatched }

  /// - Parameter paths: files, or folders with all that is in them; nil watches everything.
  init(_ paths: [String]?, in objects: ObjectDatabase) {
    self.objects = objects
    trees = RecentTrees(objects)
    root.isWatched = paths == nil
    for path in paths ?? [] {
      path.split(separator: "/").reduce(root) { $0.child(String($1)) }.isWatched = true
    }
  }

  /// The watched files in which two trees differ, in the order of their paths; nil is no tree.
  func changes(_ old: ObjectID?, _ new: ObjectID?) throws -> [TreeChange] {
    var changes: [TreeChange] = []
    if root.isWatched {
      changes = try TreeDiff.between(old, new, in: "", remembering: trees) { _, _ in true }
    } else {
      try compare(old, new, root, (old, new), &changes)
      changes.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
    return changes.filter(\.isOfFile)
  }

  private func compare(
    _ old: ObjectID?, _ new: ObjectID?, _ node: Node, _ roots: (old: ObjectID?, new: ObjectID?),
    _ changes: inout [TreeChange]
  ) throws {
    guard old != new else { return }
    let (before, after) = (try node.entries(in: old, objects), try node.entries(in: new, objects))
    for (index, child) in node.children.enumerated() where before[index] != after[index] {
      if child.isWatched {
        changes += try TreeDiff.between(roots.old, roots.new, under: child.path, in: objects)
      } else {
        try compare(folder(before[index]), folder(after[index]), child, roots, &changes)
      }
    }
  }

  private func folder(_ entry: TreeEntry?) -> ObjectID? {
    entry.flatMap { $0.mode.isTree ? $0.id : nil }
  }
}

extension TreeChange {
  /// Whether a file is there, or was.
  var isOfFile: Bool { old?.mode.isBlob ?? new?.mode.isBlob ?? false }
}
