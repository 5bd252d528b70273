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
    let lock = try HubFiles.openLock(path + ".lock")
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw HubFiles.systemFault("cannot lock \(path).lock") }
    let old = try text()
    let new = try text(old ?? "", with: lines())
    guard new != old else { return false }
    try HubFiles.store(Array(new.utf8), to: path, mode: 0o600)
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
    guard let bytes = try HubFiles.contents(of: path) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HubFault.system("\(path) is no text in UTF-8")
    }
    return text
  }
}
