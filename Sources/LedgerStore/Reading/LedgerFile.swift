import Git
import LedgerFiles
import LedgerModel

/// A file of a ledger that is to be read.
struct LedgerFile: Sendable {
  /// Where its content is.
  enum Place: Sendable {
    case object(ObjectID)
    case disk
  }

  let path: String
  let place: Place

  init(_ path: String, _ place: Place) {
    self.path = path
    self.place = place
  }

  /// What files mean, in no order; those outside the layout are left out.
  /// - Parameter reader: gives each thread a reader of its own.
  static func decode(_ files: [LedgerFile], with reader: @Sendable () -> FileReader) throws -> [DecodedFile] {
    try Parallel.map(Job.all(of: files), tools: reader) { job, reader, results in
      var definition: Definition?
      if let file = job.file {
        let decoded = try reader.decode(file, definition: nil)
        if case .definition(let found)? = decoded.content { definition = found }
        results.append(decoded)
      }
      if let actuals = job.actuals { results.append(try reader.decode(actuals, definition: definition)) }
    }
  }

  /// What one thread reads in one go: a file, and the actuals that need it to be read.
  private struct Job: Sendable {
    let file: LedgerFile?
    let actuals: LedgerFile?

    static func all(of files: [LedgerFile]) -> [Job] {
      var actuals: [KPIID: LedgerFile] = [:]
      var others: [(file: LedgerFile, id: KPIID?)] = []
      others.reserveCapacity(files.count)
      for file in files {
        switch LedgerPath(file.path) {
        case .actuals(let id): actuals[id] = file
        case .definition(let id): others.append((file, id))
        case .other: break
        default: others.append((file, nil))
        }
      }
      let jobs = others.map { other in
        Job(file: other.file, actuals: other.id.flatMap { actuals.removeValue(forKey: $0) })
      }
      return jobs + actuals.values.map { Job(file: nil, actuals: $0) }
    }
  }
}

/// Reads and decodes files out of a repository's objects or a folder. For one thread.
final class FileReader {
  private let objects: ObjectDatabase?
  private let folder: FolderSource?

  init(objects: ObjectDatabase) {
    self.objects = objects
    folder = nil
  }

  init(folder: String) {
    objects = nil
    self.folder = FolderSource(folder)
  }

  /// What a file means; nothing where it is not to be had any more, or is too large to be opened.
  func decode(_ file: LedgerFile, definition: Definition?) throws -> DecodedFile {
    if case .disk = file.place, let size = folder?.size(of: file.path),
      size > FileLimits.standard.bytes(of: file.path)
    {
      let findings = FileLimits.standard.findings(for: file.path, size: size)
      return DecodedFile(path: file.path, content: nil, findings: findings)
    }
    guard let bytes = try bytes(of: file) else { return DecodedFile(path: file.path, content: nil, findings: []) }
    return LedgerReader.decode(path: file.path, bytes: bytes, definition: definition)
  }

  private func bytes(of file: LedgerFile) throws -> [UInt8]? {
    switch file.place {
    case .object(let id): try objects?.blob(id)
    case .disk: folder?.bytes(at: file.path)
    }
  }
}
