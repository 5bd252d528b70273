import Clibgit2

/// What git changes in a file on its way between work tree and blob: line endings, keywords, programs that the user has
/// configured.
///
/// libgit2 looks for attributes along each path, some 25 calls of the operating system for every file. Whether there is
/// anything to look for is found out here once: almost always there is not.
final class Filters {
  private let repository: Repository
  private let root: String
  private var isConfigured: Bool?
  private var folders: [Substring: Bool] = [:]

  init(_ repository: Repository, root: String) {
    self.repository = repository
    self.root = root
  }

  /// Forgets what was found, at the start of each operation.
  func refresh() {
    isConfigured = nil
    folders = [:]
  }

  /// False when certainly no filter applies to a path.
  func mayApply(to path: String) -> Bool {
    let configured = isConfigured ?? configuration()
    isConfigured = configured
    return configured || folderHasAttributes(path[...])
  }

  /// The blob that a file's content is; it is not stored.
  func blobID(ofFileAt path: String) throws(GitError) -> ObjectID {
    var oid = git_oid()
    try check(git_repository_hashfile(&oid, repository.handle, root + "/" + path, GIT_OBJECT_BLOB, path), path)
    return ObjectID(oid)
  }

  /// A blob as it is to stand in the work tree, where a filter changes it; nil where none does.
  func checkedOut(_ id: ObjectID, path: String) throws -> [UInt8]? {
    guard mayApply(to: path) else { return nil }
    var (blob, filters, oid): (OpaquePointer?, OpaquePointer?, git_oid) = (nil, nil, id.oid)
    let flags = GIT_FILTER_DEFAULT.rawValue
    try check(git_filter_list_load(&filters, repository.handle, nil, path, GIT_FILTER_TO_WORKTREE, flags), path)
    guard let filters else { return nil }
    defer { git_filter_list_free(filters) }
    try check(git_blob_lookup(&blob, repository.handle, &oid), path)
    defer { git_blob_free(blob) }
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try check(git_filter_list_apply_to_blob(&buffer, filters, blob), path)
    return [UInt8](UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  /// Whether something outside the work tree asks for filters.
  private func configuration() -> Bool {
    let conversion = try? repository.configuration("core.autocrlf")
    if let conversion, (try? repository.configurationFlag("core.autocrlf")) != false || conversion == "input" {
      return true
    }
    if (try? repository.configuration("core.attributesFile")) != nil { return true }
    let shared = LibGit2.configurationFolders([GIT_CONFIG_LEVEL_SYSTEM]).map { $0 + "/gitattributes" }
    let personal = LibGit2.configurationFolders([GIT_CONFIG_LEVEL_XDG]).map { $0 + "/attributes" }
    return (shared + personal + [repository.commonPath + "info/attributes"]).contains(where: isThere)
  }

  private func folderHasAttributes(_ path: Substring) -> Bool {
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    if let known = folders[folder] { return known }
    let prefix = folder.isEmpty ? root : root + "/" + folder
    let found = isThere(prefix + "/.gitattributes") || !folder.isEmpty && folderHasAttributes(folder)
    folders[folder] = found
    return found
  }

  private func isThere(_ path: String) -> Bool { (try? FileSystem.stamp(path)) != .some(nil) }
}
