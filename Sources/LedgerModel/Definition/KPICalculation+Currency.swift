import Calculation

extension KPICalculation {
  /// Whether the figure in another currency is the formula of the inputs in that currency: the formula adds and subtracts
  /// them, times constants. A ratio of money and something else is translated as a figure only.
  public var isProportional: Bool {
    formula.kpis.isEmpty && Accrual(of: formula, profile: .calendar) { _ in true } == .flow
  }
}
