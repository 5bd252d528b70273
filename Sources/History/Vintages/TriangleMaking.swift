import Calculation
import Git
import LedgerFiles
import LedgerModel

/// A sync that may have changed a value of a KPI, with what it brought.
struct TriangleSync {
  /// The commit of the main line; of what waits in the clone its newest.
  let commit: ObjectID
  let isSent: Bool
  /// Newest first.
  var entries: [AuditEntry]

  /// The periods whose values may be others than before; nil where all may be.
  func periods(of version: KPIVersion) -> Set<Period>? {
    guard let definition = version.definition.value, !definition.isMade else { return nil }
    var periods: Set<Period> = []
    for entry in entries {
      guard entry.key.row != nil, entry.file == version.kpi.actualsPath, let period = entry.key.period else {
        return nil
      }
      periods.insert(period)
    }
    return periods
  }
}

/// Puts a triangle together, version by version, the oldest first.
struct TriangleMaking {
  private(set) var vintages: [Vintage] = []
  private(set) var revisions: [Revision] = []
  /// All KPIs that any version needed.
  private(set) var met: Set<KPIID> = []
  /// Whether all that is known stands in the last version; not where that could not be read.
  private(set) var isComplete = false
  private var cells: [VintageRow: VintageCell] = [:]
  private let names: [KPIID]
  private let pasts: KeyPasts
  private let objects: ObjectDatabase

  /// - Parameter names: what the KPI is called, and was
  init(named names: [KPIID], _ pasts: KeyPasts, _ objects: ObjectDatabase) {
    self.names = names
    self.pasts = pasts
    self.objects = objects
  }

  /// Takes in the next version.
  /// - Parameters:
  ///   - snapshot: its values; nil where it cannot be read, and is passed over
  ///   - periods: those that the snapshot is of; nil for all
  /// - Throws: `GitError` where the history cannot be read
  mutating func add(
    _ sync: TriangleSync, _ version: KPIVersion, _ snapshot: SnapshotReader.Snapshot?, only periods: Set<Period>?
  ) throws {
    isComplete = snapshot != nil
    guard let snapshot else { return }
    met.formUnion(snapshot.met)
    let known = periods.map { Set($0.map { VintageRow(period: $0) }) } ?? Set(cells.keys)
    let changed = known.union(snapshot.cells.keys).filter { cells[$0] != snapshot.cells[$0] }
    guard !changed.isEmpty else { return }
    let seconds = try objects.commit(sync.commit).committer.time.seconds
    let calendar = version.settings.calendar
    let causes = RevisionCauses(sync.entries, own: names, calendar)
    for row in changed.sorted() {
      let (from, to) = (cells[row], snapshot.cells[row])
      let hasBegun = UTCTime.day(seconds) >= calendar.days(of: row.period).lowerBound
      revisions.append(
        Revision(
          row: row, vintage: vintages.count, from: from, to: to, origin: causes.cause(of: row).map(pasts.origin),
          isRestatement: hasBegun && from?.status == .final && from?.value != to?.value
            && causes.touchWhatStood(in: row)))
      cells[row] = to
    }
    vintages.append(Vintage(commit: sync.commit, seconds: seconds, isSent: sync.isSent, kpi: version.kpi))
  }
}
