import Git
public import LedgerFiles
import LedgerModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A ledger's files as a folder on the disk has them.
///
/// Links are never followed: a link is something with the mode of a link and without content, a folder that is a link
/// holds nothing. Names that begin with a dot, as `.git`, and the lock files of spreadsheet programs are not there.
/// Opens only what is asked for. For one thread.
public final class FolderSource: LedgerSource {
  fileprivate let root: String
  /// Whether a folder can be reached without following a link.
  private var folders: [String: Bool] = ["": true]

  /// The files of a folder, which may itself be reached through links.
  public init(_ folder: String) {
    root = folder.hasSuffix("/") ? folder : folder + "/"
  }

  public func bytes(at path: String) -> [UInt8]? {
    guard isReachable(path) else { return nil }
    return Self.content(of: root + path)
  }

  public func names(in folder: String) -> [String] {
    guard isFolder(folder), let stream = opendir(root + folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let item = readdir(stream) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix("."), !FileName.isLock(name) else { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      let kind = Int32(item.pointee.d_type)
      let isFolder = kind == Int32(DT_DIR) || kind == Int32(DT_UNKNOWN) && status(of: path)?.isFolder == true
      names.append(isFolder ? name + "/" : name)
    }
    return names
  }

  public func contains(_ path: String) -> Bool {
    isReachable(path) && status(of: path).map { !$0.isFolder } ?? false
  }

  public func size(of path: String) -> Int? {
    guard isReachable(path), let status = status(of: path), !status.isFolder else { return nil }
    return Int(status.st_size)
  }

  /// Git's mode of what the path stands for: the owner's permission to run it is all that git keeps.
  public func mode(of path: String) -> UInt32? {
    guard isReachable(path), let status = status(of: path) else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_mode & S_IXUSR == 0 ? FileLimits.regularMode : 0o100755
    case S_IFLNK: return 0o120000
    default: return 0
    }
  }

  private func isReachable(_ path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return !path.hasPrefix(".") }
    let name = path[path.index(after: slash)...]
    return !name.hasPrefix(".") && !FileName.isLock(name) && isFolder(String(path[..<slash]))
  }

  private func isFolder(_ path: String) -> Bool {
    if let known = folders[path] { return known }
    let isFolder = isReachable(path) && status(of: path)?.isFolder == true
    folders[path] = isFolder
    return isFolder
  }

  private func status(of path: String) -> stat? {
    var status = stat()
    return lstat(root + path, &status) == 0 ? status : nil
  }

  /// A regular file's bytes; nil where there is none, or it cannot be read.
  private static func content(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    // One byte more than it should have, so that a file that has grown is read on.
    var bytes: [UInt8] = []
    var room = Int(status.st_size) + 1
    while true {
      var failed = false
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        while count < buffer.count {
          let got = systemRead(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
          if got < 0, errno == EINTR { continue }
          failed = got < 0
          if got <= 0 { break }
          count += got
        }
      }
      guard !failed else { return nil }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      if part.count < room { return bytes }
      room = 1 << 16
    }
  }
}

extension FolderSource {
  /// Replaces a file that is there: written beside it, then put in its place, so that nobody ever sees half of it.
  /// - Throws: `GitError.system` where it cannot be written
  func replace(_ path: String, with bytes: [UInt8]) throws {
    func fault() -> GitError { GitError(.system, "\(path) cannot be written: \(String(cString: strerror(errno)))") }
    // A name of its own each time: what a killed process left stands in nobody's way.
    var name = Array((root + path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0, fchmod(descriptor, 0o644) == 0 else { throw fault() }
    let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var done = 0
    while done < bytes.count {
      let put = bytes[done...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { break }
      done += put
    }
    let isWritten = done == bytes.count && fsync(descriptor) == 0
    guard close(descriptor) == 0, isWritten, rename(temporary, root + path) == 0 else {
      let fault = fault()
      unlink(temporary)
      throw fault
    }
  }
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}

extension stat {
  fileprivate var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
}
