/// How a KPI's figure follows from its inputs: `won / decided * 100`.
///
/// `+ - * / ( )`, numbers, inputs (`[a-z][a-z0-9_]*`), other KPIs (`kpi(sales/new-orders)`), `min(a, b, …)`,
/// `max(a, b, …)`, `abs(a)` and `if(a < b, then, else)` with `< <= > >= = !=`. What is missing makes the result
/// missing, and so does a division by zero; of an `if` only the branch that is taken counts. Formulas are equal when
/// they calculate the same in the same order, however they are spaced.
public struct Formula: Sendable {
  /// Something that a formula reads.
  public enum Name: Hashable, Sendable {
    /// An input of the KPI.
    case input(String)
    /// Another KPI, by its id.
    case kpi(String)
  }

  /// The formula as it was written.
  public let text: String
  /// The names of the inputs it reads, in the order of their first use.
  public let inputs: [String]
  /// The ids of the KPIs it reads, in the order of their first use.
  public let kpis: [String]
  let steps: [Step]
  /// The most numbers that wait for an operation at one time.
  let depth: Int

  /// The longest text that is a formula, in bytes.
  public static let maximumLength = 2000
  /// How deeply parentheses and functions may nest.
  public static let maximumDepth = 50

  /// The formula of a KPI whose one input is its figure: `value`.
  public static let value = Formula(text: "value", inputs: ["value"], kpis: [], steps: [.input(0)], depth: 1)

  init(text: String, inputs: [String], kpis: [String], steps: [Step], depth: Int) {
    self.text = text
    self.inputs = inputs
    self.kpis = kpis
    self.steps = steps
    self.depth = depth
  }

  /// The formula that a text says; throws what is wrong with it and where.
  public init(parsing text: String) throws(FormulaFault) {
    var parser = FormulaParser(text)
    self = try parser.formula()
  }
}

extension Formula: Hashable {
  public static func == (one: Formula, other: Formula) -> Bool {
    one.steps == other.steps && one.inputs == other.inputs && one.kpis == other.kpis
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(steps)
    hasher.combine(inputs)
    hasher.combine(kpis)
  }
}

extension Formula: CustomStringConvertible {
  public var description: String { text }
}
