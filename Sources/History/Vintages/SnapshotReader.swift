import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// What a version of the ledger calls a KPI, and how it defines it.
struct KPIVersion {
  let kpi: KPIID
  let definition: LedgerView.Lookup<Definition>
  let settings: LedgerSettings
  fileprivate let tree: ObjectID
}

/// Reads what versions of the ledger have of a KPI: its own two files, and of a KPI that is made of others theirs. For one
/// thread.
final class SnapshotReader {
  /// The values that a version has of a KPI.
  struct Snapshot {
    let cells: [VintageRow: VintageCell]
    /// The KPI, and those that it is made of.
    let met: Set<KPIID>
  }

  private let objects: ObjectDatabase
  private let measure: RestatementTriangle.Measure
  private let decoded = DecodedFiles()

  init(_ objects: ObjectDatabase, _ measure: RestatementTriangle.Measure) {
    self.objects = objects
    self.measure = measure
  }

  /// What a commit has of the KPI that a trail follows there.
  /// - Throws: `GitError` where there is no such commit
  func version(of commit: ObjectID, _ trail: inout KPITrail) throws -> KPIVersion {
    let tree = try objects.commit(commit).tree
    let view = LedgerView(TreeSource(objects, tree: tree, remembering: decoded))
    let found = trail.step(to: view)
    return KPIVersion(
      kpi: trail.name, definition: found,
      settings: view.settings.value ?? LedgerSettings(company: "", currency: Currency.none), tree: tree)
  }

  /// The values of a version; nil where its definition cannot be read.
  /// - Parameter periods: those that are asked for; nil for all
  func snapshot(of version: KPIVersion, only periods: Set<Period>?) -> Snapshot? {
    switch version.definition {
    case .unreadable: return nil
    case .absent: return Snapshot(cells: [:], met: [])
    case .found(let definition):
      let ledger = ledger(of: definition, version, only: periods)
      return Snapshot(cells: cells(of: definition, in: ledger), met: Set(ledger.definitions.keys))
    }
  }

  private func ledger(of definition: Definition, _ version: KPIVersion, only periods: Set<Period>?) -> Ledger {
    let source = TreeSource(objects, tree: version.tree)
    if definition.isMade, case .figure = measure { return LedgerTree(.figures([definition.id]), from: source).ledger }
    var own = Ledger(settings: version.settings)
    own.definitions[definition.id] = definition
    guard measure != .targets, let bytes = source.bytes(at: definition.id.actualsPath) else { return own }
    let actuals = ActualsDecoder(definition).decode(bytes, file: definition.id.actualsPath).actuals
    own.actuals[definition.id] = periods.map { actuals.limited(to: $0) } ?? actuals
    return own
  }

  private func cells(of definition: Definition, in ledger: Ledger) -> [VintageRow: VintageCell] {
    switch measure {
    case .figure: Self.cells(FigureSeries(of: definition.id, in: ledger))
    case .input(let name): Self.cells(FigureSeries(of: definition.id, input: name, in: ledger))
    case .targets: Self.cells(definition.targets)
    }
  }

  private static func cells(_ series: FigureSeries) -> [VintageRow: VintageCell] {
    Dictionary(
      uniqueKeysWithValues: series.points.map { period, point in
        (VintageRow(period: period), VintageCell(value: point.value, status: point.status))
      })
  }

  private static func cells(_ targets: [Period: Target]) -> [VintageRow: VintageCell] {
    var cells: [VintageRow: VintageCell] = [:]
    func add(_ value: Quantity, _ period: Period, _ limit: VintageRow.Limit? = nil) {
      cells[VintageRow(period: period, limit: limit)] = VintageCell(value: value, status: .final)
    }
    for (period, target) in targets {
      switch target {
      case .value(let value): add(value, period)
      case .band(let low, let high, let tolerance):
        add(low, period, .low)
        add(high, period, .high)
        if !tolerance.isZero { add(tolerance, period, .tolerance) }
      }
    }
    return cells
  }
}

extension Definition {
  /// Whether its figures rest on other KPIs.
  var isMade: Bool { !KPILines.sources(of: self).isEmpty }
}

extension Actuals {
  /// The rows of some periods.
  fileprivate func limited(to periods: Set<Period>) -> Actuals {
    let rows = self.periods.indices.filter { periods.contains(self.periods[$0]) }
    var some = self
    some.periods = rows.map { self.periods[$0] }
    some.dimensions = dimensions.map { column in .init(name: column.name, values: rows.map { column.values[$0] }) }
    some.inputs = inputs.map { column in .init(name: column.name, values: rows.map { column.values[$0] }) }
    some.statuses = rows.map { statuses[$0] }
    some.notes = notes.isEmpty ? [] : rows.map { notes[$0] }
    return some
  }
}
