import Calculation
import LedgerModel

/// A definition made of what a table and its map say of a KPI.
struct ImportDefinition {
  private let id: KPIID
  private let identity: ImportIdentity
  private let records: [ImportRecord]
  /// The dimensions that the table has columns for.
  private let dimensions: [String]
  private let table: ImportTable

  init(_ id: KPIID, _ identity: ImportIdentity, _ records: [ImportRecord], _ binding: ImportBinding) {
    self.id = id
    self.identity = identity
    self.records = records
    dimensions = binding.dimensions.map(\.name)
    table = binding.table
  }

  /// Where each field comes from; that of `""` is the KPI's first row.
  var origins: [String: ImportOrigin] {
    var origins = identity.fields.mapValues(\.origin)
    if let first = records.first {
      origins[""] = ImportOrigin(file: table.file, position: table.position(of: first.row))
    }
    return origins
  }

  /// A draft unless the map says otherwise.
  var status: LifecycleStatus {
    guard case .string(let text)? = identity.fields["status"]?.value else { return .draft }
    return LifecycleStatus(rawValue: text) ?? .draft
  }

  /// The definition's text, its fields in the order in which a ledger has them.
  func text(with targets: [(period: Period, value: Quantity)]) -> [UInt8] {
    var fields = identity.fields.mapValues(\.value)
    if fields["name"] == nil { fields["name"] = .string(id.kpi) }
    if fields["period"] == nil, let kind { fields["period"] = .string(kind.rawValue) }
    if fields["status"] == nil { fields["status"] = .string(status.rawValue) }
    if fields["inputs"] == nil, let inputs { fields["inputs"] = inputs }
    if fields["dimensions"] == nil, !dimensions.isEmpty { fields["dimensions"] = .list(dimensions.map { .string($0) }) }
    if !targets.isEmpty { fields["targets"] = merged(targets, into: fields["targets"]) }
    let pairs = DefinitionDecoder.known.names.compactMap { name in fields[name].map { (key: name, value: $0) } }
    return Array(YAMLWriter.text(.map(pairs)).utf8)
  }

  /// The table's targets, over those that the map sets.
  private func merged(_ targets: [(period: Period, value: Quantity)], into value: YAMLValue?) -> YAMLValue {
    var pairs: [(key: String, value: YAMLValue)] = []
    if case .map(let constants)? = value {
      pairs = constants.filter { pair in !targets.contains { $0.period == Period(pair.key) } }
    }
    return .map(pairs + targets.map { (key: $0.period.description, value: .number($0.value)) })
  }

  /// The kind of the first period that has a value, else of the first period.
  private var kind: PeriodKind? {
    (records.first { $0.hasActual }?.period ?? records.first { $0.period != nil }?.period)?.kind
  }

  /// The inputs of the table's columns, added up over time; nil for the one named `value`, which is understood.
  private var inputs: YAMLValue? {
    var names: [String] = []
    for name in records.flatMap({ $0.values.compactMap(\.input) }) where !names.contains(name) { names.append(name) }
    guard !names.isEmpty, names != ["value"] else { return nil }
    return .map(names.map { ($0, .map([("aggregate", .string("sum"))])) })
  }

  /// What the table says otherwise than an existing definition, where figures would mean something else by it.
  func differences(from definition: Definition) -> [Finding] {
    let calculation = definition.calculation
    return [
      difference("unit", definition: calculation.unit, .error),
      difference("direction", definition: calculation.direction?.rawValue, .warning),
    ].compactMap { $0 }
  }

  private func difference(_ name: String, definition known: String?, _ severity: Severity) -> Finding? {
    guard let field = identity.fields[name], let known, case .string(let said) = field.value, said != known else {
      return nil
    }
    let advice =
      severity == .error
      ? "Say in the map what the table's unit means, or convert the figures."
      : "The definition stands; change it with kpi define if the table is right."
    return Finding(
      severity, rule: "other-\(name)", file: field.origin.file, at: field.origin.position,
      "\(id): the \(name) is \(said) here, but \(known) in the definition. \(advice)")
  }
}
