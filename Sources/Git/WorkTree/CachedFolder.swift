/// A folder's tree id as git noted it in the index (its `TREE` extension), so that a comparison with a commit need not
/// open what has not changed.
struct CachedFolder: Sendable {
  /// Nil where something in the folder has changed since.
  let tree: ObjectID?
  let children: [[UInt8]: CachedFolder]

  /// Reads the extension; nil when it cannot be read, which costs time and no more.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    guard let root = Self.read(bytes, &offset, depth: 0) else { return nil }
    self = root.folder
  }

  private init(tree: ObjectID?, children: [[UInt8]: CachedFolder]) {
    self.tree = tree
    self.children = children
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, depth: Int
  ) -> (name: [UInt8], folder: CachedFolder)? {
    guard depth < TreeDiff.maximumDepth, let name = field(bytes, &offset, 0),
      let count = field(bytes, &offset, UInt8(ascii: " ")).flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
      let folders = field(bytes, &offset, 10).flatMap({ Int(String(decoding: $0, as: UTF8.self)) })
    else { return nil }
    var tree: ObjectID?
    if count >= 0 {
      guard offset + ObjectID.byteCount <= bytes.count else { return nil }
      tree = ObjectID(at: offset, of: bytes)
      offset += ObjectID.byteCount
    }
    var children: [[UInt8]: CachedFolder] = [:]
    for _ in 0..<max(0, folders) {
      guard let child = read(bytes, &offset, depth: depth + 1) else { return nil }
      children[child.name] = child.folder
    }
    return (name, CachedFolder(tree: tree, children: children))
  }

  private static func field(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int, _ end: UInt8) -> [UInt8]? {
    guard let stop = bytes[offset...].firstIndex(of: end) else { return nil }
    defer { offset = stop + 1 }
    return [UInt8](bytes[offset..<stop])
  }
}
