public import Calculation
import Consolidation
import Git
import LedgerModel
import LedgerStore

/// How a KPI stood in one period, by the files of one commit.
public struct PeriodFigures: Hashable, Sendable {
  public let actual: Quantity?
  public let target: Target?
  /// Percent of the target.
  public let achievement: Quantity?
  /// Achievement limited to 0 and the ledger's score cap; nil for what does not count.
  public let score: Quantity?
  /// nil for classes that do not count; of a running period its landing's.
  public let status: Status?
  /// Where a running period was heading.
  public let landing: Quantity?
  /// A running period whose landing is red.
  public let isAtRisk: Bool
  /// Which way is better, by the calculation that serves the period.
  let direction: Direction?

  init(_ line: KPIResult) {
    actual = line.actual
    target = line.target
    achievement = line.achievement
    score = line.score
    status = line.status
    landing = line.landing
    isAtRisk = line.atRisk
    direction = line.direction
  }

  /// Whether it was off target, or heading there.
  var isRed: Bool { status == .red || isAtRisk }
}

/// A KPI by the files of one commit: its own and those that its figures rest on, and no others.
struct KPIThen {
  private let ledger: Ledger
  let definition: Definition?

  init(_ id: KPIID, in tree: ObjectID, _ objects: ObjectDatabase) {
    ledger = LedgerTree(.figures([id]), from: TreeSource(objects, tree: tree)).ledger
    definition = ledger.definitions[id]
  }

  var calendar: FiscalCalendar { ledger.settings.calendar }
  /// The scores from which it is green and amber.
  var thresholds: Thresholds { definition?.thresholds ?? ledger.settings.thresholds }

  /// How its figures are shown.
  var unit: UnitLabel {
    let id = definition?.calculation.unit
    let shown = id.flatMap { ledger.settings.units[$0] }
    return UnitLabel(id: id, symbol: shown?.symbol, decimals: shown?.decimals)
  }

  /// Its figures in a period as of a day; nil where it has none of just that period: a draft, a retired KPI, one that is
  /// recorded less often.
  func figures(of period: Period, asOf day: Day) -> PeriodFigures? {
    guard let definition else { return nil }
    var lines = KPILines(of: ledger, for: period, asOf: day)
    guard let line = lines.line(of: definition.id), line.period == period else { return nil }
    return PeriodFigures(line)
  }
}
