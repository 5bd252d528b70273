import Calculation
import LedgerModel

/// Which of a source's rows go into a roll-up.
struct RowSelection: Hashable {
  /// To each dimension the values that count.
  var filter: [String: [String]] = [:]
  /// Inputs that are added up side by side: a row that has not all of them counts for none.
  var paired: [String] = []

  var isEverything: Bool { filter.isEmpty && paired.isEmpty }

  /// The rows selected, in their order.
  func rows(of actuals: Actuals) -> Actuals {
    guard !isEverything else { return actuals }
    var selected = Self.rows(of: actuals, where: matches(actuals))
    guard !paired.isEmpty else { return selected }
    let columns = paired.map { selected.values(of: $0) }
    let broken = (0..<selected.count).filter { row in columns.contains { $0?[row] == nil } }
    for index in selected.inputs.indices where paired.contains(selected.inputs[index].name) {
      for row in broken { selected.inputs[index].values[row] = nil }
    }
    return selected
  }

  /// Some of the rows.
  static func rows(of actuals: Actuals, where isSelected: (Int) -> Bool) -> Actuals {
    let rows = (0..<actuals.count).filter(isSelected)
    guard rows.count < actuals.count else { return actuals }
    var selected = Actuals()
    selected.periods = rows.map { actuals.periods[$0] }
    selected.dimensions = actuals.dimensions.map { .init(name: $0.name, values: Self.pick($0.values, rows)) }
    selected.inputs = actuals.inputs.map { .init(name: $0.name, values: Self.pick($0.values, rows)) }
    selected.statuses = rows.map { actuals.statuses[$0] }
    selected.notes = actuals.notes.isEmpty ? [] : rows.map { actuals.notes[$0] }
    return selected
  }

  private static func pick<Value>(_ values: [Value], _ rows: [Int]) -> [Value] { rows.map { values[$0] } }

  /// Whether a row has one of the values in each dimension of the filter.
  private func matches(_ actuals: Actuals) -> (Int) -> Bool {
    let tests = filter.map { name, values in
      (column: actuals.dimensions.first { $0.name == name }?.values, values: Set(values))
    }
    return { row in tests.allSatisfy { test in test.column.map { test.values.contains($0[row]) } ?? false } }
  }
}
