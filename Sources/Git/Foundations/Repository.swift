import Clibgit2

/// A git repository: its objects, references, configuration and, unless it is bare, its work tree.
///
/// ```swift
/// let repository = try Repository.open("/srv/ledger.git")
/// let tip = try repository.target(of: "refs/heads/main")
/// ```
///
/// One thread at a time (it may move between threads, and the compiler sees to it that no two hold it). What threads
/// may share is ``objects``; parallel readers that need more open a repository each, which costs little.
public final class Repository {
  let handle: OpaquePointer
  /// Blobs, trees and commits.
  public let objects: ObjectDatabase

  private init(owning handle: OpaquePointer, objects: ObjectDatabase? = nil) throws(GitError) {
    self.handle = handle
    if let objects {
      self.objects = objects
    } else {
      var database: OpaquePointer?
      let code = git_repository_odb(&database, handle)
      guard code >= 0, let database else {
        let error = GitError(returned: code, "objects")
        git_repository_free(handle)
        throw error
      }
      self.objects = ObjectDatabase(owning: database)
    }
    try durability.demand()
  }

  /// What is flushed to the disk here, as the configuration says.
  var durability: Durability {
    get throws(GitError) {
      Durability(
        coreFsync: try configuration("core.fsync"), legacy: try configurationFlag("core.fsyncObjectFiles") ?? false)
    }
  }

  deinit { git_repository_free(handle) }

  /// Opens the repository at a path: a bare one, a work tree's folder, or its `.git`.
  /// - Throws: `.notFound` when there is none; `.owner` when it belongs to another user and `safe.directory` does not
  ///   name it
  public static func open(_ path: String) throws(GitError) -> Repository {
    try open(path, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
  }

  /// Opens the repository that a folder is in, looking upwards from it.
  /// - Throws: as ``open(_:)``
  public static func discover(from folder: String) throws(GitError) -> Repository {
    try open(folder, flags: 0)
  }

  /// Opens a repository with a place of its own for objects, as git gives a hook that checks a push: the push's
  /// objects are in quarantine and seen only through it.
  /// - Parameters:
  ///   - path: the repository, in a hook `GIT_DIR`
  ///   - objectDirectory: `GIT_OBJECT_DIRECTORY`; nil: the repository's own
  ///   - alternates: `GIT_ALTERNATE_OBJECT_DIRECTORIES`, split at `:`
  /// - Throws: as ``open(_:)``
  public static func open(
    _ path: String, objectDirectory: String?, alternates: [String]
  ) throws(GitError) -> Repository {
    guard let objectDirectory else { return try open(path) }
    let objects = try ObjectDatabase(path: objectDirectory, alternates: alternates)
    let repository = try Repository(
      owning: openHandle(path, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue), objects: objects)
    try check(git_repository_set_odb(repository.handle, objects.handle), "objects \(objectDirectory)")
    return repository
  }

  /// Makes a repository without commits; on one that is there already it changes nothing but what is missing.
  /// - Parameters:
  ///   - path: the folder, made with its parents
  ///   - bare: without a work tree
  ///   - branch: what `HEAD` names
  public static func initialise(_ path: String, bare: Bool, branch: String = "main") throws(GitError) -> Repository {
    try LibGit2.start()
    var options = git_repository_init_options()
    try check(git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
    options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue | (bare ? GIT_REPOSITORY_INIT_BARE.rawValue : 0)
    var handle: OpaquePointer?
    let code = branch.withCString { name in
      options.initial_head = name
      return git_repository_init_ext(&handle, path, &options)
    }
    try check(code, "repository \(path)")
    guard let handle else { throw GitError(.generic, "no repository at \(path)") }
    return try Repository(owning: handle)
  }

  private static func open(_ path: String, flags: UInt32) throws(GitError) -> Repository {
    try Repository(owning: openHandle(path, flags: flags))
  }

  private static func openHandle(_ path: String, flags: UInt32) throws(GitError) -> OpaquePointer {
    try LibGit2.start()
    var handle: OpaquePointer?
    try check(git_repository_open_ext(&handle, path, flags, nil), "repository \(path)")
    guard let handle else { throw GitError(.notFound, "no repository at \(path)") }
    return handle
  }

  /// The repository's own folder (`.git`, or the bare repository), ending in `/`.
  public var path: String { git_repository_path(handle).map { String(cString: $0) } ?? "" }

  /// The folder that linked work trees share, ending in `/`; ``path`` where there are none.
  public var commonPath: String { git_repository_commondir(handle).map { String(cString: $0) } ?? path }

  /// The work tree's folder, ending in `/`; nil when the repository is bare.
  public var workPath: String? { git_repository_workdir(handle).map { String(cString: $0) } }

  /// Whether there is no work tree.
  public var isBare: Bool { git_repository_is_bare(handle) == 1 }

  /// Whether history was cut off when it was cloned: commits at the cut name parents that are not here.
  public var isShallow: Bool { git_repository_is_shallow(handle) == 1 }

  /// Says who the reflog names from now on; otherwise `user.name` and `user.email`, or "unknown".
  public func setReflogAuthor(_ author: Signature) throws(GitError) {
    try check(git_repository_set_ident(handle, author.name, author.email), "reflog author")
  }
}
