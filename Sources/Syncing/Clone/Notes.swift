import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The small files in which a clone notes what it is about to do: read whole, replaced whole, so that a killed process
/// leaves the old one or the new one.
enum Notes {
  static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw GitError(.system, "cannot make the folder \(path)") }
  }

  /// The lines of a note, their fields separated by tabs; none where there is no such note.
  static func read(_ path: String) -> [[String]] {
    guard let bytes = contents(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Replaces a note; no lines removes it.
  static func write(_ lines: [[String]], to path: String) throws {
    guard !lines.isEmpty else { return remove(path) }
    let text = lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    try replace(path, with: Array(text.utf8), mode: 0o644)
  }

  static func remove(_ path: String) { unlink(path) }

  /// Removes what killed processes have left in a folder that is locked: the note that each was writing.
  static func removeAbandonedDrafts(in folder: String) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let item = readdir(stream) {
      let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
        String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name.hasSuffix(draftSuffix) { unlink(folder + name) }
    }
  }

  private static let draftSuffix = ".new"

  /// When a file was last written, in nanoseconds since 1970; nil where there is none.
  static func modified(_ path: String) -> Int64? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// The bytes of a file; nil where it cannot be read.
  static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count)) }
      let got = bytes[count...].withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { return nil }
      if got == 0 { break }
      count += got
    }
    return Array(bytes[..<count])
  }

  /// Writes a file beside, has it on the disk, and puts it in place.
  static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws {
    let temporary = path + draftSuffix
    let descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw GitError(.system, "cannot write \(path)") }
    var rest = bytes[...]
    while !rest.isEmpty {
      let put = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else {
        close(descriptor)
        unlink(temporary)
        throw GitError(.system, "cannot write \(path): \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(put)
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw GitError(.system, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
  }
}

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
