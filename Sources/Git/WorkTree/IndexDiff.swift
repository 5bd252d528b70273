/// Where the index differs from a tree: what has been staged.
struct IndexDiff {
  private let view: IndexFile.View
  private let objects: ObjectDatabase
  private var found: [String: TreeEntry?] = [:]

  /// The paths in which the index differs from a tree, each with the tree's side; nil: the tree has none. Folders whose
  /// tree git has noted in the index are compared by id and not opened.
  static func paths(
    _ index: IndexFile, _ view: IndexFile.View, tree: ObjectID?, in objects: ObjectDatabase
  ) throws -> [String: TreeEntry?] {
    var diff = IndexDiff(view: view, objects: objects)
    try diff.compare(tree, view.entries.indices, index.folders, prefix: 0, depth: 0)
    return diff.found
  }

  private init(view: IndexFile.View, objects: ObjectDatabase) {
    self.view = view
    self.objects = objects
  }

  /// Compares a folder: `range` are the index's entries in it, whose names in it start at `prefix`.
  private mutating func compare(
    _ tree: ObjectID?, _ range: Range<Int>, _ cached: CachedFolder?, prefix: Int, depth: Int
  ) throws {
    if let tree, cached?.tree == tree { return }
    guard depth < TreeDiff.maximumDepth else { throw GitError(.corrupt, "folders nest too deep") }
    let folder = range.first.map { String(decoding: view.name(view.entries[$0]).prefix(prefix), as: UTF8.self) } ?? ""
    try objects.withTree(tree ?? .emptyTree) { bytes in
      var (cursor, rest) = (TreeCursor(bytes), range)
      var item = try cursor.next()
      while item != nil || !rest.isEmpty {
        let group = group(rest, prefix)
        let order = compare(item, group)
        let known = order <= 0 ? item : nil
        if order >= 0, let group {
          try visit(known, group, cached, prefix, depth)
          rest = group.range.upperBound..<rest.upperBound
        } else if let known {
          try remove(known.entry, folder + String(decoding: known.name, as: UTF8.self))
        }
        if known != nil { item = try cursor.next() }
      }
    }
  }

  /// The first name among entries, with all entries of that name: one file, its sides in a conflict, or a folder.
  private struct Group {
    let name: UnsafeRawBufferPointer
    let isFolder: Bool
    let range: Range<Int>
  }

  private func group(_ range: Range<Int>, _ prefix: Int) -> Group? {
    guard let first = range.first else { return nil }
    let path = view.name(view.entries[first])
    let rest = UnsafeRawBufferPointer(rebasing: path[prefix...])
    let slash = rest.firstIndex(of: UInt8(ascii: "/"))
    let name = UnsafeRawBufferPointer(rebasing: rest[..<(slash ?? rest.count)])
    let shared = UnsafeRawBufferPointer(rebasing: path[..<(prefix + name.count + (slash == nil ? 0 : 1))])
    var (low, high) = (first + 1, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      let other = view.name(view.entries[middle])
      let belongs =
        slash == nil ? other.count == shared.count && other.elementsEqual(shared) : other.starts(with: shared)
      if belongs { low = middle + 1 } else { high = middle }
    }
    return Group(name: name, isFolder: slash != nil, range: first..<low)
  }

  private func compare(_ item: TreeCursor.Item?, _ group: Group?) -> Int {
    guard let item else { return 1 }
    guard let group else { return -1 }
    return TreeCursor.Item.compare(item.name, item.entry.mode.isTree, group.name, group.isFolder)
  }

  private mutating func visit(
    _ item: TreeCursor.Item?, _ group: Group, _ cached: CachedFolder?, _ prefix: Int, _ depth: Int
  ) throws {
    if group.isFolder {
      let child = cached?.children[[UInt8](group.name)]
      try compare(item?.entry.id, group.range, child, prefix: prefix + group.name.count + 1, depth: depth + 1)
      return
    }
    let entry = view.entries[group.range.lowerBound]
    let staged = entry.stage == 0 && !entry.isIntent ? view.treeEntry(entry) : nil
    if staged == nil || staged != item?.entry { found[view.path(entry)] = .some(item?.entry) }
  }

  /// What the tree has at a path and the index has not.
  private mutating func remove(_ entry: TreeEntry, _ path: String) throws {
    guard entry.mode.isTree else {
      found[path] = .some(entry)
      return
    }
    for file in try objects.files(in: entry.id) { found[path + "/" + file.path] = .some(file.entry) }
  }
}
