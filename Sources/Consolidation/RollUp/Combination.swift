import Calculation
import LedgerModel

/// Several KPIs made into one, as `by` says: their inputs added up and put through the formula, or their figures.
struct Combination {
  /// One of the KPIs that it is made of.
  struct Source {
    let id: KPIID
    let measured: Measured
    /// The first point of the frame that the source is calculated for: before, nothing is missing.
    let begins: Int
    /// Whether a flag of its own says why it has no data.
    var isExplained = false
  }

  /// The inputs' names: those of the formula first, in its order.
  let names: [String]
  private let calculation: KPICalculation
  private let method: ConsolidationRule.Method
  private let sources: [Source]
  private let limit: Quantity
  /// For each source, where in its inputs each of `names` is.
  private let columns: [[Int?]]
  /// For each source, where its weight is.
  private let weights: [Int?]

  init(_ calculation: KPICalculation, method: ConsolidationRule.Method, sources: [Source], limit: Quantity) {
    self.calculation = calculation
    self.method = method
    self.sources = sources
    self.limit = limit
    var names = calculation.formula.inputs
    for input in calculation.inputs where !names.contains(input.name) { names.append(input.name) }
    if case .weighted(let input) = method {
      if !names.contains(input) { names.append(input) }
      weights = sources.map { $0.measured.names.firstIndex(of: input) }
    } else {
      weights = []
    }
    self.names = names
    columns = sources.map { source in names.map { source.measured.names.firstIndex(of: $0) } }
  }

  /// The KPI over some points of the frame, for which `pick` takes what is known of each source.
  func measurement(kpis: [Quantity?], over span: Range<Int>, _ pick: (Measured) -> Measurement) -> Measurement {
    let parts = sources.map { pick($0.measured) }
    var result: Measurement
    if case .inputs = method { result = inputs(of: parts, kpis) } else { result = figures(of: parts, over: span) }
    for part in parts { result.marks.formUnion(part.marks.subtracting([.withheld, .undefined, .incomplete])) }
    let coverage = cover(parts, through: span.upperBound - 1, &result)
    result.coverage = coverage
    result.isRecorded = coverage.recorded > 0
    if !result.isRecorded {
      if coverage.expected > 0 { result.marks.insert(.incomplete) }
    } else if !coverage.reaches(limit) {
      result.marks.insert(.withheld)
      (result.figure, result.inputs, result.isRecorded) = (nil, [], false)
    } else if result.figure == nil {
      result.marks.insert(kpis.contains { $0 == nil } ? .incomplete : .undefined)
    }
    return result
  }

  /// Whether a source has what the combination needs: the figure, or all inputs of the formula.
  func hasData(_ part: Measurement, at source: Int) -> Bool {
    guard case .inputs = method else { return figure(part, at: source) != nil }
    let translated = sources[source].measured.translated ?? .max
    return part.isRecorded
      && columns[source].prefix(calculation.formula.inputs.count).allSatisfy { column in
        column.map { $0 < part.inputs.count && $0 < translated && part.inputs[$0] != nil } ?? false
      }
  }

  /// Of the sources that are calculated by then, those with data; which are without goes into the result. Of the one
  /// recorded last there need be only one.
  private func cover(_ parts: [Measurement], through point: Int, _ result: inout Measurement) -> Coverage {
    var recorded = 0
    var missing: [KPIID] = []
    for (source, part) in parts.enumerated() {
      if hasData(part, at: source) {
        recorded += 1
      } else if sources[source].begins <= point {
        missing.append(sources[source].id)
      }
    }
    if case .last = method, recorded > 0 { return Coverage(recorded: 1, of: 1) }
    result.missing = missing.sorted()
    return Coverage(recorded: recorded, of: recorded + missing.count)
  }

  // MARK: By inputs

  private func inputs(of parts: [Measurement], _ kpis: [Quantity?]) -> Measurement {
    var result = Measurement()
    result.inputs = totals(of: parts)
    result.figure = calculation.formula.evaluate(inputs: result.inputs, kpis: kpis)
    return result
  }

  /// The inputs of all sources with data, each added up by itself.
  private func totals(of parts: [Measurement]) -> [Quantity?] {
    var totals = Array(repeating: Total(), count: names.count)
    for (source, part) in parts.enumerated() where hasData(part, at: source) {
      for (index, column) in columns[source].enumerated() {
        guard let column, column < part.inputs.count, let value = part.inputs[column] else { continue }
        totals[index].add(value, across(index))
      }
    }
    return totals.enumerated().map { $1.value(of: across($0)) }
  }

  /// Inputs add up; the least and the greatest stay the least and the greatest.
  private func across(_ index: Int) -> Aggregate {
    switch calculation.inputs.first(where: { $0.name == names[index] })?.aggregate {
    case .min: .min
    case .max: .max
    default: .sum
    }
  }

  // MARK: By figures

  private func figures(of parts: [Measurement], over span: Range<Int>) -> Measurement {
    var result = Measurement()
    switch method {
    case .weighted: result.figure = weightedMean(of: parts)
    case .last: result.figure = latest(of: parts, over: span)
    case .inputs, .sum, .mean, .min, .max:
      var total = Total()
      for (source, part) in parts.enumerated() {
        if let figure = figure(part, at: source) { total.add(figure, aggregate) }
      }
      result.figure = total.value(of: aggregate)
    }
    guard let figure = result.figure else { return result }
    // Those that consolidate this one find its figure as the input `value`, and its weight, added up, under its name.
    let totals = weights.isEmpty ? [] : totals(of: parts)
    result.inputs = names.enumerated().map { index, name in
      name == weight ? totals[index] : name == "value" ? figure : nil
    }
    return result
  }

  private func weightedMean(of parts: [Measurement]) -> Quantity? {
    var sum = Quantity.zero
    var weight = Quantity.zero
    for (source, part) in parts.enumerated() {
      guard let figure = figure(part, at: source), let own = self.weight(part, at: source) else { continue }
      sum += figure * own
      weight += own
    }
    return sum.divided(by: weight)
  }

  /// The figure of the source recorded last; of several the one named last.
  private func latest(of parts: [Measurement], over span: Range<Int>) -> Quantity? {
    var latest: (point: Int, figure: Quantity)?
    for (source, part) in parts.enumerated() {
      guard let figure = part.figure else { continue }
      let point = span.last { sources[source].measured.points[$0].figure != nil } ?? span.lowerBound
      if let latest, point < latest.point { continue }
      latest = (point, figure)
    }
    return latest?.figure
  }

  private func figure(_ part: Measurement, at source: Int) -> Quantity? {
    guard case .weighted = method else { return part.figure }
    return weight(part, at: source) == nil ? nil : part.figure
  }

  private func weight(_ part: Measurement, at source: Int) -> Quantity? {
    guard source < weights.count, let column = weights[source], column < part.inputs.count else { return nil }
    return part.inputs[column]
  }

  /// The name of the input that weighs.
  private var weight: String? {
    if case .weighted(let input) = method { input } else { nil }
  }

  private var aggregate: Aggregate {
    switch method {
    case .mean: .mean
    case .min: .min
    case .max: .max
    case .inputs, .sum, .weighted, .last: .sum
    }
  }
}
