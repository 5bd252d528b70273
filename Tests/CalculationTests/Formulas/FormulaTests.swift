import Chance
import Calculation
import Testing

@Suite struct FormulaTests {
  private let values: [String: Quantity] = ["won": 12, "decided": 40, "a": 2, "b": 3, "zero": 0]

  private func result(_ text: String) throws -> String? {
    try Formula(parsing: text).evaluate { name in
      switch name {
      case .input(let name): values[name]
      case .kpi(let id): id == "sales/new-orders" ? 700 : nil
      }
    }?.description
  }

  @Test(arguments: [
    ("won / decided * 100", "30"), ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("2 - 3 - 4", "-5"), ("24 / 4 / 2", "3"),
    ("-a * -b", "6"), ("--a", "2"), ("2 - -3", "5"), ("1e3 + .5", "1000.5"), ("1 / 3", "0.333333333333"),
    ("min(b, a, 7)", "2"), ("max(b, a, 7)", "7"), ("abs(a - b)", "1"), ("min(max(a, b), 2.5)", "2.5"),
    ("if(a < b, 10, 20)", "10"), ("if(a >= b, 10, 20)", "20"), ("if(a = 2, 1, 0)", "1"), ("if(a != 2, 1, 0)", "0"),
    ("if(a > b, 1, if(a <= b, 2, 3)) + 1", "3"), ("1 + if(zero = 0, 5, 1 / zero) * 2", "11"),
    ("kpi(sales/new-orders) / 7", "100"), (" won\n/\tdecided ", "0.3"), ("((((a))))", "2"),
  ])
  func calculates(text: String, expected: String) throws {
    #expect(try result(text) == expected)
  }

  /// Nothing that is missing counts as zero.
  @Test(arguments: [
    "won / zero", "lost", "won + lost", "lost * 0", "min(won, lost)", "if(lost < 1, 1, 2)", "if(a < b, lost, 1)",
    "kpi(sales/unknown) + 1", "abs(lost)", "-lost",
  ])
  func isMissing(text: String) throws {
    #expect(try result(text) == nil)
  }

  @Test func onlyTheBranchThatIsTakenCounts() throws {
    #expect(try result("if(zero = 0, 0, won / zero)") == "0")
    #expect(try result("if(a < b, a, lost)") == "2")
  }

  @Test func namesWhatItReadsInOrderAndOnce() throws {
    let formula = try Formula(parsing: "b + a + kpi(x/y) + b - kpi(sales/new-orders) - kpi(x/y)")
    #expect(formula.inputs == ["b", "a"])
    #expect(formula.kpis == ["x/y", "sales/new-orders"])
    #expect(formula.evaluate(inputs: [3, 2], kpis: [10, 1]) == q("7"))
    #expect(formula.evaluate(inputs: [3], kpis: [10, 1]) == nil)
  }

  @Test func equalityIsThatOfTheCalculation() throws {
    #expect(try Formula(parsing: "won/decided*100") == Formula(parsing: "(won / decided) * 100.0"))
    #expect(try Formula(parsing: "won / decided") != Formula(parsing: "decided / won"))
    #expect(try Formula(parsing: "value") == .value)
    #expect(try Formula(parsing: "won/decided").text == "won/decided")
  }

  @Test(arguments: [
    ("", 1), ("won /", 6), ("won decided", 5), ("(won", 5), ("won)", 4), ("1.2.3", 1), ("1e", 1), ("won % 2", 5),
    ("Won", 1),
    ("a ^ 2", 3), ("a < b", 3), ("if(a, 1, 2)", 5), ("if(a < b, 1)", 12), ("min(a)", 6), ("min", 1), ("abs(a, b)", 6),
    ("sqrt(a)", 1), ("kpi(sales)", 5), ("kpi(/x)", 5), ("kpi(a/b/c)", 5), ("kpi(a/-b)", 5), ("kpi(a/b", 8),
    ("a + ü", 5),
    ("a == b", 3), ("if(a == b, 1, 2)", 7), ("a ! b", 3), ("+a", 1), ("1,5", 2), ("_a", 1), ("kpi()", 5), ("()", 2),
    ("a $ b", 3),
  ])
  func faultsNameTheColumn(text: String, column: Int) {
    #expect {
      try Formula(parsing: text)
    } throws: { error in
      let fault = error as? FormulaFault
      return fault?.column == column && fault?.message.isEmpty == false
    }
  }

  @Test func lengthAndDepthAreBounded() throws {
    let sum = Array(repeating: "a", count: 1000).joined(separator: "+")
    #expect(try result(sum) == "2000")
    for text in [
      String(repeating: "(", count: 51) + "a" + String(repeating: ")", count: 51),
      String(repeating: "-", count: 1900) + "a", String(repeating: "abs(", count: 400),
      String(repeating: "if(", count: 600), sum + "+a",
    ] {
      #expect(throws: FormulaFault.self) { try Formula(parsing: text) }
    }
    let deep = String(repeating: "(", count: 49) + "a" + String(repeating: ")", count: 49)
    #expect(try result(deep) == "2")
  }

  @Test func aResultTooLargeIsMissing() throws {
    #expect(try result(Array(repeating: "1e30", count: 20).joined(separator: "*")) == nil)
  }

  @Test func hostileTextNeverTraps() {
    var dice = Dice(3)
    let pieces = [
      "a", "1", "if(", "min(", "kpi(", "a/b", ")", "(", ",", "<", "=", "+", "-", "*", "/", " ", "1e", "ü", ".",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...14, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }
        .joined()
      _ = (try? Formula(parsing: text))?.evaluate(inputs: [1, 2], kpis: [3])
    }
  }
}
