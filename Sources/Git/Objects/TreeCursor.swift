import Glibc

/// Goes through the entries of a tree object's bytes without copying them.
///
/// An entry is `<mode in octal> <name>\0<20 bytes of id>`. The names point into the bytes and live as long as they.
struct TreeCursor {
  struct Item {
    let name: UnsafeRawBufferPointer
    let entry: TreeEntry

    /// How git orders entries: by the bytes of their names, a folder's name as if it ended in `/`.
    static func compare(_ left: Item, _ right: Item) -> Int {
      compare(left.name, left.entry.mode.isTree, right.name, right.entry.mode.isTree)
    }

    static func compare(
      _ left: UnsafeRawBufferPointer, _ leftIsTree: Bool, _ right: UnsafeRawBufferPointer, _ rightIsTree: Bool
    ) -> Int {
      let shared = min(left.count, right.count)
      if shared > 0, let leftBase = left.baseAddress, let rightBase = right.baseAddress {
        let order = memcmp(leftBase, rightBase, shared)
        if order != 0 { return Int(order) }
      }
      return Int(byte(left, shared, leftIsTree)) - Int(byte(right, shared, rightIsTree))
    }

    private static func byte(_ name: UnsafeRawBufferPointer, _ index: Int, _ isTree: Bool) -> UInt8 {
      index < name.count ? name[index] : isTree ? UInt8(ascii: "/") : 0
    }
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  /// Where the next entry begins.
  var place: Int { offset }

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Goes past the entries that two trees both have next: most folders of two versions differ in one entry of many.
  static func skipShared(_ one: inout TreeCursor, _ other: inout TreeCursor) {
    let (left, right) = (one.rest, other.rest)
    let shared = lengthShared(left, right)
    var end = 0
    while end < shared, let base = left.baseAddress, let found = memchr(base + end, 0, shared - end) {
      let next = UnsafeRawPointer(found) - base + 1 + ObjectID.byteCount
      guard next <= shared else { break }
      end = next
    }
    one.offset += end
    other.offset += end
  }

  private var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset...]) }

  /// How many bytes are alike at the beginning.
  private static func lengthShared(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
    let shorter = min(one.count, other.count)
    var index = 0
    while index + 8 <= shorter {
      let left = one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard left == other.loadUnaligned(fromByteOffset: index, as: UInt64.self) else { break }
      index += 8
    }
    while index < shorter, one[index] == other[index] { index += 1 }
    return index
  }

  /// The next entry; nil at the end.
  /// - Throws: `.corrupt` when the bytes are no tree
  mutating func next() throws(GitError) -> Item? {
    guard offset < bytes.count else { return nil }
    let start = offset
    var (mode, index): (UInt32, Int) = (0, start)
    while index < bytes.count, bytes[index] &- 48 < 8, index - start < 7 {
      mode = mode << 3 | UInt32(bytes[index] - 48)
      index += 1
    }
    guard index > start, index < bytes.count, bytes[index] == UInt8(ascii: " ") else { throw Self.fault }
    let name = index + 1
    guard let end = endOfName(from: name), end > name, end + ObjectID.byteCount < bytes.count else { throw Self.fault }
    offset = end + 1 + ObjectID.byteCount
    let id = ObjectID(at: end + 1, of: bytes)
    return Item(
      name: UnsafeRawBufferPointer(rebasing: bytes[name..<end]),
      entry: TreeEntry(id: id, mode: FileMode(rawValue: mode)))
  }

  private func endOfName(from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  private static var fault: GitError { GitError(.corrupt, "a tree's entries cannot be read") }
}
