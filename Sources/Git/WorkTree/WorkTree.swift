import Clibgit2

/// The folder of files that belongs to a repository, with the index that goes with it.
///
/// As ``Repository``: one thread at a time. Looking for changes uses several threads by itself.
public final class WorkTree {
  let repository: Repository
  let filters: Filters
  /// The folder, without a `/` at its end.
  public let root: String

  /// The work tree of a repository.
  /// - Throws: `.bareRepository` when it has none
  public init(_ repository: Repository) throws(GitError) {
    guard let path = repository.workPath else {
      throw GitError(.bareRepository, "\(repository.path) has no work tree")
    }
    self.repository = repository
    root = path.hasSuffix("/") ? String(path.dropLast()) : path
    filters = Filters(repository, root: root)
  }

  var indexPath: String { repository.path + "index" }

  /// The absolute path of a file.
  public func absolutePath(_ path: String) -> String { root + "/" + path }

  /// A file's bytes and the stamp of just these bytes, for ``record(_:)``; nil when there is nothing.
  /// - Throws: `.invalid` for a link or a folder, `.system` when it cannot be read
  public func read(_ path: String) throws(GitError) -> (bytes: [UInt8], stamp: FileStamp)? {
    try FileSystem.read(absolutePath(path))
  }

  /// A file's stamp without opening it; nil when there is nothing.
  public func stamp(_ path: String) throws(GitError) -> FileStamp? { try FileSystem.stamp(absolutePath(path)) }

  /// Where the work tree differs from a tree, ordered by path. What is staged counts as what is in the work tree;
  /// ignored files do not count unless they are followed.
  ///
  /// A file is opened only when its size or times differ from what the index remembers, or when they prove nothing. A
  /// file found unchanged in spite of its times is noted in the index, as `git status` does it, so that it is not
  /// opened the next time; while another process holds the index that is left out.
  /// - Parameter tree: the commit's tree; nil: everything is new
  /// - Throws: `.corrupt` or `.invalid` when the index cannot be read; `.system` for a folder that is there and cannot
  ///   be opened
  public func changes(since tree: ObjectID?) throws -> [WorkTreeChange] {
    let index = try IndexFile(path: indexPath)
    filters.refresh()
    let (changes, unchanged) = try index.withView { view in
      var comparison = Comparison(
        workTree: self, view: view, staged: try IndexDiff.paths(index, view, tree: tree, in: repository.objects),
        ignoresPermissions: try repository.configurationFlag("core.fileMode") == false)
      for notice in try WorkTreeScan.notices(view, root: root) { try comparison.judge(notice) }
      return (try comparison.result(tree), comparison.unchanged)
    }
    if unchanged.count > Self.worthNoting || unchanged.contains(where: { $0.value.isNews }) {
      try? record(unchanged.mapValues { .some($0.record) })
    }
    return changes
  }

  /// So many files that were only suspected because they are as new as the index are looked at again each time before
  /// the index is written anew for them.
  private static let worthNoting = 32

  /// Whether git ignores a path that it does not follow.
  func isIgnored(_ path: String) throws(GitError) -> Bool {
    var ignored: Int32 = 0
    try check(git_ignore_path_is_ignored(&ignored, repository.handle, path), path)
    return ignored != 0
  }
}
