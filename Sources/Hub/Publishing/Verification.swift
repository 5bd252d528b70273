import Consolidation
public import Git
import History
import LedgerStore

/// Makes a published scorecard again from the commit that it names, and compares it byte by byte.
public struct Verification: Hashable, Sendable {
  /// What the published scorecard says that it is of.
  public let edition: Edition
  /// How many files it has.
  public let files: Int
  /// Files that are not what the commit gives, or are missing, or should not be there; in order.
  public let differing: [String]

  /// Why a scorecard cannot be made again.
  public enum Obstacle: Error, Hashable, Sendable {
    /// The commit does not say what it is of: nobody published it.
    case noEdition
    /// The commit it was made from is not here.
    case unknownSource(ObjectID)
  }

  /// Verifies a commit of the branch `scorecard`.
  /// - Throws: `Obstacle`; `GitError` where the repository cannot be read
  public init(of published: ObjectID, in objects: ObjectDatabase) throws {
    let commit = try objects.commit(published)
    guard let edition = Edition(message: commit.message) else { throw Obstacle.noEdition }
    guard objects.contains(edition.source) else { throw Obstacle.unknownSource(edition.source) }
    let ledger = try LedgerTree(objects.commit(edition.source).tree, in: objects).ledger
    let consolidation = try Consolidation(
      of: ledger, at: edition.source, in: objects, for: edition.period, asOf: edition.asOf)
    var rest = Dictionary(
      try objects.files(in: commit.tree).map { ($0.path, $0.entry.id) }, uniquingKeysWith: { $1 })
    var differing: [String] = []
    files = rest.count
    try PublishedFiles(consolidation: consolidation).forEach { path, text in
      let id = try ObjectDatabase.blobID(of: Array(text.utf8))
      if rest.removeValue(forKey: path) != id { differing.append(path) }
    }
    self.edition = edition
    self.differing = (differing + rest.keys).sorted()
  }
}
