/// Whether a KPI's figure adds up over time. Only what does has a pace, can be extrapolated, and has its targets spread
/// and summed.
public enum Accrual: String, Hashable, Sendable, CaseIterable {
  /// The figure of a year is the sum of its months': trips, sales, costs.
  case flow
  /// A state or a ratio: stock, staff, win rate.
  case level

  /// What a formula makes of its inputs: a flow where it only adds and subtracts summed inputs, times constants; a level
  /// where it divides one by another, compares, or where the profile is `snapshot`. `isSummed` says whether something
  /// that the formula reads is a flow itself: an input with the aggregate `sum`.
  public init(of formula: Formula, profile: Profile, isSummed: (Formula.Name) -> Bool) {
    self = profile != .snapshot && formula.isAdditive(isSummed) ? .flow : .level
  }
}

extension Formula {
  /// How a part of a formula answers when all summed inputs are doubled: not at all, twofold, or otherwise.
  private enum Shape { case constant, additive, other }

  /// Whether the formula of sums is the sum of the formula's values.
  fileprivate func isAdditive(_ isSummed: (Name) -> Bool) -> Bool {
    var stack: [Shape] = []
    for step in steps {
      switch step {
      case .number: stack.append(.constant)
      case .input(let index): stack.append(isSummed(.input(inputs[index])) ? .additive : .other)
      case .kpi(let index): stack.append(isSummed(.kpi(kpis[index])) ? .additive : .other)
      case .operation(let operation):
        let right = stack.popLast() ?? .other
        let left = operation.operandCount == 2 ? stack.popLast() ?? .other : right
        stack.append(Self.shape(operation, left, right))
      case .unless, .jump: return false
      }
    }
    return stack == [.additive]
  }

  private static func shape(_ operation: Operation, _ left: Shape, _ right: Shape) -> Shape {
    if left == .constant, right == .constant { return .constant }
    switch operation {
    case .negate: return right
    case .add, .subtract: return left == right ? left : .other
    case .multiply where left == .constant: return right
    case .multiply where right == .constant: return left
    case .divide where right == .constant: return left
    default: return .other
    }
  }
}
