public import Git
import LedgerFiles
public import LedgerModel
import LedgerStore

/// A hub: the bare repository that everybody syncs with.
///
/// ```swift
/// let hub = try LedgerHub(at: "/srv/ledger.git")
/// ```
public final class LedgerHub {
  /// The one branch that a push moves.
  public static let branch = "refs/heads/main"
  /// The branch that scorecards are published on; only the hub itself moves it.
  public static let scorecardBranch = "refs/heads/scorecard"
  /// The configuration variable that says where the `kpi` is that made the hub, for its hooks.
  public static let programVariable = "kpi.program"
  /// The configuration variable that names the file of ssh's keys that the hub keeps up to date.
  public static let keysVariable = "kpi.authorizedKeys"

  public let repository: Repository
  /// The folder in which the hub keeps its locks and its log, ending in `/`.
  public let notesFolder: String

  /// Opens the hub at a path.
  /// - Throws: `HubFault.noHub` where there is none.
  public convenience init(at path: String) throws {
    try self.init(path, objectDirectory: nil, alternates: [])
  }

  /// Opens the hub with a place of its own for objects: as a hook sees it, which git gives the objects of a push in
  /// quarantine, or so that a check by hand writes nothing into the hub.
  /// - Parameters:
  ///   - path: the bare repository
  ///   - objectDirectory: where new objects go; in a hook `GIT_OBJECT_DIRECTORY`
  ///   - alternates: where else objects are; in a hook `GIT_ALTERNATE_OBJECT_DIRECTORIES`
  /// - Throws: `HubFault.noHub` where there is none.
  public init(_ path: String, objectDirectory: String?, alternates: [String]) throws {
    do {
      repository = try Repository.open(path, objectDirectory: objectDirectory, alternates: alternates)
    } catch let error where error.code == .notFound {
      throw HubFault.noHub(path)
    }
    notesFolder = repository.commonPath + "kpi/"
  }

  /// The newest commit of the main line; nil in a repository without one.
  public func tip() throws -> ObjectID? { try repository.target(of: Self.branch) }

  /// `people.yaml` at the tip; nil where there is none that can be read.
  public func people() throws -> People? {
    guard let tip = try tip() else { return nil }
    let tree = try repository.objects.commit(tip).tree
    return LedgerView(TreeSource(repository.objects, tree: tree)).people.value
  }

  /// The newest published scorecard; nil before the first.
  public func published() throws -> ObjectID? { try repository.target(of: Self.scorecardBranch) }
}
