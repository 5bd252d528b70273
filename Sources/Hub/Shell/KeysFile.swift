import Glibc

/// sshd's `authorized_keys`, in which the lines of a hub stand between two markers; all others are left as they are.
public struct KeysFile: Sendable {
  /// Where it is.
  public let path: String
  /// The hub whose lines are meant: several hubs may have theirs in one file.
  public let hub: String

  public init(path: String, hub: String) {
    self.path = path
    self.hub = hub
  }

  private var begin: String { "# kpi hub \(hub): from people.yaml, written by 'kpi hub keys'; changes here are lost" }
  private var end: String { "# kpi hub \(hub): end" }

  /// Puts lines in place of the hub's earlier ones: the file is replaced as a whole, readable by its owner alone.
  /// - Parameter lines: makes them, while no other `kpi` writes the file
  /// - Returns: whether the file is another one now
  /// - Throws: `HubFault.system` where it cannot be read or written, or the markers in it were changed; it is as it was then
  @discardableResult
  public func write(_ lines: () throws -> [String]) throws -> Bool {
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw fault("open", path + ".lock") }
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw fault("lock", path + ".lock") }
    let old = try text()
    let new = try text(old ?? "", with: lines())
    guard new != old else { return false }
    try replace(with: new)
    return true
  }

  /// The file's text with the hub's lines replaced.
  func text(_ old: String, with lines: [String]) throws -> String {
    var kept = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if kept.last == "" { kept.removeLast() }
    let (starts, ends) = (kept.indices.filter { kept[$0] == begin }, kept.indices.filter { kept[$0] == end })
    let block = [begin] + lines + [end]
    switch (starts.count, ends.count) {
    case (0, 0): kept += block
    case (1, 1) where starts[0] < ends[0]: kept.replaceSubrange(starts[0]...ends[0], with: block)
    default:
      throw HubFault.system(
        "the lines '# kpi hub \(hub): …' in \(path) were changed: take all lines of this hub away and try again")
    }
    return kept.joined(separator: "\n") + "\n"
  }

  private func text() throws -> String? {
    guard let file = fopen(path, "re") else {
      if errno == ENOENT { return nil }
      throw fault("open", path)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    guard ferror(file) == 0 else { throw fault("read", path) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HubFault.system("\(path) is no text in UTF-8")
    }
    return text
  }

  private func replace(with text: String) throws {
    let draft = path + ".kpi-new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw fault("open", draft) }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fault("write", draft) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0, rename(draft, path) == 0 else { throw fault("rename", draft) }
  }

  private func fault(_ call: String, _ file: String) -> HubFault {
    .system("\(call) \(file): \(String(cString: strerror(errno)))")
  }
}
