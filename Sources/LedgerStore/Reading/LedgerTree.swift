public import Git
import LedgerFiles
public import LedgerModel

/// A whole ledger, read out of a commit's tree or a folder: what its files mean, and what is wrong with each by itself.
///
///     let read = try LedgerTree(objects.commit(tip).tree, in: objects)
///     let scorecard = Consolidation(of: read.ledger, for: period, asOf: day, source: tip.description).company
///
/// All processors read and decode. For one KPI or department see `init(of:from:)`, which opens only what they need.
public struct LedgerTree: Sendable {
  /// What the files mean; files that cannot be read are absent.
  public let ledger: Ledger
  /// What is wrong with each file by itself, in the order of file, line and column.
  public let findings: [Finding]

  /// Reads a tree.
  /// - Throws: `GitError` where an object is missing or damaged.
  public init(_ tree: ObjectID, in objects: ObjectDatabase) throws {
    let files = try objects.files(in: tree).compactMap { path, entry in
      entry.mode.isBlob && entry.mode != .symbolicLink ? LedgerFile(path, .object(entry.id)) : nil
    }
    try self.init(LedgerFile.decode(files, with: { FileReader(objects: objects) }))
  }

  /// Reads a folder. Links are not followed, names that begin with a dot not looked at.
  /// - Throws: `GitError.system` where the folder cannot be read.
  public init(folder: String) throws {
    let paths = FolderSource(folder).allPaths()
    try self.init(LedgerFile.decode(paths.map { LedgerFile($0, .disk) }, with: { FileReader(folder: folder) }))
  }

  init(_ decoded: [DecodedFile]) {
    ledger = LedgerReader.ledger(of: decoded)
    findings = decoded.flatMap(\.findings).sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }
}
