/// Makes a new tree from a base and a set of changed paths, writing only the folders that change.
public enum TreeWriter {
  /// Writes the tree that differs from a base in the given paths.
  ///
  /// A path set to nil is removed, with everything below it where it is a folder; removing what is not there is no
  /// error. A file takes the place of a folder of its name and the other way round. Folders left empty disappear.
  /// - Parameters:
  ///   - base: the tree to start from; nil for none
  ///   - changes: by path, parts joined by `/`: the blob (or tree) to put there, or nil
  /// - Returns: the tree's id; the empty tree where nothing is left
  /// - Throws: `.invalid` for a path that git does not allow, or that is set and lies below another one that is set
  public static func write(
    base: ObjectID?, changes: [String: TreeEntry?], to objects: ObjectDatabase
  ) throws -> ObjectID {
    let sorted = try changes.map { Change(path: try validated($0.key), entry: $0.value) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    if sorted.isEmpty, let base { return base }
    let written = try Folder(objects: objects).write(base: base, changes: sorted[...], at: 0)
    return try written ?? emptyTree(in: objects)
  }

  /// Writes a folder of exactly these entries, each a name and what it stands for.
  /// - Throws: `.invalid` for a name that git does not allow
  public static func write(entries: [String: TreeEntry], to objects: ObjectDatabase) throws -> ObjectID {
    if let name = entries.keys.first(where: { $0.utf8.contains(UInt8(ascii: "/")) }) {
      throw GitError(.invalid, "\(name) is no name in a folder")
    }
    return try write(base: nil, changes: entries.mapValues { $0 }, to: objects)
  }

  /// The empty tree's id, stored if it was not.
  private static func emptyTree(in objects: ObjectDatabase) throws(GitError) -> ObjectID {
    try objects.write(.tree, UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// A path's bytes with its parts separated by NUL, so that sorting keeps what is below a name next to it.
  private static func validated(_ path: String) throws(GitError) -> [UInt8] {
    let isValid = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && !part.contains(0) && !forbidden.contains(String(decoding: part, as: UTF8.self).lowercased())
    }
    guard isValid else { throw GitError(.invalid, "\(path) is no path that git allows") }
    return path.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
  }

  private static let forbidden: Set<String> = [".", "..", ".git", "git~1"]

  private struct Change {
    /// Parts separated by NUL.
    let path: [UInt8]
    let entry: TreeEntry?

    var text: String { String(decoding: path.map { $0 == 0 ? UInt8(ascii: "/") : $0 }, as: UTF8.self) }
  }

  private struct Item {
    let name: [UInt8]
    let entry: TreeEntry

    static func precedes(_ left: Item, _ right: Item) -> Bool {
      left.name.withUnsafeBytes { leftName in
        right.name.withUnsafeBytes { rightName in
          TreeCursor.Item.compare(leftName, left.entry.mode.isTree, rightName, right.entry.mode.isTree) < 0
        }
      }
    }
  }

  private struct Folder {
    let objects: ObjectDatabase

    /// Writes one folder; nil when nothing is left in it. `offset` is where its names start in the changes' paths.
    func write(base: ObjectID?, changes: ArraySlice<Change>, at offset: Int) throws -> ObjectID? {
      var replaced: [[UInt8]: TreeEntry?] = [:]
      let items = try base.map { try existing($0) } ?? []
      let known = Dictionary(items.map { ($0.name, $0.entry) }, uniquingKeysWith: { first, _ in first })
      var rest = changes
      while let first = rest.first {
        let name = Array(first.path[offset...].prefix { $0 != 0 })
        let end = rest.firstIndex { !$0.path[offset...].starts(with: name) || !isPart($0, offset + name.count) }
        let group = rest[..<(end ?? rest.endIndex)]
        rest = rest[group.endIndex...]
        replaced[name] = .some(try entry(for: group, at: offset + name.count, known: known[name]))
      }
      var result = items.filter { replaced[$0.name] == nil }
      for (name, entry) in replaced { if let entry { result.append(Item(name: name, entry: entry)) } }
      guard !result.isEmpty else { return nil }
      return try store(result.sorted(by: Item.precedes))
    }

    /// Whether a change's name ends at that offset: there the path ends or another part follows.
    private func isPart(_ change: Change, _ offset: Int) -> Bool {
      change.path.count == offset || change.path[offset] == 0
    }

    /// What becomes of one name: `group` holds the changes at it and below it, `end` is where the name ends.
    private func entry(for group: ArraySlice<Change>, at end: Int, known: TreeEntry?) throws -> TreeEntry? {
      guard let own = group.first, own.path.count == end else {
        let puts = group.contains { $0.entry != nil }
        guard known?.mode.isTree == true || puts else { return known }
        return try folder(base: known?.mode.isTree == true ? known?.id : nil, changes: group, at: end + 1)
      }
      let below = group.dropFirst()
      let puts = below.contains { $0.entry != nil }
      if own.entry != nil, puts {
        throw GitError(.invalid, "\(own.text) cannot be a file and a folder")
      }
      return puts ? try folder(base: nil, changes: below, at: end + 1) : own.entry
    }

    private func folder(base: ObjectID?, changes: ArraySlice<Change>, at offset: Int) throws -> TreeEntry? {
      try write(base: base, changes: changes, at: offset).map { TreeEntry(id: $0, mode: .tree) }
    }

    private func existing(_ id: ObjectID) throws -> [Item] {
      try objects.withTree(id) { bytes in
        var (cursor, items) = (TreeCursor(bytes), [Item]())
        while let item = try cursor.next() { items.append(Item(name: [UInt8](item.name), entry: item.entry)) }
        return items
      }
    }

    private func store(_ items: [Item]) throws -> ObjectID {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(items.count * 48)
      for item in items {
        bytes.append(contentsOf: String(item.entry.mode.rawValue, radix: 8).utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: item.name)
        bytes.append(0)
        bytes.append(contentsOf: item.entry.id.bytes)
      }
      return try bytes.withUnsafeBytes { try objects.write(.tree, $0) }
    }
  }
}
