import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Further work trees of a clone's repository, as `git worktree add` makes them.
enum OtherWorkTrees {
  /// The folder of another work tree that shows the ledger's branch; nil where none does.
  ///
  /// What moves the branch from one of two such work trees leaves the other with the files of the state before, which
  /// its next sync would take for edits that undo everything since.
  static func showingTheLedger(besides clone: LedgerClone) -> String? {
    let common = clone.repository.commonPath
    if clone.repository.path != common, showsTheLedger(common) { return common }
    for name in names(in: common + "worktrees") {
      let place = common + "worktrees/\(name)/"
      guard place != clone.repository.path, showsTheLedger(place), let file = firstLine(place + "gitdir"),
        access(file, F_OK) == 0
      else { continue }
      return file.hasSuffix("/.git") ? String(file.dropLast(5)) : file
    }
    return nil
  }

  private static func showsTheLedger(_ place: String) -> Bool {
    firstLine(place + "HEAD") == "ref: " + LedgerClone.branch
  }

  private static func firstLine(_ path: String) -> String? {
    Notes.contents(path).flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").first.map(String.init) }
  }

  private static func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
