public import Calculation
import Consolidation
public import Git
import History
import LedgerFiles
import LedgerModel
import LedgerStore

/// Publishes the scorecard of a hub's newest state on its branch `scorecard`.
///
/// Of the same day, period and version only files in which a figure, a flag or a name differs are written; the others keep
/// the commit that they name, since when nothing that they show has changed. Killed at any moment it leaves the branch
/// where it was.
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
  private let program: String?
  private let now: GitTime
  private let period: Period?
  private let today: (FiscalCalendar) -> Day

  /// - Parameters:
  ///   - hub: the hub
  ///   - version: the version of this program, which the message names
  ///   - program: names this very build, so that it finds again what it keeps in the hub; nil: nothing is kept
  ///   - now: for the commit
  ///   - period: what the scorecard is of; nil: `ReportingPeriod.newest`'s
  ///   - today: the last day that counts, in the time zone of the ledger's calendar
  public init(
    hub: LedgerHub, version: String, program: String? = nil, now: GitTime, period: Period? = nil,
    today: @escaping (FiscalCalendar) -> Day
  ) {
    self.hub = hub
    self.version = version
    self.program = program
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
    let rollUp = try LedgerRollUp(of: tip, in: hub.repository.objects, cache: cache, program: program ?? "")
    let calendar = calendar(in: tree)
    let day = today(calendar)
    let edition = Edition(
      source: tip, asOf: day, period: try period ?? rollUp.newestPeriod(asOf: day, calendar: calendar),
      version: version)
    // Of another day or period, or by another version, all files are others.
    let isNext = before.map { $0.asOf == day && $0.period == edition.period && $0.version == version } ?? false
    let commit = try rollUp.scorecards(of: edition.period, asOf: day, since: isNext ? newest?.description : nil) {
      try write(edition, $0, onto: newest)
    }
    try ScorecardBranch(hub.repository).move(to: commit, from: newest, by: signature)
    // What is kept is worth nothing of its own: where it cannot be written, the next edition is made as a whole.
    try? rollUp.note(commit.description, of: edition.period, asOf: day)
    return .published(commit, edition)
  }

  private var cache: String? { program == nil ? nil : hub.notesFolder + "cache" }

  private var signature: Signature { Signature(name: "KPI Ledger", email: "kpi-ledger@localhost", time: now) }

  private func calendar(in tree: ObjectID) -> FiscalCalendar {
    LedgerView(TreeSource(hub.repository.objects, tree: tree)).settings.value?.calendar ?? FiscalCalendar()
  }

  /// Writes the files that are others than in the newest edition; the rest of them stay as they are.
  private func write(_ edition: Edition, _ reading: ScorecardReading, onto newest: ObjectID?) throws -> ObjectID {
    let gathering = try ObjectGathering(for: hub.repository)
    let objects = gathering.objects
    var entries: [String: TreeEntry?] = [:]
    let published = PublishedFiles(reading)
    try published.forEach(published.changed) { name, files in
      for (index, path) in PublishedFiles.paths(of: name).enumerated() {
        var entry: TreeEntry?
        if let files { entry = TreeEntry(id: try objects.writeBlob(files[index])) }
        entries[path] = .some(entry)
      }
    }
    var base: ObjectID?
    if let newest, reading.changed != nil { base = try objects.commit(newest).tree }
    let tree = try TreeWriter.write(base: base, changes: entries, to: objects)
    let commit = try objects.writeCommit(
      tree: tree, parents: [newest].compactMap(\.self), author: signature, committer: signature,
      message: edition.message)
    try gathering.store()
    return commit
  }
}
