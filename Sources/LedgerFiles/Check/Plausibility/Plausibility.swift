import Calculation
public import LedgerModel

/// What is doubtful in figures and targets by themselves: warnings of `kpi check`, no rule that anything is refused by.
public enum Plausibility {
  /// What is doubtful in a file of actuals or in a definition; nothing of any other file.
  public static func findings(for path: String, in view: LedgerView) -> [Finding] {
    switch LedgerPath(path) {
    case .actuals(let id): KPIPlausibility(id, view)?.values() ?? []
    case .definition(let id): KPIPlausibility(id, view)?.targets() ?? []
    default: []
    }
  }
}

/// One KPI's figures and targets, held against each other.
private struct KPIPlausibility {
  private let definition: Definition
  private let view: LedgerView
  private let calendar: FiscalCalendar
  private let history: CalculationHistory

  /// nil where there is no definition to read, and of a KPI that was given up.
  init?(_ id: KPIID, _ view: LedgerView) {
    guard let definition = view.definition(id).value, definition.status != .retired else { return nil }
    self.definition = definition
    self.view = view
    calendar = view.settings.value?.calendar ?? FiscalCalendar()
    history = CalculationHistory(of: definition, calendar: calendar)
  }

  private func actuals() -> (bytes: [UInt8], actuals: Actuals)? {
    let path = definition.id.actualsPath
    return view.source.bytes(at: path).map { ($0, ActualsDecoder(definition).decode($0, file: path).actuals) }
  }

  func values() -> [Finding] {
    guard let (bytes, actuals) = actuals() else { return [] }
    let leaps = ValueLeaps(actuals, history).leaps()
    guard !leaps.isEmpty else { return [] }
    let places = RowPlaces(bytes, decoder: ActualsDecoder(definition))
    return leaps.map { leap in
      let row = ([actuals.periods[leap.row].description] + actuals.dimensions.map { $0.values[leap.row] })
      return Finding(
        .warning, rule: "power-of-ten", file: definition.id.actualsPath,
        at: places.position(of: actuals, row: leap.row, column: leap.input),
        "\(row.joined(separator: " ")) has the \(leap.input) \(leap.value), \(leap.power.words) the median of the "
          + "\(leap.level.count) values of \(leap.compared.first) to \(leap.compared.last), which is "
          + "\(leap.level.median): correct the row, or say why in its note.")
    }
  }

  func targets() -> [Finding] {
    let leaps = TargetLeaps(definition, actuals()?.actuals, history, calendar: calendar).leaps()
    let path = definition.id.definitionPath
    guard !leaps.isEmpty, let bytes = view.source.bytes(at: path) else { return [] }
    let reading = FileReading(file: path, bytes: bytes)
    return leaps.compactMap { leap in
      guard let first = leap.periods.first, let last = leap.periods.last, !reading.hasRemark(onTargetOf: first) else {
        return nil
      }
      let subject =
        leap.periods.count == 1
        ? "The target of \(first), \(leap.value), is" : "The targets of \(first) to \(last), \(leap.value), are"
      return Finding(
        .warning, rule: "target-power-of-ten", file: path,
        at: reading.targetPosition(of: first),
        "\(subject) \(leap.power.words) \(leap.compared). Correct what is wrong, or say in a comment at it that it is right."
      )
    }
  }
}
