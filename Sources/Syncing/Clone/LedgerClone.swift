public import Git
public import LedgerModel
import LedgerStore

/// A person's own copy of a ledger: a git work tree on the branch `main`, with the hub as remote `origin`.
public final class LedgerClone {
  /// The branch that a ledger lives on.
  public static let branch = "refs/heads/main"
  /// What the clone last saw of the hub.
  public static let hubBranch = "refs/remotes/origin/main"
  public static let remote = "origin"

  public let repository: Repository
  /// The work tree's folder, ending in `/`.
  public let folder: String
  /// The folder inside git's own in which a clone keeps its journal and notes, ending in `/`.
  public let notesFolder: String

  /// Opens the clone that a folder is in.
  /// - Throws: `CloneFault` where there is none, or it is no ledger.
  public init(containing folder: String) throws {
    let repository: Repository
    do {
      repository = try Repository.discover(from: folder)
    } catch let error where error.code == .notFound {
      throw CloneFault.noLedger(folder)
    }
    guard let work = repository.workPath else { throw CloneFault.isHub(repository.path) }
    self.repository = repository
    self.folder = work
    notesFolder = repository.commonPath + "kpi/"
    guard try repository.headBranch() == Self.branch else { throw CloneFault.otherBranch(try repository.headBranch()) }
  }

  /// The newest commit of this clone; nil in a ledger without commits.
  public func tip() throws -> ObjectID? { try repository.target(of: Self.branch) }

  /// The newest commit of the hub that this clone has seen; nil before the first sync.
  public func hubTip() throws -> ObjectID? { try repository.target(of: Self.hubBranch) }

  /// Where the hub is; nil for a clone without one.
  public func hubAddress() throws -> String? { try repository.configuration("remote.\(Self.remote).url") }

  /// Who works here, as git is configured.
  /// - Throws: `CloneFault.noIdentity` where git does not know name or address.
  public func author() throws -> Author {
    guard let name = try repository.configuration("user.name"), let email = try repository.configuration("user.email"),
      !name.isEmpty, !email.isEmpty
    else { throw CloneFault.noIdentity }
    return Author(name: name, email: email)
  }
}

/// Why a command cannot work in a folder.
public enum CloneFault: Error, Hashable, Sendable {
  case noLedger(String)
  case isHub(String)
  case otherBranch(String?)
  case noIdentity
  case noHub
  /// Another `kpi` is changing this clone right now.
  case busy
  /// The clone and the hub share no history.
  case unrelated
  /// The clone was made without its history (`--depth`).
  case shallow
}
