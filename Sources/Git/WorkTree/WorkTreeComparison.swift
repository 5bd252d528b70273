import Glibc

extension WorkTree {
  /// Turns what a scan noticed into changes against a tree.
  struct Comparison {
    /// A file that turned out to be as the index has it.
    struct Unchanged {
      let record: IndexRecord
      /// Whether its stamp differs from the index's.
      let isNews: Bool
    }

    private let workTree: WorkTree
    private let view: IndexFile.View
    private let ignoresPermissions: Bool
    /// Where the index differs from the tree, with the tree's side.
    private let staged: [String: TreeEntry?]
    private var contents: [String: (content: WorkTreeChange.Content, indexed: TreeEntry?)] = [:]
    private(set) var unchanged: [String: Unchanged] = [:]

    init(workTree: WorkTree, view: IndexFile.View, staged: [String: TreeEntry?], ignoresPermissions: Bool) {
      self.workTree = workTree
      self.view = view
      self.staged = staged
      self.ignoresPermissions = ignoresPermissions
    }

    mutating func judge(_ notice: WorkTreeScan.Notice) throws {
      switch notice {
      case .absent(let index):
        note(view.path(view.entries[index]), .absent, view.entries[index])
      case .doubtful(let index, let stamp):
        try compare(view.entries[index], stamp)
      case .unreadable(let bytes):
        throw GitError(.system, "\(String(decoding: bytes, as: UTF8.self)) cannot be opened")
      case .unknown(let bytes):
        var path = String(decoding: bytes, as: UTF8.self)
        if path.hasSuffix("/") { path.removeLast() }
        try explore(path, isFolder: bytes.last == UInt8(ascii: "/"), depth: 0)
      }
    }

    private mutating func note(_ path: String, _ content: WorkTreeChange.Content, _ entry: IndexFile.Entry?) {
      let usable = entry.flatMap { $0.stage == 0 && !$0.isIntent ? $0 : nil }
      contents[path] = (content, usable.map { view.treeEntry($0) })
    }

    private mutating func compare(_ entry: IndexFile.Entry, _ stamp: FileStamp) throws {
      let (path, indexed, then) = (view.path(entry), view.treeEntry(entry), view.stamp(entry))
      guard let content = Self.content(stamp) else { return note(path, .absent, entry) }
      let sameMode = stamp.mode == indexed.mode || ignoresPermissions && stamp.mode?.isFile == indexed.mode.isFile
      let mayBeSame = entry.stage == 0 && !entry.isIntent && sameMode
      if mayBeSame, try workTree.content(at: path, stamp, is: indexed.id) {
        let record = IndexRecord(entry: indexed, stamp: stamp)
        unchanged[path] = Unchanged(record: record, isNews: !stamp.agrees(with: then))
      } else {
        note(path, content, entry)
      }
    }

    /// Looks at something that the index does not know.
    private mutating func explore(_ path: String, isFolder: Bool, depth: Int) throws {
      guard depth < TreeDiff.maximumDepth, try !workTree.isIgnored(path) else { return }
      guard isFolder else {
        guard let stamp = try workTree.stamp(path) else { return }
        if stamp.isFolder { return try explore(path, isFolder: true, depth: depth) }
        if let content = Self.content(stamp) { contents[path] = (content, nil) }
        return
      }
      let names = FileSystem.names(in: workTree.absolutePath(path))
      // A repository of its own inside this one is nobody's file.
      guard !names.contains(where: { $0.name == ".git" }) else { return }
      for item in names { try explore(path + "/" + item.name, isFolder: item.isFolder, depth: depth + 1) }
    }

    private static func content(_ stamp: FileStamp) -> WorkTreeChange.Content? {
      switch stamp.mode {
      case .file?: .file(executable: false, stamp)
      case .executable?: .file(executable: true, stamp)
      case .symbolicLink?: .symbolicLink(stamp)
      default: nil
      }
    }

    /// All changes against the tree, ordered by path.
    func result(_ tree: ObjectID?) throws -> [WorkTreeChange] {
      var changes: [WorkTreeChange] = []
      for (path, found) in contents {
        let committed = staged[path] ?? found.indexed
        guard committed != nil || found.content != .absent else { continue }
        // The index was different from the tree: the file may have gone back to what the tree has.
        if let committed, staged[path] != nil, try isSame(path, found.content, committed) { continue }
        changes.append(WorkTreeChange(path: path, committed: committed, content: found.content))
      }
      for (path, committed) in staged where contents[path] == nil {
        let stamp = try view.entry(at: path) == nil ? nil : workTree.stamp(path)
        let content = stamp.flatMap(Self.content) ?? .absent
        guard committed != nil || content != .absent else { continue }
        changes.append(WorkTreeChange(path: path, committed: committed, content: content))
      }
      return changes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func isSame(_ path: String, _ content: WorkTreeChange.Content, _ committed: TreeEntry) throws -> Bool {
      switch content {
      case .absent: false
      case .symbolicLink(let stamp), .file(_, let stamp):
        try (stamp.mode == committed.mode || ignoresPermissions && stamp.mode?.isFile == committed.mode.isFile)
          && workTree.content(at: path, stamp, is: committed.id)
      }
    }
  }

  /// Whether the content of a file or link is that blob. Sizes decide first, where no filter can change them.
  func content(at path: String, _ stamp: FileStamp, is id: ObjectID) throws -> Bool {
    if stamp.mode == .symbolicLink {
      let target = try FileSystem.linkTarget(absolutePath(path))
      return try ObjectDatabase.blobID(of: target) == id
    }
    guard filters.mayApply(to: path) else {
      guard try repository.objects.blobSize(id) == Int(stamp.size), let file = try read(path) else { return false }
      return try ObjectDatabase.blobID(of: file.bytes) == id
    }
    return try filters.blobID(ofFileAt: path) == id
  }
}

extension FileMode {
  /// A regular file of any permission.
  var isFile: Bool { rawValue & 0o170000 == 0o100000 }
}

extension FileStamp {
  var isFolder: Bool { fileSystemMode & 0o170000 == 0o040000 }
}
