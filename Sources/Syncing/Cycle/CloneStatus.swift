public import Git
public import LedgerModel
import LedgerStore
public import Merging

/// How a clone stands towards its hub, as far as it can be known without a network.
public struct CloneStatus: Sendable {
  /// Edited files of the ledger that are not committed yet, by path.
  public var edited: [String] = []
  /// Those of them that fail the check, with what is wrong.
  public var failing: [String: [Finding]] = [:]
  /// Edited files that would put back what somebody else has replaced.
  public var putsBack: [PutBack] = []
  /// Files outside the ledger's layout.
  public var notOfTheLedger: [String] = []
  /// Commits that wait for the hub.
  public var waiting: SyncReport.Waiting?
  /// The files that a sync would send with what comes into force, as far as this clone knows the hub.
  public var wouldBeSent: [String] = []
  /// What of them would be held, as far as this clone knows the hub.
  public var wouldBeHeld: [HeldChange] = []
  /// The trees before and after what would come into force, as far as this clone knows the hub; nil where nothing waits.
  public var wouldChange: TreePair?
  /// The proposals that would stay although somebody here decided about them, by path.
  public var wouldStayUndecided: [String] = []
  /// The hub's address; nil where there is none.
  public var hub: String?
  /// When the hub's newest known commit was made, seconds since 1970; nil before the first exchange.
  public var hubSeen: Int64?
  /// Whether an earlier sync was interrupted and will be finished by the next one.
  public var isInterrupted = false
  /// Something begun with plain git that waits to be ended; no sync runs before that.
  public var unfinished: Unfinished?
  /// Commits of others that the next sync brings along, counting as those of the one who syncs.
  public var brought: [BroughtCommits] = []
  /// Why the hub would not take anything from here: it takes signed changes only.
  public var signatureNeed: SignatureNeed?
  /// How many proposals wait to be settled.
  public var proposals = 0

  /// Looks at a clone. Nothing is changed but for objects that nobody refers to.
  public static func of(_ clone: LedgerClone, now: GitTime) throws -> CloneStatus {
    var status = CloneStatus()
    status.isInterrupted = Journal.pending(in: clone) != nil
    status.unfinished = clone.repository.unfinished
    status.hub = try clone.hubAddress()
    let collected = try EditCollector(clone: clone, answer: { _, _ in .leave }).collect()
    status.failing = collected.leftOut
    status.putsBack = collected.putsBack
    status.notOfTheLedger = collected.others
    status.edited = collected.edits.map(\.path).sorted()
    status.waiting = try Waiting.of(clone)
    guard let tip = try clone.tip() else { return status }
    let objects = clone.repository.objects
    status.proposals = try objects.files(in: objects.commit(tip).tree, under: "proposals").count
    guard let hub = try clone.hubTip() else { return status }
    status.hubSeen = try objects.commit(hub).committer.time.seconds
    if let author = try? clone.author() {
      status.signatureNeed = try SignatureNeed.of(clone, by: author, onto: hub)
      // As sync will do it: what was edited by hand is committed first, and commits may rest on it.
      let local = try EditCommit(clone: clone, author: author, now: now, signer: nil)
        .commitOnTip(collected.edits, message: nil, moving: false)
      status.brought = try BroughtCommits.of(local, notIn: hub, by: author, in: objects)
      let merge = try SyncMerge(hub: hub, local: local, by: author, at: now, in: clone.repository.objects)
      status.wouldBeHeld = merge?.outcome.held ?? []
      status.wouldBeSent = merge?.outcome.filesOfLedger ?? []
      status.wouldChange = try merge.map { try TreePair(from: hub, to: $0.commit, in: objects) }
      if let merge, let fork = try GitHistory(objects).fork(of: ContentID(local), hub: ContentID(hub)) {
        status.wouldStayUndecided = try BothSides(fork: ObjectID(fork), hub: hub, local: local, in: objects)
          .undecided(ended: merge.outcome.ended)
      }
    }
    return status
  }
}
