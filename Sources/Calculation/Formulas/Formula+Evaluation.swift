extension Formula {
  /// The figure, from what `lookup` knows; nil where something needed is missing, for a division by zero, and for a
  /// number too large to be held.
  public func evaluate(_ lookup: (Name) -> Quantity?) -> Quantity? {
    run(input: { lookup(.input(inputs[$0])) }, kpi: { lookup(.kpi(kpis[$0])) })
  }

  /// The figure, from values in the order of `inputs` and `kpis`: the quick way for many periods.
  public func evaluate(inputs values: [Quantity?], kpis others: [Quantity?] = []) -> Quantity? {
    run(
      input: { $0 < values.count ? values[$0] : nil },
      kpi: { $0 < others.count ? others[$0] : nil })
  }

  private func run(input: (Int) -> Quantity?, kpi: (Int) -> Quantity?) -> Quantity? {
    if steps.count == 1, case .input(let index) = steps[0] { return input(index) }
    return withUnsafeTemporaryAllocation(of: Quantity.self, capacity: depth) { stack in
      stack.initialize(repeating: .zero)
      return run(on: stack, input: input, kpi: kpi)
    }
  }

  private func run(
    on stack: UnsafeMutableBufferPointer<Quantity>, input: (Int) -> Quantity?, kpi: (Int) -> Quantity?
  ) -> Quantity? {
    var (count, next) = (0, 0)
    while next < steps.count {
      let step = steps[next]
      next += 1
      let result: Quantity?
      switch step {
      case .number(let number): result = number
      case .input(let index): result = input(index)
      case .kpi(let index): result = kpi(index)
      case .operation(let operation):
        count -= operation.operandCount
        result = operation.applied(stack[count], stack[count + operation.operandCount - 1])
      case .unless(let comparison, let target):
        count -= 2
        if !comparison.holds(stack[count], stack[count + 1]) { next = target }
        continue
      case .jump(let target):
        next = target
        continue
      }
      guard let result else { return nil }
      stack[count] = result
      count += 1
    }
    return stack[0]
  }
}
