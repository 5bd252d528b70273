public import Calculation
public import LedgerModel

/// Reads `departments/<dept>/actuals/<kpi>.csv`: bytes to actuals and findings.
///
///     let (actuals, findings) = ActualsDecoder(definition).decode(bytes, file: id.actualsPath)
///
/// A canonical file takes a fast path. Anything else is read as a spreadsheet may have written it, and each doubt is a
/// finding: `not-canonical` (a warning: `kpi check --fix` rewrites the file), `unknown-column`, `missing-column`,
/// `duplicate-row`, `rows-not-sorted` (a warning), `bad-period`, `wrong-period-kind`, `bad-number`, `ambiguous-number`,
/// `ambiguous-period`, `bad-status`, `missing-dimension`, and the rules of `CSVFault`. Rows with errors are left out of the actuals; so is
/// the second of two rows of one key.
public struct ActualsDecoder: Sendable {
  /// Names of the columns that are inputs; nil takes every column that is nothing else.
  public let inputs: [String]?
  /// Inputs that only earlier calculations know: their columns may be there.
  public let earlierInputs: [String]
  public let dimensions: [String]
  /// The kind that each period must have; nil takes any, but one for all rows.
  public let period: PeriodKind?

  /// Reads what these columns hold.
  public init(
    inputs: [String]? = nil, earlierInputs: [String] = [], dimensions: [String] = [], period: PeriodKind? = nil
  ) {
    self.inputs = inputs
    self.earlierInputs = earlierInputs
    self.dimensions = dimensions
    self.period = period
  }

  /// Reads what a definition says: the calculation's inputs, dimensions and period; columns of inputs that only earlier
  /// calculations have may be there.
  public init(_ definition: Definition) {
    let current = definition.calculation.inputs.map(\.name)
    let earlier = definition.earlier.flatMap { $0.inputs.map(\.name) }.filter { !current.contains($0) }
    self.init(
      inputs: current, earlierInputs: earlier, dimensions: definition.calculation.dimensions,
      period: definition.calculation.period)
  }

  /// The actuals of a file and what is wrong with it; `file` is the path that findings name.
  public func decode(_ bytes: [UInt8], file: String) -> (actuals: Actuals, findings: [Finding]) {
    if let actuals = CanonicalActuals.read(bytes, decoder: self) { return (actuals, []) }
    var reading = ActualsReading(self, bytes, file: file)
    return reading.read()
  }

  /// What a column of that name is; nil where it has no place here.
  func role(of name: String) -> ColumnRole? {
    switch name {
    case "period": return .period
    case "status": return .status
    case "note": return .note
    default: break
    }
    if dimensions.contains(name) { return .dimension }
    guard let inputs else { return name.isEmpty ? nil : .input }
    return inputs.contains(name) || earlierInputs.contains(name) ? .input : nil
  }
}

/// What a column of an actuals file holds.
enum ColumnRole: Hashable {
  case period, dimension, input, status, note

  /// The order of columns in a canonical file.
  var rank: Int {
    switch self {
    case .period: 0
    case .dimension: 1
    case .input: 2
    case .status: 3
    case .note: 4
    }
  }
}
