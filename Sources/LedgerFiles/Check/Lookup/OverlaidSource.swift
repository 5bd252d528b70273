/// A ledger's files as another source has them, with some over them as they would be: what a check sees of a change
/// that is not made yet.
public final class OverlaidSource: LedgerSource {
  private let base: any LedgerSource
  /// By path, what stands instead of the base's file; nil stands for none.
  private let over: [String: [UInt8]?]

  /// The base's files with these over them.
  /// - Parameter over: by path, what stands instead of the base's file; nil takes it away.
  public init(_ base: any LedgerSource, over: [String: [UInt8]?]) {
    self.base = base
    self.over = over
  }

  public func bytes(at path: String) -> [UInt8]? { over[path] ?? base.bytes(at: path) }

  public func names(in folder: String) -> [String] {
    var names = Set(base.names(in: folder))
    let prefix = folder.isEmpty ? "" : folder + "/"
    for (path, bytes) in over where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      if let slash = rest.firstIndex(of: "/") {
        if bytes != nil { names.insert(String(rest[...slash])) }
      } else if bytes == nil {
        names.remove(String(rest))
      } else {
        names.insert(String(rest))
      }
    }
    return Array(names)
  }

  public func contains(_ path: String) -> Bool {
    if let edited = over[path] { return edited != nil }
    return base.contains(path)
  }

  public func size(of path: String) -> Int? {
    if let edited = over[path] { return edited?.count }
    return base.size(of: path)
  }

  public func mode(of path: String) -> UInt32? { over[path] == nil ? base.mode(of: path) : nil }
}
