public import Calculation
public import LedgerModel

/// What a KPI has in each of its periods for which something was recorded, in all that a ledger has of it.
///
/// A period whose figure is carried over, or taken for zero, has none here: nobody recorded it.
public struct FigureSeries: Sendable {
  /// A value, and how final its rows are: the least final of them counts.
  public struct Point: Hashable, Sendable {
    public var value: Quantity
    public var status: RowStatus
  }

  public let points: [Period: Point]

  /// The KPI's figures, each by the calculation that serves its period; of a KPI made of others, from theirs.
  ///
  /// The ledger need have no more than the KPI, what it is made of, settings and rates.
  public init(of id: KPIID, in ledger: Ledger) {
    guard let frame = Self.frame(of: id, in: ledger) else {
      points = [:]
      return
    }
    let graph = SourceGraph(ledger)
    var measurer = Measurer(ledger, graph: graph)
    let measured = measurer.measured(id, in: frame)
    let isComposed = graph.links[id] != nil
    var points: [Period: Point] = [:]
    for (period, measurement) in zip(frame.points, measured.points) {
      guard let figure = measurement.figure else { continue }
      if !isComposed, !measurement.marks.isDisjoint(with: [.carried, .zeroed]) { continue }
      points[period] = Point(value: figure, status: measurement.marks.status)
    }
    self.points = points
  }

  /// One of the KPI's inputs as it was recorded, added up over the rows of each period.
  public init(of id: KPIID, input name: String, in ledger: Ledger) {
    guard let actuals = ledger.actuals[id], let values = actuals.values(of: name) else {
      points = [:]
      return
    }
    let inputs = ledger.definitions[id]?.calculation.inputs ?? []
    let aggregate = inputs.first { $0.name == name }?.aggregate ?? .sum
    var totals: [Period: (total: Total, marks: Marks)] = [:]
    for (row, value) in values.enumerated() {
      guard let value, actuals.statuses[row] != .missing else { continue }
      var sum = totals[actuals.periods[row]] ?? (Total(), [])
      // Territories add up, as in the figures.
      sum.total.add(value, aggregate == .first || aggregate == .last ? .sum : aggregate)
      sum.marks.insert(Marks(actuals.statuses[row]))
      totals[actuals.periods[row]] = sum
    }
    points = totals.compactMapValues { sum in
      sum.total.value(of: aggregate).map { Point(value: $0, status: sum.marks.status) }
    }
  }

  /// From the fiscal year of the first period for which anything was recorded to the last one; nil where nothing was.
  private static func frame(of id: KPIID, in ledger: Ledger) -> Frame? {
    let calendar = ledger.settings.calendar
    guard let kind = ledger.definitions[id]?.calculation.period else { return nil }
    let recorded = Set(ledger.actuals.values.flatMap(\.periods))
    let own = Set(
      recorded.compactMap { period in
        period.kind == kind ? period : period.kind < kind ? calendar.parent(of: period, kind: kind) : nil
      })
    guard let first = own.min(), let last = own.max(), let from = calendar.parent(of: first, kind: .year),
      let to = calendar.parent(of: last, kind: .year)
    else { return nil }
    return Frame(
      of: last, kind: kind, recorded: Set(ledger.definitions.values.map(\.calculation.period)),
      asOf: calendar.days(of: last).upperBound.advanced(by: -1), yearsBefore: max(0, to.year - from.year),
      calendar: calendar)
  }
}

extension Marks {
  /// How final something is that rests on rows with these marks.
  fileprivate var status: RowStatus {
    contains(.estimated) ? .estimated : contains(.provisional) ? .provisional : .final
  }
}
