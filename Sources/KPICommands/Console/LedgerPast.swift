import Foundation
import Git
import History
import Syncing

/// What a clone's history says, with progress where it takes a while.
struct LedgerPast {
  private let clone: LedgerClone
  private let audit: IndexedAudit

  init(_ clone: LedgerClone) {
    self.clone = clone
    let objects = clone.repository.objects
    audit = IndexedAudit(
      objects, cache: clone.cacheFolder,
      pairs: TreePairs(folder: clone.folder, environment: Console.environment), proof: AuthorProofs.maker(objects))
  }

  /// The changes of an audit, newest first.
  func entries(endingAt tip: ObjectID, _ query: AuditQuery) throws -> [AuditEntry] {
    try audit.entries(endingAt: tip, hub: clone.hubTip(), query) { done, of in
      if of > 10_000, isatty(STDERR_FILENO) == 1 { Console.note("Reading the history: \(done) of \(of) syncs") }
    }
  }

  /// The newest commit of the main line that was made up to a moment; nil where the ledger is younger.
  /// - Parameter seconds: the last second that counts, since 1970
  func commit(upTo seconds: Int64, from tip: ObjectID) throws -> ObjectID? {
    try audit.commit(upTo: seconds, from: tip)
  }

  /// Takes in what a sync has brought, where somebody has asked for the history before. What fails here is made up for
  /// when somebody asks again.
  func keepUp() {
    guard let hub = try? clone.hubTip() else { return }
    try? audit.keepUp(with: hub)
  }
}
