import Clibgit2
import Synchronization

/// New objects that are gathered in memory and stored all at once: a thousand small files cost a thousand flushes to the
/// disk one by one, and one or two together.
///
/// ```swift
/// let gathering = try ObjectGathering(for: repository)
/// let blob = try gathering.objects.writeBlob(bytes)
/// try gathering.store()
/// ```
///
/// Nothing is in the repository before ``store()``. For one thread.
public final class ObjectGathering {
  /// The repository's objects and the new ones; what is written goes to memory.
  public let objects: ObjectDatabase
  private let folder: String
  private let durability: Durability

  /// Above so many objects they are stored as one pack.
  static let mostLoose = 100

  /// Gathers objects for a repository.
  public init(for repository: Repository) throws(GitError) {
    folder = repository.commonPath + "objects"
    durability = try repository.durability
    objects = try ObjectDatabase.inMemory(isGathering: true)
    try check(git_odb_add_disk_alternate(objects.handle, folder), "objects \(folder)")
  }

  /// Stores what was gathered and is not there yet; when this returns it is on the disk, as far as `core.fsync` asks.
  /// - Returns: how many objects were stored
  /// - Throws: `.system` where the repository cannot be written
  @discardableResult
  public func store() throws -> Int {
    let there = try ObjectDatabase(path: folder)
    let new = (objects.gathered?.withLock { $0 } ?? []).sorted().filter { !there.contains($0) }
    guard !new.isEmpty else { return 0 }
    let read = try new.map { id in
      let kind = try objects.header(of: id).kind
      return NewObject(id: id, kind: kind, bytes: try objects.withBytes(of: id, kind) { [UInt8]($0) })
    }
    if read.count > Self.mostLoose {
      try NewPack(read).store(in: there)
    } else {
      try LooseObjects(folder: folder, flushes: durability.looseObjects).store(read)
    }
    return new.count
  }
}

/// An object that is to be stored.
struct NewObject: Sendable {
  let id: ObjectID
  let kind: ObjectKind
  let bytes: [UInt8]
}
