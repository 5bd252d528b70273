import Git
import History
import Syncing

/// What a clone's history says, from the index where that can be kept.
struct LedgerPast {
  private let clone: LedgerClone

  init(_ clone: LedgerClone) { self.clone = clone }

  /// The changes of an audit, newest first; the index is brought up to date first.
  func entries(endingAt tip: ObjectID, _ query: AuditQuery) throws -> [AuditEntry] {
    let objects = clone.repository.objects
    let hub = try clone.hubTip()
    let index = try HistoryIndex(
      of: objects, cache: clone.cacheFolder, proof: AuthorProofs.maker(objects))
    try index.catchUp(through: hub ?? tip)
    return try index.entries(endingAt: tip, hub: hub, query)
  }
}
