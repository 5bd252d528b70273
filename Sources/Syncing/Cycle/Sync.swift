import Git
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging

/// `kpi sync`, step by step (DESIGN section 5): finish what was interrupted, commit edits, fetch, merge, push, and only
/// then move this clone.
public struct Sync {
  /// What the person who syncs asked for.
  public struct Options {
    /// Why, for the commits that sync makes of edits; nil lets it say what was edited.
    public var message: String?
    /// Says what would happen and changes nothing.
    public var isRehearsal = false
    /// Asked for each edited file that would put back what somebody else has replaced.
    public var putBack: (_ file: String, _ values: [PutBack]) -> PutBackAnswer = { _, _ in .leave }

    public init() {}
  }

  /// How often a lost race is run again before the hub is called too busy.
  static let tries = 30

  private let clone: LedgerClone
  private let surroundings: Surroundings
  private let options: Options
  private var repository: Repository { clone.repository }

  public init(_ clone: LedgerClone, surroundings: Surroundings, options: Options = Options()) {
    self.clone = clone
    self.surroundings = surroundings
    self.options = options
  }

  /// Runs the sync.
  /// - Throws: `CloneFault` where it cannot begin, `GitError` where the ledger cannot be read or written.
  public func run() async throws -> SyncReport {
    let lock = try CloneLock(clone)
    defer { withExtendedLifetime(lock) {} }
    try clone.requireQuiet()
    try clone.requireHistory()
    let author = try clone.author()
    var report = SyncReport()
    report.finishedInterrupted = try checkout.finishInterrupted()
    let edits = try EditCollector(clone: clone, answer: options.putBack).collect()
    report.leftOut = edits.leftOut
    report.notOfTheLedger = edits.others
    report.putsBack = edits.putsBack
    report.committed = edits.edits.map(\.path)
    let commit = EditCommit(clone: clone, author: author, now: surroundings.now(), signer: try signer)
    let tip = try commit.commitOnTip(edits.edits, message: options.message, moving: !options.isRehearsal)
    guard try clone.hubAddress() != nil else { throw CloneFault.noHub }
    try await exchange(tip, older: edits.edits, author, &report)
    report.tip = try clone.tip()
    report.waiting = try Waiting.of(clone)
    return report
  }

  /// What signs the commits; a rehearsal signs nothing.
  private var signer: (([UInt8]) throws -> String)? {
    get throws { options.isRehearsal ? nil : try clone.signer() }
  }

  private var checkout: Checkout { Checkout(clone: clone, now: surroundings.now().seconds) }

  // MARK: With the hub

  private func exchange(
    _ tip: ObjectID, older edits: [WorkEdits.Edit], _ author: Author, _ report: inout SyncReport
  ) async throws {
    var link = HubLink(clone: clone, surroundings: surroundings)
    if try !options.isRehearsal && (!edits.isEmpty || isUnsent(tip)) { link.turn = HubLink.Turn() }
    let lastSeen = try clone.hubTip()
    guard try await fetched(link, &report) else { return }
    let tip = try withinLimits(tip, author, &report)
    let commit = EditCommit(clone: clone, author: author, now: surroundings.now(), signer: try signer)
    let (local, committed) = try commit.carryOlder(edits, onto: tip, message: options.message)
    for attempt in 0..<Self.tries {
      guard let newest = try clone.hubTip() else { throw CloneFault.unrelated }
      let hub = try await givenBack(local, onto: newest, lastSeen: lastSeen, link, &report)
      let history = GitHistory(repository.objects)
      guard let fork = try history.fork(of: ContentID(local), hub: ContentID(hub)) else { throw CloneFault.unrelated }
      let need = try SignatureNeed.of(clone, by: author, onto: hub)
      guard
        let merge = try SyncMerge(
          hub: hub, local: local, by: author, at: surroundings.now(), in: repository.objects,
          signer: need == nil ? signer : nil)
      else {
        if report.givenBack > 0 { report.end = .done }
        return try arrive(at: hub, from: tip, committed, &report)
      }
      report.brought = try BroughtCommits.of(local, notIn: hub, by: author, in: repository.objects)
      report.held = merge.outcome.held
      report.settled = merge.outcome.ended
      report.sent = merge.outcome.filesOfLedger
      let sides = try BothSides(
        fork: ObjectID(fork), hub: hub, local: local, in: repository.objects)
      report.undecided = sides.undecided(ended: report.settled)
      report.earlierDefinition = try EarlierDefinition.met(
        at: merge.commit, sent: report.sent, received: received(from: tip, to: hub),
        since: history.commit(fork).committedAt, in: repository.objects)
      if let need {
        report.end = .unsigned(need)
        return
      }
      if options.isRehearsal {
        report.end = .rehearsed
        report.wouldChange = try TreePair(from: hub, to: merge.commit, in: repository.objects)
        report.received = try received(from: tip, to: hub).filter(sides.others.contains)
        return
      }
      switch try await link.push(merge.commit, onto: hub) {
      case .arrived:
        try arrive(at: merge.commit, from: tip, committed, &report)
        report.received = report.received.filter(sides.others.contains)
        report.end = .done
        return
      case .refused(let reasons):
        report.end = .refused(reasons)
        return
      case .raceLost:
        surroundings.progress("Somebody else was faster; merging again with what they sent.")
        try await surroundings.pause(Self.backOff(attempt))
        link.turn?.losses += 1
        guard try await fetched(link, &report) else { return }
      case .unclear(let reason):
        guard try await fetched(link, &report) else { return }
        if let now = try clone.hubTip(),
          try history.isAncestor(ContentID(merge.commit), of: ContentID(now))
        {
          try arrive(at: now, from: tip, committed, &report)
          report.end = .done
          return
        }
        if attempt == Self.tries - 1 { report.end = .offline(reason: reason) }
        try await surroundings.pause(Self.backOff(attempt))
      }
    }
    if case .nothingToDo = report.end { report.end = .offline(reason: "The hub is too busy.") }
  }

  /// Sends syncs that the hub has lost, and returns what it then stands at. Where that does not work, what they brought
  /// is merged like anything else.
  private func givenBack(
    _ local: ObjectID, onto hub: ObjectID, lastSeen: ObjectID?, _ link: HubLink, _ report: inout SyncReport
  ) async throws -> ObjectID {
    guard let lost = try LostSyncs(below: local, hub: hub, lastSeen: lastSeen, in: repository) else { return hub }
    if !options.isRehearsal {
      guard case .arrived = try await link.push(lost.newest, onto: hub) else { return hub }
    }
    report.givenBack += lost.count
    return lost.newest
  }

  /// The tip without files that the hub does not take, where somebody committed such files with plain git.
  private func withinLimits(_ tip: ObjectID, _ author: Author, _ report: inout SyncReport) throws -> ObjectID {
    guard let hub = try clone.hubTip() else { return tip }
    var commits = RemadeCommits(clone, by: author, at: surroundings.now(), signer: try signer)
    let (remade, findings) = try commits.remake(tip, notIn: hub)
    report.outsideLimits = findings
    if remade != tip, !options.isRehearsal { try commits.adopt(remade, instead: tip) }
    return remade
  }

  /// Fetches; false where the hub cannot be reached, which the report then says.
  private func fetched(_ link: HubLink, _ report: inout SyncReport) async throws -> Bool {
    switch try await link.fetch() {
    case .done: return true
    case .unreachable(let reason):
      report.end = .offline(reason: reason)
      return false
    case .denied(let reason, let lines):
      report.end = .denied(reason: reason, lines: lines)
      return false
    case .noLedger: throw CloneFault.hubWithoutLedger(try clone.hubAddress() ?? LedgerClone.remote)
    }
  }

  private func arrive(
    at target: ObjectID, from tip: ObjectID, _ committed: [String: ObjectID], _ report: inout SyncReport
  ) throws {
    report.received = try received(from: tip, to: target)
    guard !options.isRehearsal else {
      report.end = .rehearsed
      return
    }
    report.keptEdited = try checkout.move(to: target, committed: committed, isReceiving: true)
    if !report.received.isEmpty { report.end = .done }
  }

  /// Whether there is something here that the hub, as this clone knows it, does not have.
  private func isUnsent(_ tip: ObjectID) throws -> Bool {
    guard let hub = try clone.hubTip() else { return true }
    return try !RevWalk(repository.objects).isAncestor(tip, of: hub)
  }

  /// The files of the ledger that others changed: in which the target differs from this clone's own commits.
  private func received(from tip: ObjectID, to target: ObjectID) throws -> [String] {
    let objects = repository.objects
    return try TreeDiff.between(objects.commit(tip).tree, objects.commit(target).tree, in: objects).map(\.path)
  }

  /// A tenth of a second at most at first, five at last.
  private static func backOff(_ attempt: Int) -> Double { min(5, 0.1 * Double(1 << min(attempt, 6))) }
}

/// The commits of a clone that the hub does not have yet.
public enum Waiting {
  /// How many there are and since when they wait; nil where there are none.
  public static func of(_ clone: LedgerClone) throws -> SyncReport.Waiting? {
    guard let tip = try clone.tip() else { return nil }
    let walk = RevWalk(clone.repository.objects)
    let unsent = try walk.commits(from: [tip], notIn: clone.hubTip().map { [$0] } ?? [])
    guard !unsent.isEmpty else { return nil }
    let times = try unsent.map { try clone.repository.objects.commit($0).author.time.seconds }
    return SyncReport.Waiting(commits: unsent.count, since: times.min() ?? 0)
  }
}
