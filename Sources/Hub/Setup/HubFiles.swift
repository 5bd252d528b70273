#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a hub has on the disk besides git's own: hooks, locks, a log.
enum HubFiles {
  /// Whether a hub can be made at a path: nothing is there, or an empty folder.
  static func isFree(_ path: String) -> Bool {
    guard let directory = opendir(path) else { return access(path, F_OK) != 0 }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { return false }
    }
    return true
  }

  /// Writes the hooks into a repository's folder (ending in `/`), each in one step.
  static func installHooks(in repository: String) throws(HubFault) {
    try makeFolder(repository + "hooks")
    for (name, text) in HookScripts.all {
      try store(Array(text.utf8), to: repository + "hooks/" + name, mode: 0o755)
    }
  }

  /// Makes a folder where there is none; its parent must be there.
  static func makeFolder(_ path: String) throws(HubFault) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw systemFault("cannot make the folder \(path)") }
  }

  /// Whether there is a program at a path that this process may run.
  static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// Opens a file to lock, made where it is missing.
  static func openLock(_ path: String) throws(HubFault) -> Int32 {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw systemFault("cannot write \(path)") }
    return descriptor
  }

  /// The bytes of a file; nil where there is none.
  static func contents(of path: String) throws(HubFault) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw systemFault("cannot read \(path)") }
      return nil
    }
    defer { close(descriptor) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw systemFault("cannot read \(path)") }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Puts a file in place in one step; nobody sees half of it.
  static func store(_ bytes: [UInt8], to path: String, mode: mode_t) throws(HubFault) {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw systemFault("cannot write \(temporary)") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw systemFault("cannot write \(temporary)") }
      rest = rest.dropFirst(count)
    }
    guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw systemFault("cannot write \(path)")
    }
  }

  static func systemFault(_ what: String) -> HubFault {
    .system("\(what): \(String(cString: strerror(errno)))")
  }
}
