/// A figure over several rows of actuals: each input by its aggregate, then the formula on the aggregates.
///
/// A ratio of sums, never an average of averages: with `won / decided` over 12 of 40 and 9 of 38 it is 21 / 78.
public struct Aggregation: Hashable, Sendable {
  /// The figure; nil where no row is complete, or the formula has no result.
  public let value: Quantity?
  /// The rows that went in: those that have every input of the formula. A row with half of its inputs would count as
  /// zero in one sum and not in the other.
  public let used: Int
  /// The rows that were looked at.
  public let rows: Int

  /// The figure over `rows`, which are in the order of time. `columns` and `aggregates` are in the order of the
  /// formula's `inputs`, `kpis` in that of its `kpis`.
  public init(
    of formula: Formula, columns: [[Quantity?]], aggregates: [Aggregate], rows: some Sequence<Int>,
    kpis: [Quantity?] = []
  ) {
    var sums: [Quantity?] = Array(repeating: nil, count: columns.count)
    var counts = (used: 0, rows: 0)
    for row in rows {
      counts.rows += 1
      guard columns.allSatisfy({ row >= 0 && row < $0.count && $0[row] != nil }) else { continue }
      counts.used += 1
      for (index, column) in columns.enumerated() {
        guard let value = column[row] else { continue }
        let aggregate = index < aggregates.count ? aggregates[index] : .sum
        sums[index] = sums[index].map { aggregate.combined($0, value) } ?? value
      }
    }
    for (index, aggregate) in aggregates.prefix(sums.count).enumerated() where aggregate == .mean {
      sums[index] = sums[index].flatMap { $0.divided(by: Quantity(counts.used)) }
    }
    value = formula.evaluate(inputs: sums, kpis: kpis)
    (used, self.rows) = counts
  }
}
