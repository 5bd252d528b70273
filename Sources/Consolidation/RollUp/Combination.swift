import Calculation
import LedgerModel

/// Several KPIs made into one, as `by` says: their inputs added up and put through the formula, or their figures.
struct Combination {
  /// The inputs' names: those of the formula first, in its order.
  let names: [String]
  private let calculation: KPICalculation
  private let method: ConsolidationRule.Method
  private let sources: [Measured]
  private let expected: Int
  private let limit: Quantity
  /// For each source, where in its inputs each of `names` is.
  private let columns: [[Int?]]
  /// For each source, where its weight is.
  private let weights: [Int?]

  init(
    _ calculation: KPICalculation, method: ConsolidationRule.Method, sources: [Measured], expected: Int,
    limit: Quantity
  ) {
    self.calculation = calculation
    self.method = method
    self.sources = sources
    self.expected = expected
    self.limit = limit
    var names = calculation.formula.inputs
    for input in calculation.inputs where !names.contains(input.name) { names.append(input.name) }
    self.names = names
    columns = sources.map { source in names.map { source.names.firstIndex(of: $0) } }
    if case .weighted(let input) = method {
      weights = sources.map { $0.names.firstIndex(of: input) }
    } else {
      weights = []
    }
  }

  /// The KPI over one of the spans, which `pick` takes from each source.
  func measurement(kpis: [Quantity?], _ pick: (Measured) -> Measurement) -> Measurement {
    let parts = sources.map(pick)
    var result: Measurement
    if case .inputs = method { result = inputs(of: parts, kpis) } else { result = figures(of: parts) }
    for part in parts { result.marks.formUnion(part.marks.subtracting([.withheld, .undefined])) }
    let coverage = Coverage(recorded: result.coverage?.recorded ?? 0, of: expected)
    result.coverage = coverage
    result.isRecorded = coverage.recorded > 0
    if result.isRecorded, !coverage.reaches(limit) {
      result.marks.insert(.withheld)
      (result.figure, result.inputs) = (nil, [])
    } else if result.isRecorded, result.figure == nil {
      result.marks.insert(.undefined)
    }
    return result
  }

  /// Whether a source has what the combination needs: the figure, or all inputs of the formula.
  func hasData(_ part: Measurement, at source: Int) -> Bool {
    guard case .inputs = method else { return figure(part, at: source) != nil }
    return part.isRecorded
      && columns[source].prefix(calculation.formula.inputs.count).allSatisfy { column in
        column.map { $0 < part.inputs.count && part.inputs[$0] != nil } ?? false
      }
  }

  private func inputs(of parts: [Measurement], _ kpis: [Quantity?]) -> Measurement {
    var totals = Array(repeating: Total(), count: names.count)
    var recorded = 0
    for (source, part) in parts.enumerated() where hasData(part, at: source) {
      recorded += 1
      for (index, column) in columns[source].enumerated() {
        guard let column, column < part.inputs.count, let value = part.inputs[column] else { continue }
        totals[index].add(value, across(index))
      }
    }
    var result = Measurement(coverage: Coverage(recorded: recorded, of: expected))
    guard recorded > 0 else { return result }
    result.inputs = totals.enumerated().map { $1.value(of: across($0)) }
    result.figure = calculation.formula.evaluate(inputs: result.inputs, kpis: kpis)
    return result
  }

  /// Inputs add up; the least and the greatest stay the least and the greatest.
  private func across(_ index: Int) -> Aggregate {
    switch calculation.inputs.first(where: { $0.name == names[index] })?.aggregate {
    case .min: .min
    case .max: .max
    default: .sum
    }
  }

  private func figures(of parts: [Measurement]) -> Measurement {
    var total = Total()
    var weight = Quantity.zero
    var recorded = 0
    for (source, part) in parts.enumerated() {
      guard let figure = figure(part, at: source) else { continue }
      recorded += 1
      if case .weighted = method {
        let own = self.weight(part, at: source) ?? .zero
        weight = weight + own
        total.add(figure * own, .sum)
      } else {
        total.add(figure, aggregate)
      }
    }
    var result = Measurement(coverage: Coverage(recorded: recorded, of: expected))
    result.figure = total.value(of: aggregate)
    if case .weighted = method { result.figure = result.figure?.divided(by: weight) }
    // Those that consolidate this one by inputs find its figure as the input `value`.
    if let figure = result.figure { result.inputs = names.map { $0 == "value" ? figure : nil } }
    return result
  }

  private func figure(_ part: Measurement, at source: Int) -> Quantity? {
    guard case .weighted = method else { return part.figure }
    return weight(part, at: source) == nil ? nil : part.figure
  }

  private func weight(_ part: Measurement, at source: Int) -> Quantity? {
    guard source < weights.count, let column = weights[source], column < part.inputs.count else { return nil }
    return part.inputs[column]
  }

  private var aggregate: Aggregate {
    switch method {
    case .inputs, .sum, .weighted: .sum
    case .mean: .mean
    case .min: .min
    case .max: .max
    case .last: .last
    }
  }
}
