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
