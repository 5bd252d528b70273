public import LedgerModel

/// Where a check takes a ledger's files from: a work tree, a commit's tree, a merge in the making.
///
/// Only what a check needs is asked for, so that its cost follows the change and not the size of the ledger.
public protocol LedgerSource {
  /// A file's content; nil where there is no such file.
  func bytes(at path: String) -> [UInt8]?
  /// The names of the files and folders directly in a folder, a folder's with "/" behind it, in any order; the top
  /// folder is "".
  func names(in folder: String) -> [String]
  /// Whether there is such a file.
  func contains(_ path: String) -> Bool
  /// A file's size in bytes, without reading it; nil where there is no such file.
  func size(of path: String) -> Int?
  /// A file's mode as git has it, as `0o100644`; nil where it is not known.
  func mode(of path: String) -> UInt32?
  /// What identifies a file's content, and what is kept by it; nil where contents are not known by ids.
  func kept(_ path: String) -> (content: ContentID, files: DecodedFiles)?
}

extension LedgerSource {
  /// Nothing.
  public func kept(_ path: String) -> (content: ContentID, files: DecodedFiles)? { nil }
  /// Whether there is such a file, found out by reading it.
  public func contains(_ path: String) -> Bool { bytes(at: path) != nil }
  /// A file's size in bytes, found out by reading it.
  public func size(of path: String) -> Int? { bytes(at: path)?.count }
  /// Not known.
  public func mode(of path: String) -> UInt32? { nil }

  /// The paths of all files, in order, or of those below a folder. It walks all of that.
  public func allPaths(below top: String = "") -> [String] {
    var paths: [String] = []
    var folders = [top]
    while let folder = folders.popLast() {
      for name in names(in: folder) {
        let path = folder.isEmpty ? name : folder + "/" + name
        if name.hasSuffix("/") { folders.append(String(path.dropLast())) } else { paths.append(path) }
      }
    }
    return paths.sorted()
  }
}

/// A ledger's files held in memory, by path.
public struct FilesInMemory: LedgerSource, Sendable {
  public private(set) var files: [String: [UInt8]]
  private var folders: [String: Set<String>] = [:]

  /// A ledger of these files.
  public init(_ files: [String: [UInt8]] = [:]) {
    self.files = files
    for path in files.keys { addNames(of: path) }
  }

  /// The content of a file; setting nil removes it.
  public subscript(path: String) -> [UInt8]? {
    get { files[path] }
    set {
      files[path] = newValue
      folders = [:]
      for path in files.keys { addNames(of: path) }
    }
  }

  public func bytes(at path: String) -> [UInt8]? { files[path] }
  public func names(in folder: String) -> [String] { Array(folders[folder] ?? []) }
  public func contains(_ path: String) -> Bool { files[path] != nil }

  private mutating func addNames(of path: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      folders["", default: []].insert(path)
      return
    }
    addName(String(path[path.utf8.index(after: slash)...]), in: String(path[..<slash]))
  }

  /// Adds a name to a folder, and the folder to its own, when it is the first there.
  private mutating func addName(_ name: String, in folder: String) {
    if folders[folder]?.insert(name) != nil { return }
    folders[folder] = [name]
    guard !folder.isEmpty else { return }
    let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
    let own = slash.map { folder[folder.utf8.index(after: $0)...] } ?? folder[...]
    addName(own + "/", in: slash.map { String(folder[..<$0]) } ?? "")
  }
}

/// A source with some files changed: what a merge would give, or a push brings, over what is there.
public struct LedgerOverlay: LedgerSource {
  private let base: any LedgerSource
  private let changes: FilesInMemory
  private let removed: Set<String>

  /// - Parameter changes: new content by path; nil removes the file.
  public init(over base: any LedgerSource, changes: [String: [UInt8]?]) {
    self.init(
      over: base, changes: FilesInMemory(changes.compactMapValues { $0 }),
      removed: Set(changes.filter { $0.value == nil }.keys))
  }

  /// The same with what was changed and what was removed told apart.
  public init(over base: any LedgerSource, changes: FilesInMemory, removed: Set<String>) {
    self.base = base
    self.changes = changes
    self.removed = removed
  }

  public func bytes(at path: String) -> [UInt8]? {
    if let bytes = changes.bytes(at: path) { return bytes }
    return removed.contains(path) ? nil : base.bytes(at: path)
  }

  public func contains(_ path: String) -> Bool {
    changes.contains(path) || (!removed.contains(path) && base.contains(path))
  }

  public func size(of path: String) -> Int? {
    changes.size(of: path) ?? (removed.contains(path) ? nil : base.size(of: path))
  }

  public func mode(of path: String) -> UInt32? { changes.contains(path) ? nil : base.mode(of: path) }

  public func kept(_ path: String) -> (content: ContentID, files: DecodedFiles)? {
    changes.contains(path) || removed.contains(path) ? nil : base.kept(path)
  }

  public func names(in folder: String) -> [String] {
    let prefix = folder.isEmpty ? "" : folder + "/"
    return Array(Set(base.names(in: folder).filter { !removed.contains(prefix + $0) } + changes.names(in: folder)))
  }
}
