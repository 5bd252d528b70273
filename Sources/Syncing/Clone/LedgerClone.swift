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
  /// Where what was calculated is kept; it can be deleted at any time.
  public var cacheFolder: String { notesFolder + "cache" }

  /// What programs see that sign commits, by name.
  private let environment: [String: String]
  /// How git is configured to sign, once it was asked for.
  private var knownSigning: CommitSigning?

  /// Opens the clone that a folder is in.
  /// - Parameter environment: what programs see that sign commits, by name
  /// - Throws: `CloneFault` where there is none, or it is no ledger.
  public init(containing folder: String, environment: [String: String] = [:]) throws {
    self.environment = environment
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
    guard try repository.headBranch() == Self.branch else {
      if let unfinished = repository.unfinished { throw CloneFault.unfinished(unfinished) }
      throw CloneFault.otherBranch(try repository.headBranch())
    }
  }

  /// Says whether everything that merging may need is here.
  /// - Throws: `CloneFault.shallow`, `CloneFault.partial`
  func requireHistory() throws {
    if repository.isShallow { throw CloneFault.shallow }
    if try repository.configurationFlag("remote.\(Self.remote).promisor") == true { throw CloneFault.partial }
  }

  /// Says whether files and branch may be changed now.
  /// - Throws: `CloneFault.unfinished` where conflict markers may be in the files; `CloneFault.otherWorkTree` where the
  ///   branch would move away below somebody's files
  func requireQuiet() throws {
    if let unfinished = repository.unfinished { throw CloneFault.unfinished(unfinished) }
    if let folder = OtherWorkTrees.showingTheLedger(besides: self) { throw CloneFault.otherWorkTree(folder) }
  }

  /// The newest commit of this clone; nil in a ledger without commits.
  public func tip() throws -> ObjectID? { try repository.target(of: Self.branch) }

  /// The newest commit of the hub that this clone has seen; nil before the first sync.
  public func hubTip() throws -> ObjectID? { try repository.target(of: Self.hubBranch) }

  /// Where the hub is; nil for a clone without one.
  public func hubAddress() throws -> String? { try repository.configuration("remote.\(Self.remote).url") }

  /// How git is configured to sign commits here. An ssh key signs all that is committed; nothing else does.
  /// - Throws: `GitError` with code `.signing` where no key is named
  public func signing() throws -> CommitSigning {
    if let knownSigning { return knownSigning }
    let signing = try repository.commitSigning(environment: environment)
    knownSigning = signing
    return signing
  }

  /// What signs commits; nil where they are not signed.
  func signer() throws -> (([UInt8]) throws -> String)? {
    guard case .ssh(let signer) = try signing() else { return nil }
    return { try signer.signature(of: $0) }
  }

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
  /// The clone was made without its files' contents (`--filter`), which git gets one by one when it is online.
  case partial
  /// Something begun with plain git waits to be ended.
  case unfinished(Unfinished)
  /// Another work tree of the same repository shows the ledger too: its folder.
  case otherWorkTree(String)
  /// The hub can be reached, but has no branch `main`: its address.
  case hubWithoutLedger(String)
}
