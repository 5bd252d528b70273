public import Calculation

/// A KPI's actuals, column by column; rows are in key order (period, then dimensions) and keys are unique.
public struct Actuals: Hashable, Sendable {
  /// The period of each row.
  public var periods: [Period]
  /// Each dimension's name and its value on each row.
  public var dimensions: [Column<String>]
  /// Each input's name and its value on each row; nil is missing, never zero.
  public var inputs: [Column<Quantity?>]
  public var statuses: [RowStatus]
  /// Empty where no row has a note, else one a row.
  public var notes: [String]

  public init() {
    periods = []
    dimensions = []
    inputs = []
    statuses = []
    notes = []
  }

  public var count: Int { periods.count }

  /// The values of an input, one a row; nil where the file has no such column.
  public func values(of input: String) -> [Quantity?]? {
    inputs.first { $0.name == input }?.values
  }

  public struct Column<Value: Hashable & Sendable>: Hashable, Sendable {
    public var name: String
    public var values: [Value]

    public init(name: String, values: [Value]) {
      self.name = name
      self.values = values
    }
  }
}

/// What a row's recorder says of its values; blank in the file is `final`.
public enum RowStatus: String, Hashable, Sendable, CaseIterable { case final, provisional, estimated, missing }
