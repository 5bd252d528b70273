import Glibc

/// The index as it stands on the disk: the paths that git follows, in order, each with the blob and the stamp that the
/// file had when it was last seen equal to it.
///
/// Read here and not through libgit2, because looking for changes in a large work tree needs only a few bytes of each
/// entry, from several threads; changing it is libgit2's (``IndexUpdate``). Versions 2 to 4.
struct IndexFile: Sendable {
  /// Where an entry and its path are.
  struct Entry: Sendable {
    fileprivate(set) var fixed: Int
    fileprivate(set) var name: Range<Int>
    fileprivate(set) var flags: UInt16
    fileprivate(set) var extendedFlags: UInt16

    /// 0, or 1 to 3 while a merge of git's own is unfinished.
    var stage: Int { Int(flags >> 12 & 3) }
    /// The user has told git not to look at the file: assume-unchanged, or outside a sparse checkout.
    var isUnwatched: Bool { flags & 0x8000 != 0 || extendedFlags & 0x4000 != 0 }
    /// `git add --intent-to-add`: nothing is recorded yet.
    var isIntent: Bool { extendedFlags & 0x2000 != 0 }
  }

  private(set) var entries: [Entry] = []
  /// The folders whose tree ids git knew when it wrote the index; nil when it knew none.
  private(set) var folders: CachedFolder?
  /// When the file was written. An entry as new as that may have been changed since without a trace.
  private(set) var written = FileStamp.Moment(seconds: 0, nanoseconds: 0)
  private var bytes: [UInt8] = []
  /// Paths of version 4, written out, each with a NUL behind it; otherwise they are in `bytes`.
  private var names: [UInt8]?

  /// An index without entries, as that of a new repository.
  init() {}

  /// Reads the file; without one the index is empty.
  /// - Throws: `.corrupt`; `.invalid` for a form that only newer git knows (a split or sparse index)
  init(path: String) throws(GitError) {
    guard let (bytes, status) = try FileSystem.read(path) else { return }
    self.bytes = bytes
    written = status.modified
    let result = Result { () throws(GitError) in try parse() }
    try result.get()
  }

  /// Calls the closure with the bytes that the entries point into.
  func withView<Result>(_ body: (View) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes { fixed in
      try (names ?? []).withUnsafeBytes { names in
        try body(View(entries: entries, fixed: fixed, names: self.names == nil ? fixed : names, written: written))
      }
    }
  }

  /// The entries with what they point to, for as long as a closure runs.
  struct View: @unchecked Sendable {
    let entries: [Entry]
    fileprivate let fixed: UnsafeRawBufferPointer
    fileprivate let names: UnsafeRawBufferPointer
    fileprivate let written: FileStamp.Moment

    func name(_ entry: Entry) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: names[entry.name]) }
    func path(_ entry: Entry) -> String { String(decoding: names[entry.name], as: UTF8.self) }
    func stamp(_ entry: Entry) -> FileStamp { FileStamp(indexEntryAt: entry.fixed, of: fixed) }
    func treeEntry(_ entry: Entry) -> TreeEntry {
      let mode = UInt32(bigEndian: fixed.loadUnaligned(fromByteOffset: entry.fixed + 24, as: UInt32.self))
      return TreeEntry(id: ObjectID(at: entry.fixed + 40, of: fixed), mode: FileMode(rawValue: mode))
    }
    /// Whether the file may have changed after its stamp was taken without the stamp showing it.
    func isRacy(_ stamp: FileStamp) -> Bool {
      stamp.modified.nanoseconds == 0 ? stamp.modified.seconds >= written.seconds : stamp.modified >= written
    }

    /// The position of a path, or of the first one behind it.
    func position(of path: UnsafeRawBufferPointer) -> Int {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        let order = TreeCursor.Item.compare(name(entries[middle]), false, path, false)
        if order < 0 { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// The entry of a path that is not in conflict; nil when there is none.
    func entry(at path: String) -> Entry? {
      var path = path
      return path.withUTF8 { text in
        let wanted = UnsafeRawBufferPointer(text)
        let index = position(of: wanted)
        guard index < entries.count, entries[index].stage == 0,
          TreeCursor.Item.compare(name(entries[index]), false, wanted, false) == 0
        else { return nil }
        return entries[index]
      }
    }
  }

  // MARK: Reading

  private static func fault(_ what: String) -> GitError { GitError(.corrupt, "the index cannot be read: \(what)") }

  private mutating func parse() throws(GitError) {
    let parsed = bytes.withUnsafeBytes { buffer in
      Result { () throws(GitError) in try Parser(bytes: buffer).parse() }
    }
    (entries, folders, names) = try parsed.get()
  }

  private struct Parser {
    let bytes: UnsafeRawBufferPointer
    var offset = 12
    var end: Int { bytes.count - ObjectID.byteCount }

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func word(_ offset: Int) -> Int {
      Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    func short(_ offset: Int) -> UInt16 {
      UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    consuming func parse() throws(GitError) -> ([Entry], CachedFolder?, [UInt8]?) {
      guard bytes.count >= 12 + ObjectID.byteCount, bytes.prefix(4).elementsEqual("DIRC".utf8) else {
        throw IndexFile.fault("no index")
      }
      let (version, count) = (word(4), word(8))
      guard (2...4).contains(version) else { throw GitError(.invalid, "an index of version \(version) is not known") }
      guard count <= bytes.count / 62 else { throw IndexFile.fault("more entries than bytes") }
      var (entries, names) = ([Entry](), [UInt8]())
      entries.reserveCapacity(count)
      for _ in 0..<count {
        var entry = try fixedPart()
        entry.name = version == 4 ? try compressedName(&names, entries.last?.name) : try name(of: entry)
        entries.append(entry)
      }
      let inOrder = names.withUnsafeBytes { Self.isInOrder(entries, version == 4 ? $0 : bytes) }
      guard inOrder else { throw IndexFile.fault("its paths are not in order") }
      return (entries, try extensions(), version == 4 ? names : nil)
    }

    /// Whether every path is one and comes after the one before: everything that searches the index relies on it.
    private static func isInOrder(_ entries: [Entry], _ names: UnsafeRawBufferPointer) -> Bool {
      let slash = UInt8(ascii: "/")
      return entries.indices.allSatisfy { index in
        let name = UnsafeRawBufferPointer(rebasing: names[entries[index].name])
        guard let first = name.first, let last = name.last, first != slash, last != slash else { return false }
        guard index > 0 else { return true }
        let previous = UnsafeRawBufferPointer(rebasing: names[entries[index - 1].name])
        let order = TreeCursor.Item.compare(previous, false, name, false)
        return order < 0 || order == 0 && entries[index - 1].stage < entries[index].stage
      }
    }

    private mutating func fixedPart() throws(GitError) -> Entry {
      guard offset + 64 <= end else { throw IndexFile.fault("an entry is cut off") }
      var entry = Entry(fixed: offset, name: 0..<0, flags: short(offset + 60), extendedFlags: 0)
      offset += 62
      if entry.flags & 0x4000 != 0 {
        entry.extendedFlags = short(offset)
        offset += 2
      }
      return entry
    }

    private func endOfName() throws(GitError) -> Int {
      guard offset < end, let base = bytes.baseAddress, let found = memchr(base + offset, 0, end - offset) else {
        throw IndexFile.fault("a path is cut off")
      }
      return UnsafeRawPointer(found) - base
    }

    private mutating func name(of entry: Entry) throws(GitError) -> Range<Int> {
      let length = Int(entry.flags & 0xfff)
      let stop = length < 0xfff && offset + length < end ? offset + length : try endOfName()
      let name = offset..<stop
      // Padded with one to eight NULs to a multiple of eight.
      offset = entry.fixed + (stop - entry.fixed + 8) / 8 * 8
      return name
    }

    private mutating func compressedName(_ names: inout [UInt8], _ last: Range<Int>?) throws(GitError) -> Range<Int> {
      var strip = 0
      while true {
        guard offset < end, strip < 1 << 20 else { throw IndexFile.fault("a path is cut off") }
        let byte = bytes[offset]
        offset += 1
        strip = strip << 7 | Int(byte & 0x7f)
        if byte & 0x80 == 0 { break }
        strip += 1
      }
      let (last, stop) = (last ?? 0..<0, try endOfName())
      guard strip <= last.count else { throw IndexFile.fault("a path is cut off") }
      let start = names.count
      names.append(contentsOf: names[last.dropLast(strip)])
      names.append(contentsOf: bytes[offset..<stop])
      offset = stop + 1
      names.append(0)
      return start..<(names.count - 1)
    }

    private mutating func extensions() throws(GitError) -> CachedFolder? {
      var folders: CachedFolder?
      while offset + 8 <= end {
        let (signature, length) = (bytes[offset..<(offset + 4)], word(offset + 4))
        guard length <= end - offset - 8 else { throw IndexFile.fault("an extension is cut off") }
        let content = UnsafeRawBufferPointer(rebasing: bytes[(offset + 8)..<(offset + 8 + length)])
        if signature.elementsEqual("TREE".utf8) {
          folders = CachedFolder(content)
        } else if let first = signature.first, !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
          let name = String(decoding: signature, as: UTF8.self)
          throw GitError(.invalid, "the index uses \(name), which is not supported (split or sparse index)")
        }
        offset += 8 + length
      }
      return folders
    }
  }
}
