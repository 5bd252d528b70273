import Calculation
import LedgerModel

/// Turns records into files, KPI by KPI.
struct ImportPlanner {
  let reader: ImportReader
  let source: any LedgerSource
  let view: LedgerView
  private(set) var files: [String: [UInt8]] = [:]
  private(set) var findings: [Finding] = []
  /// How many final values of which KPIs are replaced or taken away.
  private(set) var restatedFinals: [KPIID: Int] = [:]
  /// By row and period, what is done.
  private var steps: [Int: [ImportStep]] = [:]
  /// Where each field and target of a file that is written comes from.
  private var origins: [String: [String: ImportOrigin]] = [:]

  private var table: ImportTable { reader.binding.table }

  init(_ reader: ImportReader, _ source: any LedgerSource) {
    self.reader = reader
    self.source = source
    view = LedgerView(source)
  }

  mutating func plan(_ records: [ImportRecord]) {
    var order: [KPIID] = []
    var byID: [KPIID: [ImportRecord]] = [:]
    for record in records {
      if byID[record.id] == nil { order.append(record.id) }
      byID[record.id, default: []].append(record)
    }
    for id in order where findings.count < ImportReader.errorLimit {
      if let identity = reader.identities[id]?.identity { plan(id, byID[id] ?? [], identity) }
    }
  }

  /// The steps in the order of the table, those of rows that were passed over among them.
  func steps(skipped: Set<Int>) -> [ImportStep] {
    var all = steps
    for row in skipped {
      all[row] = [step(row, nil, nil, [], .skipped)]
    }
    return all.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  private func step(
    _ row: Int, _ id: KPIID?, _ record: ImportRecord?, _ effects: [ImportStep.Effect], _ idleness: ImportStep.Idleness?
  ) -> ImportStep {
    ImportStep(
      line: table.line(of: row), id: id, period: record?.period, dimensions: record?.dimensions ?? [],
      effects: effects.filter { !$0.isTarget } + effects.filter(\.isTarget), idleness: effects.isEmpty ? idleness : nil)
  }

  // MARK: One KPI

  private mutating func plan(_ id: KPIID, _ records: [ImportRecord], _ identity: ImportIdentity) {
    var effects = records.map { _ in [ImportStep.Effect]() }
    let targets = ImportTargets(records, reader.binding)
    findings += targets.findings
    guard let definition = define(id, records, identity, targets, &effects) else { return }
    var actuals = ImportActuals(definition, reader.binding, bytes: source.bytes(at: id.actualsPath))
    actuals.merge(records, &effects)
    findings += actuals.findings
    if actuals.restatedFinals > 0 { restatedFinals[id] = actuals.restatedFinals }
    if let bytes = actuals.bytes { files[id.actualsPath] = bytes }
    origins[id.actualsPath] = actuals.origins
    for (record, effects) in zip(records, effects) {
      let isBlank = record.values.allSatisfy { $0.number == nil }
      steps[record.row, default: []].append(step(record.row, id, record, effects, isBlank ? .blank : .known))
    }
  }

  /// The definition as it is or will be; nil, with a finding, where it cannot be read.
  private mutating func define(
    _ id: KPIID, _ records: [ImportRecord], _ identity: ImportIdentity, _ targets: ImportTargets,
    _ effects: inout [[ImportStep.Effect]]
  ) -> Definition? {
    let draft = ImportDefinition(id, identity, records, reader.binding)
    switch view.definition(id) {
    case .found(let definition):
      findings += draft.differences(from: definition)
      let text = source.bytes(at: id.definitionPath) ?? []
      if let bytes = targets.set(in: text, having: definition.targets, &effects) { files[id.definitionPath] = bytes }
      origins[id.definitionPath] = targets.origins
      return definition
    case .unreadable:
      findings.append(
        Finding(
          .error, rule: "unreadable-file", file: id.definitionPath,
          "The definition of \(id) cannot be read, so that nothing can be imported into it: mend it first (kpi check).")
      )
      return nil
    case .absent:
      let bytes = draft.text(with: targets.new(&effects))
      files[id.definitionPath] = bytes
      origins[id.definitionPath] = draft.origins.merging(targets.origins) { field, _ in field }
      if !effects.isEmpty { effects[0].insert(.defines(draft.status), at: 0) }
      let file = LedgerReader.decode(path: id.definitionPath, bytes: bytes)
      if case .definition(let definition)? = file.content { return definition }
      findings += file.findings.map { placed($0) }
      return nil
    }
  }

  // MARK: Check

  /// What the check finds in the files as they would be and has not found before.
  ///
  /// That a draft is not complete goes without saying; that a department is not known is said once.
  func check() -> [Finding] {
    let after = LedgerView(LedgerOverlay(over: source, changes: files.mapValues { $0 }))
    var departments: Set<String> = []
    return LedgerCheck.findings(changing: files.keys, from: view, to: after).compactMap { finding in
      if finding.rule == "missing-field", finding.severity == .warning { return nil }
      if finding.rule == "missing-department", let id = LedgerPath(finding.file).kpi,
        !departments.insert(id.department).inserted
      {
        return nil
      }
      return placed(finding)
    }
  }

  /// A finding of a file that would be written, at the place of the table or map that it comes from.
  private func placed(_ finding: Finding) -> Finding {
    guard let known = origins[finding.file], let bytes = files[finding.file] else { return finding }
    let isOfKPI = finding.rule == "missing-field" || finding.rule == "missing-department"
    let names = ImportPlaces.names(at: finding.position, of: finding.file, bytes, isOfKPI: isOfKPI)
    guard let origin = names.lazy.compactMap({ known[$0] }).first else { return finding }
    let subject = finding.rule == "missing-department" ? "" : LedgerPath(finding.file).kpi.map { "\($0): " } ?? ""
    let advice =
      switch finding.rule {
      case "baseline-needed": " If it stands for no target, say so in the map: \"blanks: {target: [0]}\"."
      case "missing-field": " For an import it is said in the map, under \"set\", or by a column."
      default: ""
      }
    return Finding(
      finding.severity, rule: finding.rule, file: origin.file, at: origin.position, subject + finding.message + advice)
  }
}

extension ImportStep.Effect {
  fileprivate var isTarget: Bool {
    switch self {
    case .plans, .replans, .unplans: true
    default: false
    }
  }
}

/// What stands at a place of a file that an import writes, as its origins are named.
enum ImportPlaces {
  /// The names under which the origin may be known, the nearest first: `targets.2026-03`, `targets`, and at last `""`,
  /// which is the KPI's first row.
  static func names(at position: Position, of file: String, _ bytes: [UInt8], isOfKPI: Bool) -> [String] {
    if isOfKPI { return [""] }
    if file.hasSuffix(".csv") { return [row(position, bytes), ""] }
    let document = YAMLDocument(parsing: bytes)
    guard let field = last(document.root?.entries, document, before: position) else { return [""] }
    guard let inner = last(field.value.entries, document, before: position) else { return [field.key, ""] }
    return ["\(field.key).\(inner.key)", field.key, ""]
  }

  /// The last entry that begins at or before a position.
  private static func last(_ entries: [YAMLEntry]?, _ document: YAMLDocument, before position: Position) -> YAMLEntry? {
    entries?.last { document.position(at: $0.keyRange.lowerBound) <= position }
  }

  /// A row of canonical actuals by its period.
  private static func row(_ position: Position, _ bytes: [UInt8]) -> String {
    let table = CSVTable(parsing: bytes)
    let row = table.rows.indices.last { table.position(row: $0, column: 0) <= position }
    return row.map { "row \(table.text(row: $0, column: 0))" } ?? ""
  }
}
