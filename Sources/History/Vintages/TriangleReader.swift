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
    let reader = SnapshotReader(objects, measure)
    while true {
      let entries = try audit(met.sorted())
      let syncs = Self.syncs(of: entries, measure, endingAt: tip)
      var trail = KPITrail(of: id)
      // From the newest back, as the KPI's names lead.
      let versions = try syncs.map { ($0, try reader.version(of: $0.commit, &trail)) }
      var making = TriangleMaking(named: [id] + former, KeyPasts(entries), objects)
      for (sync, version) in versions.reversed() {
        let periods = making.isComplete ? sync.periods(of: version) : nil
        try making.add(sync, version, reader.snapshot(of: version, only: periods), only: periods)
      }
      if making.met.isSubset(of: met) {
        return RestatementTriangle(vintages: making.vintages, revisions: making.revisions)
      }
      met.formUnion(making.met)
    }
  }

  /// Newest first; what waits in the clone is one.
  private static func syncs(
    of entries: [AuditEntry], _ measure: RestatementTriangle.Measure, endingAt tip: ObjectID
  ) -> [TriangleSync] {
    var syncs: [TriangleSync] = []
    for entry in entries where mayChange(measure, entry) {
      let commit = entry.sync ?? tip
      if let last = syncs.indices.last, syncs[last].commit == commit {
        syncs[last].entries.append(entry)
      } else {
        syncs.append(TriangleSync(commit: commit, isSent: entry.sync != nil, entries: [entry]))
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
}
