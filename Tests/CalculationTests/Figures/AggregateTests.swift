import Calculation
import Testing

@Suite struct AggregateTests {
  @Test(arguments: [
    (Aggregate.sum, "20"), (.mean, "5"), (.last, "4"), (.first, "9"), (.min, "2"), (.max, "9"),
  ])
  func ofFourValues(aggregate: Aggregate, expected: String) {
    #expect(aggregate.applied(to: [9, 2, 5, 4]) == q(expected))
    #expect(aggregate.applied(to: [] as [Quantity]) == nil)
    #expect(aggregate.applied(to: [7]) == q("7"))
  }

  @Test func meansAreRoundedTo12Digits() {
    #expect(Aggregate.mean.applied(to: [1, 1, 0]) == q("0.666666666667"))
  }
}

@Suite struct AggregationTests {
  private let ratio = try? Formula(parsing: "won / decided * 100")

  /// 12 of 40 and 9 of 38: 21 / 78 = 26.92 %; the average of 30 % and 23.68 % would be 26.84 %.
  @Test func isARatioOfSums() throws {
    let figure = Aggregation(
      of: try #require(ratio), columns: [[12, 9], [40, 38]], aggregates: [.sum, .sum], rows: 0..<2)
    #expect(figure.value == q("26.9230769231"))
    #expect(figure.used == 2 && figure.rows == 2)
  }

  /// February's `won` is missing: its 38 decided ones must not press the rate down to 12 / 78.
  @Test func aRowWithHalfOfItsInputsIsLeftOut() throws {
    let figure = Aggregation(
      of: try #require(ratio), columns: [[12, nil], [40, 38]], aggregates: [.sum, .sum], rows: 0..<2)
    #expect(figure.value == q("30"))
    #expect(figure.used == 1 && figure.rows == 2)
  }

  @Test func noRowsGiveNoFigure() {
    let figure = Aggregation(of: .value, columns: [[nil, nil]], aggregates: [.sum], rows: 0..<9)
    #expect(figure.value == nil && figure.used == 0 && figure.rows == 9)
  }

  @Test func eachInputGoesByItsOwnAggregate() throws {
    // Turnover of the months' sum over the mean stock: 60 / 20.
    let formula = try Formula(parsing: "cost / stock")
    let figure = Aggregation(
      of: formula, columns: [[10, 20, 30], [30, 20, 10]], aggregates: [.sum, .mean], rows: 0..<3)
    #expect(figure.value == q("3"))
    let last = Aggregation(of: .value, columns: [[5, 6, nil]], aggregates: [.last], rows: 0..<3)
    #expect(last.value == q("6"))
  }
}

@Suite struct AccrualTests {
  @Test(arguments: [
    ("value", Accrual.flow), ("a + b", .flow), ("a - b / 1000", .flow), ("-a * 2 + 3 * (b + a)", .flow),
    ("a / b", .level), ("a * b", .level), ("a + 1", .level), ("abs(a)", .level), ("min(a, b)", .level), ("100", .level),
    ("if(a > 1, a, b)", .level), ("a + last", .level), ("a / b * 100", .level), ("1 / a", .level),
    ("a + kpi(x/flow)", .flow), ("a + kpi(x/level)", .level),
  ])
  func followsFromTheFormula(text: String, expected: Accrual) throws {
    let summed: Set<Formula.Name> = [.input("value"), .input("a"), .input("b"), .kpi("x/flow")]
    let formula = try Formula(parsing: text)
    #expect(Accrual(of: formula, profile: .calendar, isSummed: summed.contains) == expected)
    #expect(Accrual(of: formula, profile: .snapshot, isSummed: summed.contains) == .level)
  }
}
