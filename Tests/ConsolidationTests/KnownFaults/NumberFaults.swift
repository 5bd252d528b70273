import Calculation
import Consolidation
import LedgerModel
import Testing

/// Ways in which scorecards go wrong about numbers.
@Suite struct NumberFaults {
  private func total(of values: [Quantity]) throws -> Quantity? {
    var sample = SampleLedger()
    let id = try sample.add("d/k") { $0.calculation.dimensions = ["branch"] }
    var actuals = Actuals()
    actuals.periods = Array(repeating: try #require(Period("2026-03")), count: values.count)
    actuals.dimensions = [.init(name: "branch", values: values.indices.map(String.init))]
    actuals.inputs = [.init(name: "value", values: values)]
    actuals.statuses = Array(repeating: .final, count: values.count)
    sample.ledger.actuals[id] = actuals
    return try sample.scorecard("2026-03").kpi("d/k").actual
  }

  /// In binary floating point it is 0.30000000000000004.
  @Test("0.1 + 0.2 = 0.3") func tenthsAreExact() throws {
    let sum = try exact("0.3")
    #expect(try total(of: [exact("0.1"), exact("0.2")]) == sum)
  }

  /// 1,000,000 × 0.01 = 10,000; doubles added up one by one give 10000.000000171856.
  @Test("a million rows of 0.01 are exactly 10000") func aMillionRows() throws {
    #expect(try total(of: Array(repeating: exact("0.01"), count: 1_000_000)) == 10_000)
  }
}
