/// Reads a formula by recursive descent and writes its steps, operands first.
struct FormulaParser {
  private var tokens: FormulaTokens
  private let text: String
  private var inputs: [String] = []
  private var kpis: [String] = []
  private var steps: [Formula.Step] = []
  private var waiting = 0
  private var depth = 0
  private var nesting = 0

  init(_ text: String) {
    self.text = text
    tokens = FormulaTokens(text)
  }

  mutating func formula() throws(FormulaFault) -> Formula {
    guard text.utf8.count <= Formula.maximumLength else {
      throw FormulaFault(
        column: Formula.maximumLength + 1, "A formula has at most \(Formula.maximumLength) characters.")
    }
    try tokens.advance()
    try sum()
    guard tokens.current == .end else { throw unexpected("an operator or the end of the formula") }
    return Formula(text: text, inputs: inputs, kpis: kpis, steps: steps, depth: depth)
  }

  private mutating func sum() throws(FormulaFault) {
    try product()
    while true {
      if try take("+") {
        try product()
        apply(.add)
      } else if try take("-") {
        try product()
        apply(.subtract)
      } else {
        return
      }
    }
  }

  private mutating func product() throws(FormulaFault) {
    try factor()
    while true {
      if try take("*") {
        try factor()
        apply(.multiply)
      } else if try take("/") {
        try factor()
        apply(.divide)
      } else {
        return
      }
    }
  }

  private mutating func factor() throws(FormulaFault) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Formula.maximumDepth else {
      throw fault("A formula nests at most \(Formula.maximumDepth) deep; split it into KPIs of their own.")
    }
    if try take("-") {
      try factor()
      apply(.negate)
    } else if try take("(") {
      try sum()
      try expect(")")
    } else {
      try operand()
    }
  }

  private mutating func operand() throws(FormulaFault) {
    switch tokens.current {
    case .number(let number):
      try tokens.advance()
      push(.number(number))
    case .name(let name): try named(name)
    default: throw unexpected("a number, an input or a parenthesis")
    }
  }

  private mutating func named(_ name: String) throws(FormulaFault) {
    let column = tokens.column
    try tokens.advance()
    let isFunction = ["min", "max", "abs", "if", "kpi"].contains(name)
    guard tokens.current == .symbol("(") else {
      if isFunction { throw FormulaFault(column: column, "‘\(name)’ is a function: write \(name)(…).") }
      push(.input(index(of: name, in: \.inputs)))
      return
    }
    guard isFunction else {
      throw FormulaFault(column: column, "There is no function ‘\(name)’; there are min, max, abs, if and kpi.")
    }
    if name == "kpi" {
      push(.kpi(index(of: try tokens.takeKPI(), in: \.kpis)))
    } else {
      try tokens.advance()
      try arguments(of: name)
    }
    try expect(")")
  }

  private mutating func arguments(of function: String) throws(FormulaFault) {
    switch function {
    case "if": try conditional()
    case "abs":
      try sum()
      apply(.absolute)
    default:
      try sum()
      repeat {
        try expect(",")
        try sum()
        apply(function == "min" ? .minimum : .maximum)
      } while tokens.current == .symbol(",")
    }
  }

  private mutating func conditional() throws(FormulaFault) {
    try sum()
    guard case .symbol(let symbol) = tokens.current, let comparison = Formula.Comparison(rawValue: symbol) else {
      throw unexpected("a comparison (< <= > >= = !=)")
    }
    try tokens.advance()
    try sum()
    waiting -= 2
    let condition = reserve()
    try expect(",")
    try sum()
    let end = reserve()
    steps[condition] = .unless(comparison, steps.count)
    waiting -= 1
    try expect(",")
    try sum()
    steps[end] = .jump(steps.count)
  }

  /// Makes room for a jump whose target is not known yet.
  private mutating func reserve() -> Int {
    steps.append(.jump(0))
    return steps.count - 1
  }

  private mutating func push(_ step: Formula.Step) {
    steps.append(step)
    waiting += 1
    depth = max(depth, waiting)
  }

  private mutating func apply(_ operation: Formula.Operation) {
    steps.append(.operation(operation))
    waiting -= operation.operandCount - 1
  }

  private mutating func index(of name: String, in list: WritableKeyPath<FormulaParser, [String]>) -> Int {
    if let index = self[keyPath: list].firstIndex(of: name) { return index }
    self[keyPath: list].append(name)
    return self[keyPath: list].count - 1
  }

  private mutating func take(_ symbol: String) throws(FormulaFault) -> Bool {
    guard tokens.current == .symbol(symbol) else { return false }
    try tokens.advance()
    return true
  }

  private mutating func expect(_ symbol: String) throws(FormulaFault) {
    guard try take(symbol) else { throw unexpected("‘\(symbol)’") }
  }

  private func fault(_ message: String) -> FormulaFault { FormulaFault(column: tokens.column, message) }

  private func unexpected(_ wanted: String) -> FormulaFault {
    fault("Expected \(wanted), found \(tokens.current.described).")
  }
}
