import Consolidation
public import Git
import History
import LedgerStore

/// Makes a published scorecard again from the commit that it names, and compares it byte by byte.
///
/// Everything is read and measured anew; nothing that was kept by whoever published is looked at.
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
    var there: [String: TreeEntry] = [:]
    for file in try objects.files(in: commit.tree) { there[file.path] = file.entry }
    var earlier: ObjectID?
    if let parent = commit.parents.first { earlier = try objects.commit(parent).tree }
    let carried = CarriedFiles(there: there, earlier: earlier, objects: objects)
    var rest = there
    var differing: [String] = []
    files = rest.count
    let made = PublishedFiles(ScorecardReading(consolidation))
    try made.forEach(made.names, source: carried.source) { name, files in
      for (path, bytes) in zip(PublishedFiles.paths(of: name), files ?? []) {
        let right = TreeEntry(id: try ObjectDatabase.blobID(of: bytes))
        if rest.removeValue(forKey: path) != right { differing.append(path) }
      }
    }
    self.edition = edition
    self.differing = (differing + rest.keys).sorted()
  }
}

/// The files of an edition that the one before has as well: they name the commit that they were first made from.
private struct CarriedFiles {
  let there: [String: TreeEntry]
  let earlier: ObjectID?
  let objects: ObjectDatabase

  /// The commit that a scorecard's files may name besides the edition's own; nil for none.
  func source(_ name: String) -> String? {
    let paths = PublishedFiles.paths(of: name)
    guard let earlier, let first = paths.first, let json = there[first] else { return nil }
    for path in paths {
      guard let entry = there[path], let before = try? objects.entry(at: path, in: earlier), before == entry else {
        return nil
      }
    }
    return (try? objects.blob(json.id)).flatMap { PublishedSource.named(in: $0) }
  }
}

/// The commit that a published JSON file names.
enum PublishedSource {
  /// The field `source`, which stands in the first lines; nil where it is no commit's id.
  static func named(in json: [UInt8]) -> String? {
    let head = String(decoding: json.prefix(1000), as: UTF8.self)
    guard let start = head.firstRange(of: "\n  \"source\": \"") else { return nil }
    let id = head[start.upperBound...].prefix { $0 != "\"" }
    return ObjectID(id).map(\.description)
  }
}
