import Clibgit2
import Glibc

/// What the file system says of a file without opening it: enough to see later whether it was touched.
public struct FileStamp: Hashable, Sendable {
  /// A moment as the index stores it; seconds are cut to 32 bits.
  struct Moment: Hashable, Comparable, Sendable {
    let seconds: UInt32
    let nanoseconds: UInt32

    static func < (left: Moment, right: Moment) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Equality as far as both know: some programs leave nanoseconds out.
    func agrees(with other: Moment) -> Bool {
      seconds == other.seconds && (nanoseconds == other.nanoseconds || nanoseconds == 0 || other.nanoseconds == 0)
    }
  }

  let modified: Moment
  let changed: Moment
  let device: UInt32
  let inode: UInt32
  let user: UInt32
  let group: UInt32
  /// In bytes, cut to 32 bits as the index stores it.
  let size: UInt32
  /// As the file system has it: kind and permissions.
  let fileSystemMode: UInt32

  init(_ status: stat) {
    modified = Moment(
      seconds: UInt32(truncatingIfNeeded: status.st_mtim.tv_sec),
      nanoseconds: UInt32(truncatingIfNeeded: status.st_mtim.tv_nsec))
    changed = Moment(
      seconds: UInt32(truncatingIfNeeded: status.st_ctim.tv_sec),
      nanoseconds: UInt32(truncatingIfNeeded: status.st_ctim.tv_nsec))
    device = UInt32(truncatingIfNeeded: status.st_dev)
    inode = UInt32(truncatingIfNeeded: status.st_ino)
    user = status.st_uid
    group = status.st_gid
    size = UInt32(truncatingIfNeeded: status.st_size)
    fileSystemMode = status.st_mode
  }

  /// Reads the ten numbers of an index entry.
  init(indexEntryAt offset: Int, of bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt32 {
      UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
    }
    changed = Moment(seconds: word(0), nanoseconds: word(1))
    modified = Moment(seconds: word(2), nanoseconds: word(3))
    (device, inode, fileSystemMode, user, group, size) = (word(4), word(5), word(6), word(7), word(8), word(9))
  }

  /// Whether the file is, as far as these numbers can tell, the one that the other stamp was taken of.
  func agrees(with other: FileStamp) -> Bool {
    size == other.size && inode == other.inode && modified.agrees(with: other.modified)
      && changed.agrees(with: other.changed)
  }

  /// What git would record as its mode; nil for what is neither a file nor a link.
  var mode: FileMode? {
    switch fileSystemMode & 0o170000 {
    case 0o100000: fileSystemMode & 0o100 == 0 ? .file : .executable
    case 0o120000: .symbolicLink
    default: nil
    }
  }

  /// The index entry for a file of this stamp.
  func fill(_ entry: inout git_index_entry) {
    entry.ctime = git_index_time(seconds: Int32(bitPattern: changed.seconds), nanoseconds: changed.nanoseconds)
    entry.mtime = git_index_time(seconds: Int32(bitPattern: modified.seconds), nanoseconds: modified.nanoseconds)
    (entry.dev, entry.ino, entry.uid, entry.gid, entry.file_size) = (device, inode, user, group, size)
  }
}
