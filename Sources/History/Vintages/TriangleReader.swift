import Calculation
public import Git
import LedgerFiles
public import LedgerModel

/// Makes a KPI's restatement triangle out of its history.
///
///     let reader = TriangleReader(objects) { try past.entries(endingAt: tip, $0) }
///     let triangle = try reader.triangle(of: id, formerly: definition.was, .figure, endingAt: tip)
///
/// The audit says which syncs may have changed a value; of each of them only the KPI's own files are read, and of a KPI
/// that is made of others theirs. What changes a figure from outside, as a rate of exchange, shows with the next sync that
/// changes the KPI.
public struct TriangleReader {
  private let objects: ObjectDatabase
  private let audit: ([KPIID]) throws -> [AuditEntry]

  /// - Parameter audit: the changes of some KPIs, newest first, all of them
  public init(_ objects: ObjectDatabase, audit: @escaping ([KPIID]) throws -> [AuditEntry]) {
    self.objects = objects
    self.audit = audit
  }

  /// The triangle of a KPI through a version.
  /// - Parameters:
  ///   - former: the ids that it had before
  ///   - tip: the version, a commit of the main line
  /// - Throws: `GitError` where the history cannot be read
  public func triangle(
    of id: KPIID, formerly former: [KPIID], _ measure: RestatementTriangle.Measure, endingAt tip: ObjectID
  ) throws -> RestatementTriangle {
    var met: Set<KPIID> = Set([id] + former)
    while true {
      let entries = try audit(met.sorted())
      let syncs = Self.syncs(of: entries, measure, endingAt: tip)
      let reader = SnapshotReader(objects, measure)
      var trail = KPITrail(of: id)
      // From the newest back, as the KPI's names lead.
      let snapshots = try syncs.map { ($0, try reader.snapshot(of: $0.commit, &trail)) }
      let all = snapshots.reduce(into: met) { $0.formUnion($1.1?.met ?? []) }
      if all == met { return try triangle(of: snapshots.reversed(), named: [id] + former, KeyPasts(entries)) }
      met = all
    }
  }

  /// A version that may have changed a value, with what its sync brought of the KPIs.
  private struct Sync {
    let commit: ObjectID
    let isSent: Bool
    var entries: [AuditEntry]
  }

  /// Newest first; what waits in the clone is one.
  private static func syncs(
    of entries: [AuditEntry], _ measure: RestatementTriangle.Measure, endingAt tip: ObjectID
  ) -> [Sync] {
    var syncs: [Sync] = []
    for entry in entries where mayChange(measure, entry) {
      let commit = entry.sync ?? tip
      if let last = syncs.indices.last, syncs[last].commit == commit {
        syncs[last].entries.append(entry)
      } else {
        syncs.append(Sync(commit: commit, isSent: entry.sync != nil, entries: [entry]))
      }
    }
    return syncs
  }

  private static func mayChange(_ measure: RestatementTriangle.Measure, _ entry: AuditEntry) -> Bool {
    guard LedgerPath(entry.file).kpi != nil else { return false }
    switch entry.key {
    case .file, .content: return true
    case .calculation: return measure != .targets
    case let key where key.row != nil || key.column != nil: return measure != .targets
    case let key:
      let fields = measure == .targets ? ["targets"] : ["consolidates", "status"]
      return key.field.map(fields.contains) ?? false
    }
  }

  private func triangle(
    of snapshots: [(Sync, SnapshotReader.Snapshot?)], named own: [KPIID], _ pasts: KeyPasts
  ) throws -> RestatementTriangle {
    var vintages: [Vintage] = []
    var revisions: [Revision] = []
    var before: [VintageRow: VintageCell] = [:]
    for case (let sync, let snapshot?) in snapshots {
      let changed = Set(before.keys).union(snapshot.cells.keys).filter { before[$0] != snapshot.cells[$0] }
      guard !changed.isEmpty else { continue }
      let seconds = try objects.commit(sync.commit).committer.time.seconds
      let causes = RevisionCauses(sync.entries, own: own, snapshot.calendar)
      for row in changed.sorted() {
        let (from, to) = (before[row], snapshot.cells[row])
        let hasBegun = UTCTime.day(seconds) >= snapshot.calendar.days(of: row.period).lowerBound
        revisions.append(
          Revision(
            row: row, vintage: vintages.count, from: from, to: to, origin: causes.cause(of: row).map(pasts.origin),
            isRestatement: hasBegun && from?.status == .final && from?.value != to?.value))
      }
      vintages.append(
        Vintage(commit: sync.commit, seconds: seconds, isSent: sync.isSent, kpi: snapshot.kpi))
      before = snapshot.cells
    }
    return RestatementTriangle(vintages: vintages, revisions: revisions)
  }
}
