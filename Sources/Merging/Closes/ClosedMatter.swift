import Calculation
import LedgerFiles
import LedgerModel

/// What of a change a close may cover: DESIGN section 5, "it covers the periods that end within it, their targets, and
/// calculations effective there". Notes explain figures and are none: they stay open.
enum ClosedMatter {
  /// Figures of these periods.
  case periods(Set<Period>)
  /// The calculation, as it was and as it is to be; nil where the KPI is to go.
  case calculation(before: Definition, after: Definition?)

  /// Nil where no close can cover the change.
  init?(_ file: FileLine, _ key: Key, _ touch: FileLine.Touch) {
    switch LedgerPath(file.path) {
    case .actuals: self.init(actuals: file, key, touch)
    case .definition(let id): self.init(definition: id, file, key, touch)
    default: return nil
    }
  }

  private init?(actuals file: FileLine, _ key: Key, _ touch: FileLine.Touch) {
    if let row = key.row {
      guard let period = Self.period(ofRow: row) else { return nil }
      self = .periods([period])
    } else if key == .file {
      self.init(rows: Self.tables(file, touch).flatMap(\.rowNames))
    } else if let column = key.column {
      let after = touch.after as? CSVKeys
      let rows = Self.tables(file, touch).flatMap { before in
        before.rowNames.filter { before.cell(row: $0, column: column) != after?.cell(row: $0, column: column) }
      }
      self.init(rows: rows)
    } else {
      return nil
    }
  }

  private init?(definition id: KPIID, _ file: FileLine, _ key: Key, _ touch: FileLine.Touch) {
    if key.field == "targets", key.text.hasPrefix("targets."), let period = Period(String(key.text.dropFirst(8))) {
      // The targets of a KPI that is just being made rewrite nothing.
      guard !touch.createsFile else { return nil }
      self = .periods([period])
    } else if key == .calculation || key == .file && touch.removesFile {
      let before = (touch.before.first ?? nil) ?? file.hub
      guard let before, let old = Self.definition(before, id), old.status != .draft else { return nil }
      self = .calculation(before: old, after: touch.after.flatMap { Self.definition($0, id) })
    } else {
      return nil
    }
  }

  private init?(rows: [String]) {
    let periods = Set(rows.compactMap(Self.period))
    guard !periods.isEmpty else { return nil }
    self = .periods(periods)
  }

  private static func tables(_ file: FileLine, _ touch: FileLine.Touch) -> [CSVKeys] {
    (touch.before + [file.hub]).compactMap { $0 as? CSVKeys }
  }

  private static func definition(_ document: any KeyedDocument, _ id: KPIID) -> Definition? {
    guard case .definition(let found)? = LedgerReader.decode(path: id.definitionPath, bytes: document.bytes).content
    else { return nil }
    return found
  }

  /// The period of a row by its name, as `2026-03,north`.
  static func period(ofRow name: String) -> Period? { Period(String(name.prefix { $0 != "," && $0 != " " })) }

  /// Whether a closed period covers it.
  func isCovered(by closed: Period, calendar: FiscalCalendar) -> Bool {
    switch self {
    case .periods(let periods): return ClosedPeriods([closed], calendar: calendar).covers(any: periods)
    case .calculation(let before, let after):
      let old = CalculationHistory(of: before, calendar: calendar)
      if let beginning = old.beginning, calendar.days(of: closed).upperBound <= beginning { return false }
      guard let after else { return true }
      let new = CalculationHistory(of: after, calendar: calendar)
      return old.calculation(for: closed).undated != new.calculation(for: closed).undated
    }
  }
}

extension ClosedPeriods {
  func covers(any periods: Set<Period>) -> Bool { periods.contains(where: covers) }
}
