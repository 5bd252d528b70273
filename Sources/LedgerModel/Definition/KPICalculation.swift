public import Calculation

/// Everything that together decides what a KPI's figure is; one key when merging (DESIGN section 3).
public struct KPICalculation: Hashable, Sendable {
  /// A unit of `ledger.yaml` or a currency code.
  public var unit: String?
  public var direction: Direction?
  /// By name, in the order of the file. A simple KPI has one, named `value`.
  public var inputs: [Input]
  public var formula: Formula
  /// Extra key columns of the actuals.
  public var dimensions: [String]
  /// How often actuals are recorded.
  public var period: PeriodKind
  public var profile: Profile
  public var missing: MissingPolicy
  public var bounds: Bounds?
  /// This calculation serves the periods from here on; nil serves all.
  public var effectiveFrom: Period?

  public init(period: PeriodKind = .month) {
    self.inputs = [.value]
    self.formula = .value
    self.dimensions = []
    self.period = period
    self.profile = .calendar
    self.missing = .gap
  }

  /// How a period is calculated, whenever that began.
  public var undated: KPICalculation {
    var copy = self
    copy.effectiveFrom = nil
    return copy
  }

  /// A column of the actuals that the formula reads.
  public struct Input: Hashable, Sendable {
    public var name: String
    public var source: String?
    public var aggregate: Aggregate

    public init(name: String, source: String? = nil, aggregate: Aggregate) {
      self.name = name
      self.source = source
      self.aggregate = aggregate
    }

    /// The one input of a simple KPI.
    public static let value = Input(name: "value", aggregate: .sum)
  }

  /// The plausible range of the KPI's figure.
  public struct Bounds: Hashable, Sendable {
    public var min: Quantity?
    public var max: Quantity?

    public init(min: Quantity? = nil, max: Quantity? = nil) {
      self.min = min
      self.max = max
    }
  }
}

/// What to make of a period without a value: nothing, the last value, or zero.
public enum MissingPolicy: String, Hashable, Sendable, CaseIterable { case gap, carry, zero }

/// How a KPI is made of others (`consolidates:`).
public struct ConsolidationRule: Hashable, Sendable {
  /// A KPI, or all KPIs of one name in any department (`"*/win-rate"`).
  public enum Source: Hashable, Sendable {
    case kpi(KPIID)
    case everyDepartment(kpi: String)
  }

  public enum Method: Hashable, Sendable {
    /// The sources' inputs are added up and go through this KPI's formula: a ratio of sums.
    case inputs
    case sum, mean, min, max
    /// The figure of the source that was recorded last; of several the one that `from` names last.
    case last
    /// A mean of the sources' figures, weighted by one of their inputs.
    case weighted(input: String)
  }

  public var sources: [Source]
  public var method: Method
  /// Percent of the sources that must have data; nil takes the ledger's limit.
  public var coverage: Quantity?
  /// Dimensions with the values that count (`where:`): rows of the sources with other values do not. Empty counts all.
  public var filter: [String: [String]]

  public init(sources: [Source], method: Method, coverage: Quantity? = nil, filter: [String: [String]] = [:]) {
    self.sources = sources
    self.method = method
    self.coverage = coverage
    self.filter = filter
  }
}
