public import Calculation
import Consolidation
public import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore

/// Publishes the scorecard of a hub's newest state on its branch `scorecard`.
///
/// ```swift
/// let publisher = Publisher(hub: hub, version: "1.0.0", now: now) { calendar in today }
/// if case .published(let commit, let edition) = try publisher.publish() { … }
/// ```
public struct Publisher {
  /// What came of it.
  public enum Outcome: Hashable, Sendable {
    /// A commit on the branch `scorecard`.
    case published(ObjectID, Edition)
    /// The newest state was published already, as of the same day and by the same version.
    case upToDate(Edition)
    /// Another process waits to publish, and will see whatever this one would.
    case leftToAnother
  }

  private let hub: LedgerHub
  private let version: String
  private let now: GitTime
  private let period: Period?
  private let today: (FiscalCalendar) -> Day

  /// - Parameters:
  ///   - hub: the hub
  ///   - version: the version of this program, which the message names
  ///   - now: for the commit
  ///   - period: what the scorecard is of; nil: `ReportingPeriod.newest`'s
  ///   - today: the last day that counts, in the time zone of the ledger's calendar
  public init(
    hub: LedgerHub, version: String, now: GitTime, period: Period? = nil, today: @escaping (FiscalCalendar) -> Day
  ) {
    self.hub = hub
    self.version = version
    self.now = now
    self.period = period
    self.today = today
  }

  /// Publishes, one process at a time and the newest state only; writes nothing where that is published already.
  /// - Throws: `HubFault.empty` where the hub has no ledger, `GitError` where it cannot be read or written.
  public func publish() throws -> Outcome {
    try HubFiles.makeFolder(hub.notesFolder)
    guard let lock = try PublishLock(in: hub.notesFolder) else { return .leftToAnother }
    defer { withExtendedLifetime(lock) {} }
    guard let tip = try hub.tip() else { throw HubFault.empty }
    let newest = try hub.published()
    let before = try newest.flatMap { Edition(message: try hub.repository.objects.commit($0).message) }
    let tree = try hub.repository.objects.commit(tip).tree
    if let before, before.source == tip, before.version == version, period.map({ $0 == before.period }) ?? true,
      before.asOf == today(calendar(in: tree))
    {
      return .upToDate(before)
    }
    let ledger = try LedgerTree(tree, in: hub.repository.objects).ledger
    let day = today(ledger.settings.calendar)
    let edition = Edition(
      source: tip, asOf: day, period: period ?? ReportingPeriod.newest(of: ledger, asOf: day), version: version)
    return .published(try write(edition, of: ledger, onto: newest), edition)
  }

  private func calendar(in tree: ObjectID) -> FiscalCalendar {
    LedgerView(TreeSource(hub.repository.objects, tree: tree)).settings.value?.calendar ?? FiscalCalendar()
  }

  private func write(_ edition: Edition, of ledger: Ledger, onto newest: ObjectID?) throws -> ObjectID {
    let objects = hub.repository.objects
    let consolidation = try Consolidation(
      of: ledger, at: edition.source, in: objects, for: edition.period, asOf: edition.asOf)
    var entries: [String: TreeEntry?] = [:]
    try PublishedFiles(consolidation: consolidation).forEach { path, text in
      entries[path] = TreeEntry(id: try objects.writeBlob(Array(text.utf8)))
    }
    let tree = try TreeWriter.write(base: nil, changes: entries, to: objects)
    let signature = Signature(name: "KPI Ledger", email: "kpi-ledger@localhost", time: now)
    let commit = try objects.writeCommit(
      tree: tree, parents: newest.map { [$0] } ?? [], author: signature, committer: signature,
      message: edition.message)
    try hub.repository.setReflogAuthor(signature)
    try hub.repository.updateReference(
      LedgerHub.scorecardBranch, to: commit, from: newest, message: "kpi hub publish")
    return commit
  }
}
