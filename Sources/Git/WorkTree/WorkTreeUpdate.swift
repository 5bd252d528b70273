import Clibgit2
import Glibc

extension WorkTree {
  /// Takes the work tree and the index from one tree to another in the paths given.
  ///
  /// Each file is written beside and renamed into its place, so that a reader sees the old or the new one. A file that
  /// is neither as the old tree has it nor as the new one does is somebody's edit: it stays, the index moves on under
  /// it, and it is named in the result. Interrupted, the same call made again ends well.
  /// - Parameters:
  ///   - changes: from ``TreeDiff``; only files of mode 100644 and 100755 are written, links and submodules are kept
  ///   - keeping: paths whose files are left alone, whatever they hold
  /// - Returns: the paths that were left as they are
  /// - Throws: `.system` when a file cannot be written, `.locked` when another process holds the index
  @discardableResult
  public func update(_ changes: [TreeChange], keeping: Set<String> = []) throws -> [String] {
    guard !changes.isEmpty else { return [] }
    let index = try IndexFile(path: indexPath)
    filters.refresh()
    removeAbandonedDrafts()
    var update = Update(workTree: self, keeping: keeping)
    try index.withView { view in
      // Removals first: a file may make room for a folder, or a folder for a file.
      for change in changes where change.new == nil { try update.remove(change, view) }
      update.removeEmptyFolders()
      for change in changes where change.new != nil { try update.write(change, view) }
    }
    try record(update.records)
    return update.kept.sorted()
  }

  private static let draftPrefix = "kpi-draft-"

  /// Removes what killed processes have left: the file that each was writing.
  private func removeAbandonedDrafts() {
    for (name, _) in FileSystem.names(in: repository.path) where name.hasPrefix(Self.draftPrefix) {
      guard let process = pid_t(name.dropFirst(Self.draftPrefix.count)), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(repository.path + name)
    }
  }

  private struct Update {
    let workTree: WorkTree
    /// Where each file is written before it is renamed: in the repository, where it can never be taken for content.
    let draft: String
    let keeping: Set<String>
    private(set) var records: [String: IndexRecord?] = [:]
    private(set) var kept: [String] = []
    private var emptied: Set<String> = []
    private var safeFolders: Set<String> = []

    init(workTree: WorkTree, keeping: Set<String>) {
      self.workTree = workTree
      draft = "\(workTree.repository.path)\(WorkTree.draftPrefix)\(getpid())"
      self.keeping = keeping
    }

    mutating func remove(_ change: TreeChange, _ view: IndexFile.View) throws {
      records[change.path] = .some(nil)
      guard !keeping.contains(change.path) else { return kept.append(change.path) }
      guard folderIsSafe(of: change.path, making: false), let stamp = try workTree.stamp(change.path), !stamp.isFolder
      else { return }
      guard try isKnown(change, stamp, view) else { return kept.append(change.path) }
      let path = workTree.absolutePath(change.path)
      guard unlink(path) == 0 || errno == ENOENT else { throw FileSystem.error("unlink", path) }
      if let slash = change.path.lastIndex(of: "/") { emptied.insert(String(change.path[..<slash])) }
    }

    /// Removes the folders that removals have left empty, and their parents; one with anything in it stays.
    mutating func removeEmptyFolders() {
      var folders = emptied
      while let folder = folders.popFirst() {
        guard rmdir(workTree.absolutePath(folder)) == 0 else { continue }
        safeFolders.remove(folder)
        if let slash = folder.lastIndex(of: "/") { folders.insert(String(folder[..<slash])) }
      }
    }

    mutating func write(_ change: TreeChange, _ view: IndexFile.View) throws {
      guard let new = change.new else { return }
      records[change.path] = .some(IndexRecord(entry: new, stamp: nil))
      guard !keeping.contains(change.path), new.mode.isFile, folderIsSafe(of: change.path, making: true) else {
        return kept.append(change.path)
      }
      let stamp = try workTree.stamp(change.path)
      guard try stamp.map({ try isKnown(change, $0, view) }) ?? true else { return kept.append(change.path) }
      if let stamp, stamp.isFolder, rmdir(workTree.absolutePath(change.path)) != 0 { return kept.append(change.path) }
      records[change.path] = .some(IndexRecord(entry: new, stamp: try put(new, at: change.path)))
    }

    /// Whether what is in a path is what the old or the new tree has there, and so nobody's edit.
    private func isKnown(_ change: TreeChange, _ stamp: FileStamp, _ view: IndexFile.View) throws -> Bool {
      if stamp.isFolder { return true }
      if let entry = view.entry(at: change.path), let old = change.old, view.treeEntry(entry) == old {
        let then = view.stamp(entry)
        if stamp.agrees(with: then), !view.isRacy(then) { return true }
      }
      for side in [change.old, change.new] {
        if let side, side.mode.isBlob, try workTree.content(at: change.path, stamp, is: side.id) { return true }
      }
      return false
    }

    /// Writes a blob to a path by way of a temporary file.
    private mutating func put(_ entry: TreeEntry, at path: String) throws -> FileStamp? {
      let target = workTree.absolutePath(path)
      let executable = entry.mode == .executable
      let objects = workTree.repository.objects
      if let filtered = try workTree.filters.checkedOut(entry.id, path: path) {
        try filtered.withUnsafeBytes { try FileSystem.write($0, to: draft, executable: executable) }
      } else {
        try objects.withBlob(entry.id) { try FileSystem.write($0, to: draft, executable: executable) }
      }
      if rename(draft, target) != 0 {
        guard errno == EXDEV else { throw FileSystem.error("rename", target) }
        // The repository is on another file system than the work tree: the copy is made beside the file.
        let bytes = try FileSystem.read(draft)?.bytes ?? []
        unlink(draft)
        let near = "\(target).\(getpid()).tmp"
        try bytes.withUnsafeBytes { try FileSystem.write($0, to: near, executable: executable) }
        guard rename(near, target) == 0 else { throw FileSystem.error("rename", target) }
      }
      return try FileSystem.stamp(target)
    }

    /// Whether a path's folder is there, or could be made: no link or file is on the way.
    private mutating func folderIsSafe(of path: String, making: Bool) -> Bool {
      guard let slash = path.lastIndex(of: "/") else { return true }
      let folder = String(path[..<slash])
      if safeFolders.contains(folder) { return true }
      guard folderIsSafe(of: folder, making: making) else { return false }
      var status = stat()
      let absolute = workTree.absolutePath(folder)
      if lstat(absolute, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { return false }
      } else if !making || mkdir(absolute, 0o777) != 0 && errno != EEXIST {
        return false
      }
      safeFolders.insert(folder)
      return true
    }
  }
}
