import Glibc

/// Finds paths in trees, each folder read once: for many questions about few trees. For one thread.
///
/// What a question costs does not grow with the number of entries in the folders on the way.
public final class TreeLookup {
  private let objects: ObjectDatabase
  private var folders: [Folder: ObjectID?] = [:]
  private var indexes: [ObjectID: Index] = [:]

  private struct Folder: Hashable {
    let tree: ObjectID
    let path: String
  }

  /// A folder's bytes, with the places of its entries.
  private struct Index {
    let bytes: [UInt8]
    let places: [Int]
    /// Whether they are in git's order, as a tree's that git or we have made.
    let isSorted: Bool
  }

  /// Finds paths in the trees of a database.
  public init(_ objects: ObjectDatabase) { self.objects = objects }

  /// What a tree has at a path; nil where there is nothing.
  public func entry(at path: String, in tree: ObjectID) throws -> TreeEntry? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return try entry(named: path[...], in: tree) }
    guard let folder = try folder(String(path[..<slash]), in: tree) else { return nil }
    return try entry(named: path[path.utf8.index(after: slash)...], in: folder)
  }

  private func folder(_ path: String, in tree: ObjectID) throws -> ObjectID? {
    let folder = Folder(tree: tree, path: path)
    if let known = folders[folder] { return known }
    let found = try entry(at: path, in: tree).flatMap { $0.mode.isTree ? $0.id : nil }
    folders[folder] = .some(found)
    return found
  }

  private func entry(named name: Substring, in tree: ObjectID) throws -> TreeEntry? {
    let index = try index(of: tree)
    var name = name
    return try name.withUTF8 { name in
      let wanted = UnsafeRawBufferPointer(name)
      return try index.bytes.withUnsafeBytes { bytes in
        // A folder's name is ordered as if it ended in a slash.
        if let file = try Self.find(wanted, isTree: false, index, bytes) { return file }
        return try Self.find(wanted, isTree: true, index, bytes)
      }
    }
  }

  private static func find(
    _ name: UnsafeRawBufferPointer, isTree: Bool, _ index: Index, _ bytes: UnsafeRawBufferPointer
  ) throws -> TreeEntry? {
    guard index.isSorted else {
      var cursor = TreeCursor(bytes)
      while let item = try cursor.next() {
        if item.name.elementsEqual(name) { return item.entry }
      }
      return nil
    }
    var (low, high) = (0, index.places.count)
    while low < high {
      let middle = (low + high) / 2
      var cursor = TreeCursor(UnsafeRawBufferPointer(rebasing: bytes[index.places[middle]...]))
      guard let item = try cursor.next() else { return nil }
      let order = TreeCursor.Item.compare(item.name, item.entry.mode.isTree, name, isTree)
      if order == 0 { return item.entry.mode.isTree == isTree ? item.entry : nil }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func index(of tree: ObjectID) throws -> Index {
    if let known = indexes[tree] { return known }
    let index = try objects.withTree(tree) { bytes in
      var (cursor, places) = (TreeCursor(bytes), [Int]())
      places.reserveCapacity(bytes.count / 32)
      var (place, last, isSorted): (Int, TreeCursor.Item?, Bool) = (0, nil, true)
      while let item = try cursor.next() {
        if let last, TreeCursor.Item.compare(last, item) >= 0 { isSorted = false }
        last = item
        places.append(place)
        place = cursor.place
      }
      return Index(bytes: [UInt8](bytes), places: places, isSorted: isSorted)
    }
    indexes[tree] = index
    return index
  }
}
