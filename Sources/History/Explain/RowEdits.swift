import Calculation
import LedgerModel

/// The rows in which two tables of one KPI's actuals differ, which have the same columns.
struct RowEdits {
  /// The names of the rows, in their order, as keys have them.
  var names: [String] { changed.map(\.text) }
  /// The periods of the rows.
  var periods: Set<Period> { Set(changed.map(\.period)) }

  private let old: Actuals
  private let new: Actuals
  private let changed: [Name]

  /// What tells a row from the others.
  private struct Name: Hashable, Comparable {
    let period: Period
    let dimensions: [String]

    init(_ row: Int, of actuals: Actuals) {
      period = actuals.periods[row]
      dimensions = actuals.dimensions.map { $0.values[row] }
    }

    var text: String { ([period.description] + dimensions).joined(separator: ",") }

    static func < (one: Name, other: Name) -> Bool {
      one.period != other.period
        ? one.period < other.period : one.dimensions.lexicographicallyPrecedes(other.dimensions)
    }
  }

  /// Nil where the two have other columns, so that a row of one cannot stand in the other.
  init?(from old: Actuals?, to new: Actuals?) {
    let (before, after) = (old ?? Actuals(), new ?? Actuals())
    if let old, let new {
      guard old.dimensions.map(\.name) == new.dimensions.map(\.name), old.inputs.map(\.name) == new.inputs.map(\.name)
      else { return nil }
    }
    (self.old, self.new) = (before, after)
    let rows = Dictionary(
      (0..<before.count).map { (Name($0, of: before), $0) }, uniquingKeysWith: { first, _ in first })
    var changed: [Name] = []
    var met: Set<Name> = []
    for row in 0..<after.count {
      let name = Name(row, of: after)
      met.insert(name)
      guard let other = rows[name], Self.isSame(row, of: after, as: other, of: before) else {
        changed.append(name)
        continue
      }
    }
    changed += rows.keys.filter { !met.contains($0) }
    self.changed = changed.sorted()
  }

  private static func isSame(_ row: Int, of one: Actuals, as other: Int, of another: Actuals) -> Bool {
    one.statuses[row] == another.statuses[other]
      && zip(one.inputs, another.inputs).allSatisfy { $0.values[row] == $1.values[other] }
  }

  /// The table with the first so many of the rows changed.
  func actuals(after count: Int) -> Actuals {
    if count == 0 { return old }
    if count >= changed.count { return new }
    let open = Set(changed.dropFirst(count))
    var rows: [(name: Name, table: Actuals, row: Int)] = []
    for row in 0..<new.count {
      let name = Name(row, of: new)
      if !open.contains(name) { rows.append((name, new, row)) }
    }
    for row in 0..<old.count {
      let name = Name(row, of: old)
      if open.contains(name) { rows.append((name, old, row)) }
    }
    rows.sort { $0.name < $1.name }
    return Self.table(rows.map { ($0.table, $0.row) }, columnsOf: old.inputs.isEmpty ? new : old)
  }

  private static func table(_ rows: [(table: Actuals, row: Int)], columnsOf model: Actuals) -> Actuals {
    var table = Actuals()
    table.periods = rows.map { $0.table.periods[$0.row] }
    table.statuses = rows.map { $0.table.statuses[$0.row] }
    table.dimensions = model.dimensions.indices.map { column in
      .init(name: model.dimensions[column].name, values: rows.map { $0.table.dimensions[column].values[$0.row] })
    }
    table.inputs = model.inputs.indices.map { column in
      .init(name: model.inputs[column].name, values: rows.map { $0.table.inputs[column].values[$0.row] })
    }
    return table
  }
}
