/// The folders that were opened last: a walk from commit to commit meets most of them twice, as the new side of one
/// comparison and the old side of the next. For one thread.
public final class RecentTrees {
  private let objects: ObjectDatabase
  private let limit: Int
  /// Bytes of a folder beyond which it is read each time: what is kept stays within some megabytes.
  private static let largestKept = 1 << 20
  private var kept: [(id: ObjectID, bytes: [UInt8])] = []

  /// - Parameter limit: how many folders are kept; with 0 they are read each time
  public init(_ objects: ObjectDatabase, limit: Int = 12) {
    self.objects = objects
    self.limit = limit
  }

  func withTree<Result>(_ id: ObjectID, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    guard limit > 0 else { return try objects.withTree(id, body) }
    if let place = kept.lastIndex(where: { $0.id == id }) { return try kept[place].bytes.withUnsafeBytes(body) }
    let bytes = try objects.withTree(id) { [UInt8]($0) }
    guard bytes.count <= Self.largestKept else { return try bytes.withUnsafeBytes(body) }
    if kept.count >= limit { kept.removeFirst() }
    kept.append((id, bytes))
    return try bytes.withUnsafeBytes(body)
  }

  /// A folder's id by its name in a tree; nil where there is no such folder.
  func folder(named name: some StringProtocol, in tree: ObjectID) throws -> ObjectID? {
    try withTree(tree) { bytes in
      var cursor = TreeCursor(bytes)
      while let item = try cursor.next() {
        if item.entry.mode.isTree, item.name.elementsEqual(name.utf8) { return item.entry.id }
      }
      return nil
    }
  }
}
