import Clibgit2
import Glibc

/// Stores some objects as loose files: all are written first, then flushed, and only then get their names.
///
/// The disk takes them together; one after the other each would wait for a flush of its own. Whatever a killed process
/// leaves are `tmp_obj_` files, as git's own, which its maintenance removes.
struct LooseObjects {
  let folder: String
  let flushes: Bool

  func store(_ objects: [NewObject]) throws {
    var drafts: [Draft] = []
    defer { for draft in drafts { draft.discard() } }
    let contents = try Deflating.deflated(
      all: objects.map { Array("\($0.kind.rawValue) \($0.bytes.count)\0".utf8) + $0.bytes })
    for (object, content) in zip(objects, contents) { drafts.append(try draft(object, content)) }
    if flushes {
      for draft in drafts { draft.beginFlush() }
      for draft in drafts { try draft.flush() }
    }
    for draft in drafts { try draft.name() }
    guard flushes else { return }
    for place in Set(drafts.map(\.folder)).union([folder]) { try Self.flush(folder: place) }
  }

  private func draft(_ object: NewObject, _ content: [UInt8]) throws -> Draft {
    let name = object.id.description
    let place = "\(folder)/\(name.prefix(2))"
    guard mkdir(place, 0o777) == 0 || errno == EEXIST else { throw FileSystem.error("mkdir", place) }
    let path = "\(place)/tmp_obj_\(getpid())_\(name.dropFirst(2))"
    unlink(path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.error("write", place) }
    let draft = Draft(
      descriptor: descriptor, path: path, folder: place, target: "\(place)/\(name.dropFirst(2))")
    do {
      try draft.write(content)
    } catch {
      draft.discard()
      throw error
    }
    return draft
  }

  private static func flush(folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.error("open", folder) }
    defer { close(descriptor) }
    // Some file systems flush no folders, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileSystem.error("fsync", folder) }
  }

  private struct Draft {
    let descriptor: Int32
    let path: String
    let folder: String
    let target: String

    func write(_ content: [UInt8]) throws {
      var rest = content[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw FileSystem.error("write", target) }
        rest = rest.dropFirst(count)
      }
      guard fchmod(descriptor, 0o444) == 0 else { throw FileSystem.error("chmod", target) }
    }

    func beginFlush() { kpi_begin_flush(descriptor) }

    func flush() throws { guard fsync(descriptor) == 0 else { throw FileSystem.error("fsync", target) } }

    func name() throws { guard rename(path, target) == 0 else { throw FileSystem.error("rename", target) } }

    /// Ends with the draft; once it has its name there is nothing to remove.
    func discard() {
      close(descriptor)
      unlink(path)
    }
  }
}
