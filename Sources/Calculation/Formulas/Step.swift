extension Formula {
  /// One step of a calculation on a stack of numbers, operands first.
  enum Step: Hashable, Sendable {
    case number(Quantity)
    case input(Int)
    case kpi(Int)
    case operation(Operation)
    /// Takes two numbers and goes on at the step where the comparison does not hold.
    case unless(Comparison, Int)
    case jump(Int)
  }

  /// Takes its operands off the stack and puts one number back.
  enum Operation: Hashable, Sendable {
    case add, subtract, multiply, divide, minimum, maximum, negate, absolute

    var operandCount: Int {
      switch self {
      case .negate, .absolute: 1
      default: 2
      }
    }

    /// The result, nil for a division by zero or a number too large to be held; unary operations take `right`.
    func applied(_ left: Quantity, _ right: Quantity) -> Quantity? {
      let result: Quantity? =
        switch self {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left.divided(by: right)
        case .minimum: min(left, right)
        case .maximum: max(left, right)
        case .negate: -right
        case .absolute: right.magnitude
        }
      guard let result, !result.isOutOfRange else { return nil }
      return result
    }
  }

  enum Comparison: String, Hashable, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case equal = "="

    func holds(_ left: Quantity, _ right: Quantity) -> Bool {
      switch self {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      case .equal: left == right
      case .notEqual: left != right
      }
    }
  }
}
