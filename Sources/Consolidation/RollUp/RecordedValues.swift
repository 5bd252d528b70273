import Calculation
import LedgerModel

/// A KPI's rows, read as one calculation says: aggregated over dimensions and time, then put through the formula.
struct RecordedValues {
  /// The inputs' names: those of the formula first, in its order, then others of the definition.
  let names: [String]
  private let calculation: KPICalculation
  private let actuals: Actuals
  private let columns: [[Quantity?]?]
  private let aggregates: [Aggregate]
  /// The same across the rows of one period. The first and the last of a time make no sense there: territories add up.
  private let across: [Aggregate]
  /// The first period of the calculation, where there was another before: nothing is carried over from that.
  private let first: Period?
  private let isFlow: Bool
  /// How many of the inputs the formula reads.
  private let needed: Int
  /// One factor for each period, for KPIs whose inputs are in another currency; nil leaves values as they are.
  private let rate: ((Period) -> Quantity?)?

  init(
    _ calculation: KPICalculation, actuals: Actuals, isFlow: Bool, from first: Period? = nil,
    rate: ((Period) -> Quantity?)? = nil
  ) {
    self.calculation = calculation
    self.actuals = actuals
    self.isFlow = isFlow
    self.first = first
    self.rate = rate
    needed = calculation.formula.inputs.count
    var names = calculation.formula.inputs
    for input in calculation.inputs where !names.contains(input.name) { names.append(input.name) }
    self.names = names
    columns = names.map { actuals.values(of: $0) }
    aggregates = names.map { name in calculation.inputs.first { $0.name == name }?.aggregate ?? .sum }
    across = aggregates.map { $0 == .first || $0 == .last ? .sum : $0 }
  }

  /// The figure over a span; `kpis` are the figures of the KPIs that the formula names.
  func measurement(over span: Frame.Span, kpis: [Quantity?] = [], keepsInputs: Bool = false) -> Measurement {
    var result = Measurement()
    var totals = Array(repeating: Total(), count: names.count)
    var row = firstRow(from: span.first)
    for offset in 0..<span.count {
      let period = span.first.advanced(by: offset)
      let start = row
      while row < actuals.count, actuals.periods[row] == period { row += 1 }
      let values = part(start..<row, of: period, isOver: offset < span.ended, marks: &result.marks)
      guard let values else {
        if keepsInputs, span.count > 1, offset < span.ended { result.gaps.append(period) }
        continue
      }
      result.isRecorded = true
      result.last = period
      for (index, value) in values.enumerated() {
        if let value { totals[index].add(value, aggregates[index]) }
      }
    }
    if needed == 0, span.count > 0 { result.isRecorded = true }
    guard result.isRecorded else { return result }
    let inputs = zip(totals, aggregates).map { $0.value(of: $1) }
    result.figure = calculation.formula.evaluate(inputs: inputs, kpis: kpis)
    if keepsInputs { result.inputs = inputs }
    if result.figure == nil, !kpis.contains(where: { $0 == nil }) { result.marks.insert(.undefined) }
    return result
  }

  /// Whether there is a row for a period.
  func hasRow(for period: Period) -> Bool {
    let row = firstRow(from: period)
    return row < actuals.count && actuals.periods[row] == period
  }

  // MARK: One period

  /// The inputs of one period; nil where one that the formula needs is missing.
  private func part(_ rows: Range<Int>, of period: Period, isOver: Bool, marks: inout Marks) -> [Quantity?]? {
    if let values = complete(rows, marks: &marks) { return translated(values, in: period) }
    guard calculation.missing != .gap, let first = actuals.periods.first, first.kind == period.kind, first < period
    else { return nil }
    switch calculation.missing {
    case .gap: return nil
    case .zero:
      guard isOver else { return nil }
      marks.insert(.zeroed)
      return Array(repeating: .zero, count: names.count)
    case .carry:
      // What a whole period brought says nothing of a part of one.
      guard isOver || !isFlow, let values = lastValues(before: rows.lowerBound) else { return nil }
      marks.insert(.carried)
      return translated(values, in: period)
    }
  }

  /// The inputs of the rows of one period, added up over its dimensions. Only a row with all that the formula needs
  /// counts: half of one would count as zero in one sum and not in the other, and a ratio would be of unlike things.
  private func complete(_ rows: Range<Int>, marks: inout Marks) -> [Quantity?]? {
    guard let first = rows.first else { return nil }
    for row in rows { marks.insert(Marks(actuals.statuses[row])) }
    if rows.count < expectedRows(at: rows) { marks.insert(.partial) }
    guard rows.count > 1 else { return hasAll(first) ? columns.map { $0?[first] } : nil }
    var totals = Array(repeating: Total(), count: names.count)
    var paired = 0
    for row in rows where hasAll(row) {
      paired += 1
      for index in columns.indices {
        if let value = columns[index]?[row] { totals[index].add(value, across[index]) }
      }
    }
    guard paired > 0 else { return nil }
    if paired < rows.count { marks.insert(.partial) }
    return zip(totals, across).map { $0.value(of: $1) }
  }

  /// Whether a row has every input that the formula needs.
  private func hasAll(_ row: Int) -> Bool {
    if case .missing = actuals.statuses[row] { return false }
    for index in 0..<needed where columns[index]?[row] == nil { return false }
    return true
  }

  /// How many rows the recorded period before had: with dimensions, fewer now means that some are not in yet.
  private func expectedRows(at rows: Range<Int>) -> Int {
    guard !actuals.dimensions.isEmpty, rows.lowerBound > 0 else { return 0 }
    let period = actuals.periods[rows.lowerBound - 1]
    guard period.kind == actuals.periods[rows.lowerBound].kind else { return 0 }
    var first = rows.lowerBound - 1
    while first > 0, actuals.periods[first - 1] == period { first -= 1 }
    return rows.lowerBound - first
  }

  private func lastValues(before row: Int) -> [Quantity?]? {
    var end = row
    while end > 0 {
      var start = end - 1
      while start > 0, actuals.periods[start - 1] == actuals.periods[end - 1] { start -= 1 }
      let period = actuals.periods[start]
      guard period.kind == calculation.period, first.map({ period >= $0 }) ?? true else { return nil }
      var ignored: Marks = []
      if let values = complete(start..<end, marks: &ignored) { return values }
      end = start
    }
    return nil
  }

  /// The formula's inputs in the other currency; others, as weights, are not money.
  private func translated(_ values: [Quantity?], in period: Period) -> [Quantity?]? {
    guard let rate else { return values }
    guard let factor = rate(period) else { return nil }
    return values.enumerated().map { index, value in index < needed ? value.map { $0 * factor } : value }
  }

  private func firstRow(from period: Period) -> Int {
    var (low, high) = (0, actuals.periods.count)
    while low < high {
      let middle = (low + high) / 2
      if actuals.periods[middle] < period { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Values on their way to an aggregate.
struct Total {
  private(set) var count = 0
  private var sum = Quantity.zero

  mutating func add(_ value: Quantity, _ aggregate: Aggregate) {
    count += 1
    guard count > 1 else {
      sum = value
      return
    }
    switch aggregate {
    case .sum, .mean: sum = sum + value
    case .last: sum = value
    case .first: break
    case .min: sum = Swift.min(sum, value)
    case .max: sum = Swift.max(sum, value)
    }
  }

  /// The aggregate of what was added; nil of nothing.
  func value(of aggregate: Aggregate) -> Quantity? {
    guard count > 0 else { return nil }
    return aggregate == .mean && count > 1 ? sum.divided(by: Quantity(count)) : sum
  }
}
