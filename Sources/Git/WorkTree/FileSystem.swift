import Glibc

/// The few calls of the operating system that a work tree needs, with errors that name the call and the path.
enum FileSystem {
  static func error(_ call: String, _ path: String, _ number: Int32 = errno) -> GitError {
    GitError(.system, "\(call) \(path): \(String(cString: strerror(number)))")
  }

  /// A file's stamp without following a link at its end; nil when there is nothing.
  static func stamp(_ path: String) throws(GitError) -> FileStamp? {
    var status = stat()
    if lstat(path, &status) == 0 { return FileStamp(status) }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw error("stat", path)
  }

  /// A regular file's bytes with the stamp of just these bytes: a file that is being written meanwhile is read again.
  /// - Returns: nil when there is nothing
  /// - Throws: `.system`; `.invalid` for what is no regular file
  static func read(_ path: String) throws(GitError) -> (bytes: [UInt8], stamp: FileStamp)? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw errno == ELOOP ? GitError(.invalid, "\(path) is a link") : error("open", path)
    }
    defer { close(descriptor) }
    for _ in 0..<8 {
      var (before, after) = (stat(), stat())
      guard fstat(descriptor, &before) == 0 else { throw error("stat", path) }
      guard before.st_mode & S_IFMT == S_IFREG else { throw GitError(.invalid, "\(path) is no regular file") }
      let bytes = try read(descriptor, size: Int(before.st_size), path)
      guard fstat(descriptor, &after) == 0 else { throw error("stat", path) }
      if FileStamp(before) == FileStamp(after), bytes.count == Int(after.st_size) { return (bytes, FileStamp(after)) }
    }
    throw GitError(.system, "\(path) is being written all the time")
  }

  private static func read(_ descriptor: Int32, size: Int, _ path: String) throws(GitError) -> [UInt8] {
    var fault: GitError?
    // One byte more than it should have, so that a file that has grown is noticed.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while count < buffer.count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
        if got < 0, errno == EINTR { continue }
        if got < 0 { fault = error("read", path) }
        if got <= 0 { break }
        count += got
      }
    }
    if let fault { throw fault }
    return bytes
  }

  /// Writes a new file; what is there is replaced.
  static func write(_ bytes: UnsafeRawBufferPointer, to path: String, executable: Bool) throws(GitError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, executable ? 0o777 : 0o666)
    guard descriptor >= 0 else { throw error("open", path) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let put = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if put < 0, errno == EINTR { continue }
      guard put >= 0 else { throw error("write", path) }
      done += put
    }
  }
}

extension FileSystem {
  /// What a folder holds, without `.` and `..`; nothing when it cannot be opened.
  static func names(in path: String) -> [(name: String, isFolder: Bool)] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [(name: String, isFolder: Bool)] = []
    while let item = readdir(stream) {
      let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
        String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append((name, Int32(item.pointee.d_type) == Int32(DT_DIR))) }
    }
    return names
  }

  /// Where a symbolic link leads, as its bytes.
  static func linkTarget(_ path: String) throws(GitError) -> [UInt8] {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &target, target.count)
    guard count > 0 else { throw error("readlink", path) }
    return target.prefix(count).map { UInt8(bitPattern: $0) }
  }
}
