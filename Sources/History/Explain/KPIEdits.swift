import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// What changes in one KPI from one state to the next, in pieces that come one after the other: its rows, its targets,
/// its calculation, its weight, and whether it counts at all. A KPI that comes or goes is one piece.
struct KPIEdits {
  let labels: [PartLabel]
  private let old: KPIContent
  private let new: KPIContent
  private let rows: RowEdits?
  private let fields: [@Sendable (inout Definition, Definition) -> Void]

  init(of id: KPIID, from old: KPIContent, to new: KPIContent) {
    (self.old, self.new) = (old, new)
    guard let before = old.definition, let after = new.definition else {
      let comes = old.definition != nil || new.definition != nil
      let whole = PartLabel(kind: .coverage, kpi: id, file: id.definitionPath, keys: [.file])
      (rows, fields, labels) = (nil, [], comes ? [whole] : [])
      return
    }
    let rows = RowEdits(from: old.actuals, to: new.actuals)
    var builder = FieldEdits(id: id, before, after)
    builder.addTargets()
    builder.addCalculation(withTable: rows == nil)
    builder.addWeightAndCoverage()
    (self.rows, fields) = (rows, builder.fields)
    let recorded = (rows?.names ?? []).map { name in
      PartLabel(kind: .actual, kpi: id, file: id.actualsPath, keys: [.row(name)])
    }
    labels = recorded + builder.labels
  }

  /// The KPI with the first so many pieces changed.
  func content(after count: Int) -> KPIContent {
    guard count < labels.count, var definition = old.definition, let target = new.definition else {
      return count < labels.count ? old : new
    }
    let recorded = rows?.names.count ?? 0
    for field in fields.prefix(max(0, count - recorded)) { field(&definition, target) }
    guard let rows else {
      // A table of other columns goes with the calculation that reads it.
      let place = labels.firstIndex { $0.kind == .calculation } ?? 0
      return KPIContent(definition, count > place ? new.actuals : old.actuals)
    }
    return KPIContent(definition, rows.actuals(after: min(count, recorded)))
  }
}

/// The fields of a definition that decide a score, in the order in which they are exchanged.
private struct FieldEdits {
  let id: KPIID
  let before: Definition
  let after: Definition
  private(set) var labels: [PartLabel] = []
  private(set) var fields: [@Sendable (inout Definition, Definition) -> Void] = []

  init(id: KPIID, _ before: Definition, _ after: Definition) {
    self.id = id
    self.before = before
    self.after = after
  }

  private mutating func add(
    _ kind: ScorePart.Kind, _ keys: [Key], _ field: @escaping @Sendable (inout Definition, Definition) -> Void
  ) {
    labels.append(PartLabel(kind: kind, kpi: id, file: id.definitionPath, keys: keys))
    fields.append(field)
  }

  mutating func addTargets() {
    let periods = Set(before.targets.keys).union(after.targets.keys).sorted()
    for period in periods where before.targets[period] != after.targets[period] {
      add(.target, [.path(["targets", period.description])]) { $0.targets[period] = $1.targets[period] }
    }
    if before.baseline != after.baseline { add(.target, [Key("baseline")]) { $0.baseline = $1.baseline } }
  }

  mutating func addCalculation(withTable hasOtherTable: Bool) {
    let isCalculated = before.calculation != after.calculation || before.earlier != after.earlier
    let isMade = before.consolidates != after.consolidates
    guard isCalculated || isMade || hasOtherTable else { return }
    let keys = (isCalculated ? [Key.calculation] : []) + (isMade ? [Key("consolidates")] : [])
    add(.calculation, keys) {
      $0.calculation = $1.calculation
      $0.earlier = $1.earlier
      $0.consolidates = $1.consolidates
    }
  }

  mutating func addWeightAndCoverage() {
    if before.weight != after.weight { add(.weight, [Key("weight")]) { $0.weight = $1.weight } }
    if before.goal != after.goal { add(.weight, [Key("goal")]) { $0.goal = $1.goal } }
    if before.kind != after.kind { add(.coverage, [Key("class")]) { $0.kind = $1.kind } }
    if before.status != after.status { add(.coverage, [Key("status")]) { $0.status = $1.status } }
  }
}
