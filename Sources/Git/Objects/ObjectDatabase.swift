import Clibgit2
import Synchronization

/// What an object is.
public enum ObjectKind: String, Hashable, Sendable {
  case commit, tree, blob, tag

  var type: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }

  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }
}

/// A repository's objects: blobs, trees and commits by id.
///
/// The one handle of libgit2 that threads may share, for reading and writing; everything that needs objects alone
/// (``Tree``, ``Commit``, ``TreeDiff``, ``RevWalk``) takes this and not a ``Repository``. Objects that another process
/// has added meanwhile are found: libgit2 looks again before it says that one is missing.
public final class ObjectDatabase: @unchecked Sendable {
  let handle: OpaquePointer
  /// What was written, where objects are gathered before they are stored.
  let gathered: Mutex<Set<ObjectID>>?

  /// Takes over a handle.
  init(owning handle: OpaquePointer, isGathering: Bool = false) {
    self.handle = handle
    gathered = isGathering ? Mutex([]) : nil
  }

  deinit { git_odb_free(handle) }

  /// Opens a folder of objects, and further ones to read from.
  /// - Parameters:
  ///   - path: the folder `objects`, which new objects go to; in a hook git's `GIT_OBJECT_DIRECTORY`
  ///   - alternates: folders to read from, as git's `GIT_ALTERNATE_OBJECT_DIRECTORIES` lists them
  public convenience init(path: String, alternates: [String] = []) throws(GitError) {
    try LibGit2.start()
    var handle: OpaquePointer?
    try check(git_odb_open(&handle, path), "objects \(path)")
    guard let handle else { throw GitError(.generic, "no object database at \(path)") }
    self.init(owning: handle)
    for alternate in alternates {
      try check(git_odb_add_disk_alternate(handle, alternate), "objects \(alternate)")
    }
  }

  /// Objects that are in memory alone and gone with the handle: for histories that are played and thrown away.
  package static func inMemory() throws(GitError) -> ObjectDatabase { try inMemory(isGathering: false) }

  static func inMemory(isGathering: Bool) throws(GitError) -> ObjectDatabase {
    try LibGit2.start()
    var (handle, backend): (OpaquePointer?, UnsafeMutablePointer<git_odb_backend>?) = (nil, nil)
    try check(git_odb_new(&handle), "objects in memory")
    guard let handle else { throw GitError(.generic, "no object database in memory") }
    let objects = ObjectDatabase(owning: handle, isGathering: isGathering)
    try check(git_mempack_new(&backend), "objects in memory")
    try check(git_odb_add_backend(handle, backend, 1), "objects in memory")
    return objects
  }

  /// Whether the object is here.
  public func contains(_ id: ObjectID) -> Bool {
    var oid = id.oid
    return git_odb_exists(handle, &oid) == 1
  }

  /// An object's kind and size in bytes, without reading its content where the storage allows it.
  /// - Throws: `.notFound`
  public func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    var (size, type, oid) = (0, GIT_OBJECT_INVALID, id.oid)
    try check(git_odb_read_header(&size, &type, handle, &oid), "object \(id)")
    guard let kind = ObjectKind(type) else { throw GitError(.corrupt, "object \(id) is of no known kind") }
    return (kind, size)
  }

  /// Calls the closure with an object's bytes, which are libgit2's own and only there meanwhile.
  /// - Throws: `.notFound`; `.corrupt` when the object is of another kind
  @inline(__always)
  public func withBytes<Result>(
    of id: ObjectID, _ kind: ObjectKind, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let object = try read(id, kind)
    defer { git_odb_object_free(object) }
    return try body(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object)))
  }

  private func read(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) -> OpaquePointer {
    var (object, oid): (OpaquePointer?, git_oid) = (nil, id.oid)
    try check(git_odb_read(&object, handle, &oid), "\(kind) \(id)")
    guard let object else { throw GitError(.notFound, "\(kind) \(id) is not there") }
    guard git_odb_object_type(object) == kind.type else {
      git_odb_object_free(object)
      throw GitError(.corrupt, "object \(id) is no \(kind)")
    }
    return object
  }

  /// Writes an object of any kind as it stands, unless it is there already.
  /// - Returns: its id
  @discardableResult
  public func write(_ kind: ObjectKind, _ bytes: UnsafeRawBufferPointer) throws(GitError) -> ObjectID {
    var oid = git_oid()
    try check(git_odb_write(&oid, handle, bytes.baseAddress, bytes.count, kind.type), "writing a \(kind)")
    let id = ObjectID(oid)
    _ = gathered?.withLock { $0.insert(id) }
    return id
  }

  /// The id that these bytes would have, without writing them.
  public static func id(of kind: ObjectKind, _ bytes: UnsafeRawBufferPointer) throws(GitError) -> ObjectID {
    var oid = git_oid()
    try LibGit2.start()
    try check(git_odb_hash(&oid, bytes.baseAddress, bytes.count, kind.type))
    return ObjectID(oid)
  }

  /// The one object whose id starts with these hexadecimal digits.
  /// - Throws: `.notFound`, `.ambiguous`; `.invalid` for less than 4 digits or other characters
  public func id(startingWith digits: String) throws(GitError) -> ObjectID {
    if let id = ObjectID(digits) {
      guard contains(id) else { throw GitError(.notFound, "object \(id) is not there") }
      return id
    }
    let length = digits.utf8.count
    guard (4..<40).contains(length), let short = ObjectID(digits + String(repeating: "0", count: 40 - length))
    else { throw GitError(.invalid, "\(digits) is no object id") }
    var (found, oid) = (git_oid(), short.oid)
    try check(git_odb_exists_prefix(&found, handle, &oid, length), "object \(digits)")
    return ObjectID(found)
  }
}
