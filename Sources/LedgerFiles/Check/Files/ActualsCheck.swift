import Calculation
import LedgerModel

/// The check of a KPI's actuals: their columns and rows, and whether the figures are plausible.
struct ActualsCheck {
  let path: String
  let bytes: [UInt8]
  let id: KPIID
  let view: LedgerView

  func findings() -> [Finding] {
    switch view.definition(id) {
    case .absent:
      let finding = Finding(
        .error, rule: "actuals-without-definition", file: path,
        "These are actuals of \"\(id)\", but \(id.definitionPath) does not exist: define the KPI, or rename the file.")
      return [finding] + decode(nil).findings
    case .unreadable: return decode(nil).findings.filter { $0.severity == .error && Self.needsNoDefinition($0.rule) }
    case .found(let definition):
      let file = decode(definition)
      guard case .actuals(_, let actuals) = file.content else { return file.findings }
      return file.findings + implausible(actuals, definition)
    }
  }

  private func decode(_ definition: Definition?) -> DecodedFile {
    CSVFile.actuals(path: path, bytes: bytes, id: id, definition: definition)
  }

  /// Without its definition only the form of a table can be judged.
  private static func needsNoDefinition(_ rule: String) -> Bool {
    rule.hasPrefix("csv-") || rule == "invalid-utf8" || rule == "too-large" || rule == "control-character"
  }

  // MARK: Plausibility

  /// Rows whose figure lies outside the bounds, and whose note does not say why.
  private func implausible(_ actuals: Actuals, _ definition: Definition) -> [Finding] {
    let calculations = ([definition.calculation] + definition.earlier).filter { $0.bounds != nil }
    guard !calculations.isEmpty else { return [] }
    var places: RowPlaces?
    var found: [Finding] = []
    let timeline = CalculationTimeline(definition, calendar: view.settings.value?.calendar ?? FiscalCalendar())
    for row in actuals.periods.indices where actuals.notes.isEmpty || actuals.notes[row].isEmpty {
      let calculation = timeline.calculation(for: actuals.periods[row])
      guard let bounds = calculation.bounds, let figure = figure(actuals, row, calculation) else { continue }
      guard let fault = Self.fault(of: figure, bounds) else { continue }
      let decoder = ActualsDecoder(definition)
      let known = places ?? RowPlaces(bytes, decoder: decoder)
      places = known
      found.append(
        Finding(
          .error, rule: "implausible", file: path, at: known.position(of: actuals, row: row),
          "\(actuals.periods[row]) gives \(figure), \(fault): correct the row, or say why in its note."))
    }
    return found
  }

  private func figure(_ actuals: Actuals, _ row: Int, _ calculation: KPICalculation) -> Quantity? {
    calculation.formula.evaluate { name in
      guard case .input(let input) = name else { return nil }
      return actuals.values(of: input)?[row]
    }
  }

  private static func fault(of figure: Quantity, _ bounds: KPICalculation.Bounds) -> String? {
    if let min = bounds.min, figure < min { return "below the lowest plausible value \(min)" }
    if let max = bounds.max, figure > max { return "above the highest plausible value \(max)" }
    return nil
  }
}

/// Which calculation of a definition serves which period.
struct CalculationTimeline {
  private let current: KPICalculation
  /// Newest first.
  private let starts: [(day: Day, calculation: KPICalculation)]
  private let calendar: FiscalCalendar

  init(_ definition: Definition, calendar: FiscalCalendar) {
    self.calendar = calendar
    current = definition.calculation
    let all = definition.earlier.isEmpty ? [] : [definition.calculation] + definition.earlier
    starts = all.compactMap { calculation in
      calculation.effectiveFrom.map { (calendar.days(of: $0).lowerBound, calculation) }
    }
  }

  /// The newest calculation that had started when the period began; before the first one, the first.
  func calculation(for period: Period) -> KPICalculation {
    guard let last = starts.last else { return current }
    let day = calendar.days(of: period).lowerBound
    return starts.first { $0.day <= day }?.calculation ?? last.calculation
  }
}
