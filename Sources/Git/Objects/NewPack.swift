import Clibgit2
import Crypto

/// Many new objects as one pack: one file and its index, flushed once.
struct NewPack {
  private let objects: [NewObject]

  init(_ objects: [NewObject]) { self.objects = objects }

  /// Stores the pack; libgit2 checks and indexes it, and moves both into their place when they are whole.
  func store(in database: ObjectDatabase) throws {
    let bytes = try bytes()
    // git flushes packs unless it is told not to; libgit2 does when it is told to.
    kpi_git_set_fsync(1)
    var found: UnsafeMutablePointer<git_odb_writepack>?
    try check(git_odb_write_pack(&found, database.handle, nil, nil), "a new pack")
    guard let found else { throw GitError(.generic, "no new pack") }
    defer { found.pointee.free?(found) }
    var progress = git_indexer_progress()
    try bytes.withUnsafeBytes { buffer in
      _ = try check(found.pointee.append?(found, buffer.baseAddress, buffer.count, &progress) ?? -1, "a new pack")
    }
    try check(found.pointee.commit?(found, &progress) ?? -1, "a new pack")
  }

  /// The pack as git's `pack-format` describes it: version 2, whole objects only.
  private func bytes() throws -> [UInt8] {
    var pack = Array("PACK".utf8)
    for number in [2, UInt32(objects.count)] { withUnsafeBytes(of: number.bigEndian) { pack += $0 } }
    for (object, deflated) in zip(objects, try Deflating.deflated(all: objects.map(\.bytes))) {
      pack += Self.head(object) + deflated
    }
    return pack + Insecure.SHA1.hash(data: pack)
  }

  /// Kind and size: four bits of it, then seven bits a byte.
  private static func head(_ object: NewObject) -> [UInt8] {
    let kind = UInt8(truncatingIfNeeded: object.kind.type.rawValue)
    var rest = object.bytes.count >> 4
    var head = [kind << 4 | UInt8(object.bytes.count & 0xF)]
    while rest > 0 {
      head[head.count - 1] |= 0x80
      head.append(UInt8(rest & 0x7F))
      rest >>= 7
    }
    return head
  }
}
