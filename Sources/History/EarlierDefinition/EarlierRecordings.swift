import Calculation
public import Git
import LedgerFiles
public import LedgerModel
import LedgerStore

/// Finds the rows that were *recorded under an earlier definition*, from the history alone.
///
///     let found = try EarlierRecordings(at: tip, in: objects).rows(of: [id], confirms: isDataOwner)
///
/// A row is one of them when the commit that entered it calculates its period otherwise than the ledger now does, and
/// the calculation that it met, or one that came later, was entered by somebody who had not seen the row. Who changes a
/// calculation with the row in front of them says what it is to mean, and nothing is flagged. It ends when anybody
/// records other values, or the data owner touches the row or its note, having the calculation that is in force.
///
/// One walk of the main line serves all KPIs asked for. For one thread.
public final class EarlierRecordings {
  private let objects: ObjectDatabase
  private let tip: ObjectID
  private let audit: Audit
  private let walk: RevWalk
  private let view: LedgerView
  private var trees: [ObjectID: ObjectID] = [:]
  private var histories: [ObjectID: CalculationHistory?] = [:]
  private lazy var calendar = view.settings.value?.calendar ?? FiscalCalendar()

  /// The history that ends at a commit of the main line.
  /// - Parameter proof: as an ``Audit`` takes it
  /// - Throws: `GitError` where it cannot be read
  public init(
    at tip: ObjectID, in objects: ObjectDatabase, proof: (@Sendable () -> AuthorProof)? = nil
  ) throws {
    self.objects = objects
    audit = Audit(objects, proof: proof)
    self.tip = tip
    walk = RevWalk(objects)
    view = LedgerView(TreeSource(objects, tree: try objects.commit(tip).tree))
  }

  /// The rows in force that were recorded under an earlier definition, by KPI and period.
  /// - Parameters:
  ///   - ids: the KPIs that are asked for
  ///   - since: the first second that counts, of the history's own clock; nil: from the beginning
  ///   - confirms: whether somebody answers for the data of a KPI
  /// - Throws: `GitError` where the history cannot be read
  public func rows(
    of ids: [KPIID], since: Int64? = nil, confirms: (KPIID, Author) -> Bool
  ) throws -> [EarlierRecording] {
    let names = Dictionary(
      ids.map { id in (id, [id] + (view.definition(id).value?.was ?? [])) }, uniquingKeysWith: { one, _ in one })
    guard !names.isEmpty else { return [] }
    var query = AuditQuery()
    query.kpis = Set(names.values.joined()).sorted()
    query.since = since
    let entries = try audit.entries(endingAt: tip, hub: nil, query)
    return try names.sorted { $0.key < $1.key }.flatMap { id, names in
      let past = RowPast(entries.filter { $0.kpi.map(names.contains) ?? false })
      return try rows(of: KPI(id: id, names: names), past, confirms: confirms)
    }
  }

  /// A KPI with the ids that it had before it moved.
  private struct KPI {
    let id: KPIID
    let names: [KPIID]
  }

  private func rows(
    of kpi: KPI, _ past: RowPast, confirms: (KPIID, Author) -> Bool
  ) throws -> [EarlierRecording] {
    try past.rowNames.compactMap { row in
      guard let period = Period(String(row.prefix { $0 != "," })),
        let recorded = past.recorded(row, confirmedBy: { confirms(kpi.id, $0) }),
        let then = try calculation(of: kpi, in: recorded.entry.commit, for: period),
        let now = try calculation(of: kpi, in: tip, for: period), then != now,
        case .some(let change) = try unseenChange(of: kpi, past, since: recorded, calculatedAs: then, for: period)
      else { return nil }
      let dimensions = zip(now.dimensions, row.split(separator: ",", omittingEmptySubsequences: false).dropFirst()).map
      {
        EarlierRecording.Dimension(name: $0, value: String($1))
      }
      return EarlierRecording(
        kpi: kpi.id, row: row, period: period, dimensions: dimensions, recorded: recorded.entry, changed: change)
    }
  }

  /// The newest calculation unlike the row's that was entered without the row in sight; the inner nil where it is older
  /// than what was asked for.
  private func unseenChange(
    of kpi: KPI, _ past: RowPast, since recorded: RowPast.Step, calculatedAs then: KPICalculation, for period: Period
  ) throws -> AuditEntry?? {
    let (later, standing) = past.calculations(since: recorded)
    for change in later + (standing.map { [$0] } ?? []) {
      guard let sync = change.entry.sync, try calculation(of: kpi, in: sync, for: period) != then,
        try !walk.isAncestor(recorded.entry.commit, of: change.entry.commit)
      else { continue }
      return .some(change.entry)
    }
    guard standing == nil, let sync = recorded.entry.sync,
      try calculation(of: kpi, in: sync, for: period) != then
    else { return nil }
    return .some(nil)
  }

  /// How a commit calculates a period; nil where it does not have the KPI.
  private func calculation(of kpi: KPI, in commit: ObjectID, for period: Period) throws -> KPICalculation? {
    let tree = try tree(of: commit)
    for id in kpi.names {
      guard let entry = try objects.entry(at: id.definitionPath, in: tree), entry.mode.isBlob else { continue }
      return try history(id, entry.id)?.calculation(for: period).undated
    }
    return nil
  }

  private func tree(of commit: ObjectID) throws -> ObjectID {
    if let known = trees[commit] { return known }
    let tree = try objects.commit(commit).tree
    trees[commit] = tree
    return tree
  }

  private func history(_ id: KPIID, _ content: ObjectID) throws -> CalculationHistory? {
    if let known = histories[content] { return known }
    let file = LedgerReader.decode(path: id.definitionPath, bytes: try objects.blob(content))
    var history: CalculationHistory?
    if case .definition(let definition)? = file.content {
      history = CalculationHistory(of: definition, calendar: calendar)
    }
    histories[content] = .some(history)
    return history
  }
}
