import Calculation

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
  static func isFree(_ path: String) -> Bool { entries(of: path)?.isEmpty ?? (access(path, F_OK) != 0) }

  /// Writes the hooks into a repository's folder (ending in `/`), each in one step.
  static func installHooks(in repository: String) throws(HubFault) {
    try makeFolder(repository + "hooks")
    for (name, text) in HookScripts.all {
      try store(Array(text.utf8), to: repository + "hooks/" + name, mode: 0o755)
    }
  }

  /// Makes an empty folder beside a path, with a name of its own, for what is to stand there later.
  /// - Returns: nil where this user may make nothing there, while the path itself may be a folder of theirs.
  static func makePlace(beside path: String) throws(HubFault) -> String? {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (parent, name) = (String(path[..<cut]), path[cut...])
    if !parent.isEmpty { try makeFolders(parent) }
    guard name != ".", name != "..", !name.isEmpty else { return nil }
    var template = Array("\(parent).\(name).being-made-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      if access(path, F_OK) == 0 { return nil }
      throw systemFault("cannot make anything in \(parent.isEmpty ? "this folder" : parent)")
    }
    let place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // As a folder that is made in the ordinary way.
    let mask = umask(0)
    umask(mask)
    guard chmod(place, 0o777 & ~mask) == 0 else { throw systemFault("cannot make the folder \(place)") }
    return place
  }

  /// Puts a folder in the place of nothing, or of an empty folder, in one step that lasts.
  static func put(_ folder: String, at path: String) throws(HubFault) {
    guard rename(folder, path) == 0 else {
      throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
        ? .occupied(path) : systemFault("cannot make the folder \(path)")
    }
    let parent = open(path + "/..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return }
    fsync(parent)
    close(parent)
  }

  /// Makes a folder, and those above it.
  static func makeFolders(_ path: String) throws(HubFault) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      // Where one is there already, making it may fail for many reasons.
      if access(made, F_OK) != 0 { try makeFolder(made) }
    }
  }

  /// Whether a hook of that name is there which is none of ours.
  static func hasForeignHook(_ name: String, in repository: String) -> Bool {
    let descriptor = open(repository + "hooks/" + name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT && errno != ENOTDIR }
    defer { close(descriptor) }
    let head = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    return !String(decoding: head, as: UTF8.self).contains(HookScripts.mark)
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
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw systemFault("cannot write \(temporary)") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
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

  // MARK: Whole files

  /// This process, in names of drafts.
  static var processID: String { String(getpid()) }

  /// A path from the root, for programs that run in another folder.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// The names in a folder, in no order; none where it cannot be read.
  static func names(in folder: String) -> [String] { entries(of: folder) ?? [] }

  private static func entries(of folder: String) -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Seconds since a file was last changed; nil where there is none.
  static func age(of path: String, at now: Int64) -> Int64? {
    var status = stat()
    return lstat(path, &status) == 0 ? now - Int64(status.st_mtim.tv_sec) : nil
  }

  /// Waits until a file is on the disk.
  static func flush(_ path: String) throws(HubFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemFault("cannot read \(path)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemFault("cannot write \(path)") }
  }

  /// Gives a file or folder another name, in one step.
  static func move(_ path: String, to other: String) throws(HubFault) {
    guard rename(path, other) == 0 else { throw systemFault("cannot write \(other)") }
  }

  /// Removes a file, where there is one.
  static func remove(_ path: String) { unlink(path) }

  /// Removes a folder with all that is in it, links not followed.
  static func removeFolder(_ path: String) {
    for name in names(in: path) {
      let inner = path + "/" + name
      var status = stat()
      guard lstat(inner, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { removeFolder(inner) } else { unlink(inner) }
    }
    rmdir(path)
  }

  /// A moment as names of files have it, in UTC: `2026-03-02T101100Z`.
  static func stamp(_ seconds: Int64) -> String { UTCTime.text(seconds).filter { $0 != ":" } }
}
