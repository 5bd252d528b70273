import Calculation
import Consolidation
import Git
import LedgerFiles
import LedgerModel
import LedgerStore

/// Reads what one version of the ledger has of a KPI: its own two files, and of a KPI that is made of others theirs.
/// For one thread.
final class SnapshotReader {
  /// What a version has of a KPI.
  struct Snapshot {
    let kpi: KPIID
    let cells: [VintageRow: VintageCell]
    /// The KPI, and those that it is made of.
    let met: Set<KPIID>
    let calendar: FiscalCalendar
  }

  private let objects: ObjectDatabase
  private let measure: RestatementTriangle.Measure
  private let decoded = DecodedFiles()

  init(_ objects: ObjectDatabase, _ measure: RestatementTriangle.Measure) {
    self.objects = objects
    self.measure = measure
  }

  /// What a commit has, of the KPI that a trail follows there; nil where its definition cannot be read.
  /// - Throws: `GitError` where there is no such commit
  func snapshot(of commit: ObjectID, _ trail: inout KPITrail) throws -> Snapshot? {
    let source = TreeSource(objects, tree: try objects.commit(commit).tree, remembering: decoded)
    let view = LedgerView(source)
    let found = trail.step(to: view)
    let settings = view.settings.value ?? LedgerSettings(company: "", currency: Currency.none)
    switch found {
    case .unreadable: return nil
    case .absent: return Snapshot(kpi: trail.name, cells: [:], met: [], calendar: settings.calendar)
    case .found(let definition):
      let ledger = ledger(of: definition, settings, source)
      return Snapshot(
        kpi: definition.id, cells: cells(of: definition, in: ledger), met: Set(ledger.definitions.keys),
        calendar: settings.calendar)
    }
  }

  private func ledger(of definition: Definition, _ settings: LedgerSettings, _ source: TreeSource) -> Ledger {
    let isMade = !KPILines.sources(of: definition).isEmpty
    if isMade, case .figure = measure { return LedgerTree(.figures([definition.id]), from: source).ledger }
    var own = Ledger(settings: settings)
    own.definitions[definition.id] = definition
    guard measure != .targets, let bytes = source.bytes(at: definition.id.actualsPath) else { return own }
    own.actuals[definition.id] = ActualsDecoder(definition).decode(bytes, file: definition.id.actualsPath).actuals
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
