import Calculation
public import LedgerModel

/// What the columns of somebody else's table mean: `map.yaml`, as `docs/import.md` describes it.
///
///     columns:
///       department: Agency
///       kpi: Indicator
///       period: {year: Year, month: Month}
///       direction: Desired
///       target: Planned
///       inputs: {value: Actual}
///     departments: {Long Island Rail Road: long-island-rail-road}
///     values: {direction: {U: higher, D: lower, N: {class: context}}}
///     set: {status: active, goal: service, owner: "{department}-operations"}
///     rules:
///       - when: {Indicator: "* injury *"}
///         set: {goal: safety}
public struct ImportMap: Sendable {
  /// Fields of a definition that a column can fill.
  static let columnFields = [
    "name", "class", "goal", "priority", "weight", "owner", "data_owner", "decision", "consequence", "influence",
    "indicator", "unit", "direction", "profile", "baseline",
  ]
  /// Those of them that hold a number.
  static let numberFields: Set<String> = ["priority", "weight", "baseline"]

  /// Something the map names, and where.
  struct Word: Hashable, Sendable {
    let text: String
    let position: Position
  }

  /// Where the period of a row is found.
  enum PeriodColumns: Sendable {
    case none
    case one(Word)
    /// A column of years, and one that counts months, quarters, half-years or weeks; nil for whole years.
    case parts(year: Word, kind: PeriodKind, index: Word?)
  }

  /// Columns that hold values of one input, or targets, each of a period of its own.
  struct WideColumns: Sendable {
    /// The columns' name; `*` stands for the period.
    let pattern: Word
    /// The name of an input; nil for targets.
    let input: String?
    /// The period of a pattern without `*`.
    let period: Period?
  }

  /// A field of a definition with the value that it gets.
  struct Setting: Sendable {
    let field: String
    /// Texts may hold `{department}`, `{kpi}` and `{name of a column}`.
    let value: YAMLValue
    let position: Position
  }

  /// A text that stands for no value.
  struct Blank: Hashable, Sendable {
    /// The input, or `target`, that it is said of; nil for all of them.
    let role: String?
    let text: String
    let number: Quantity?
  }

  /// What holds for some rows only; of two that fit, the later has the last word.
  struct Rule: Sendable {
    /// A column, `department` or `kpi`, and patterns of which one must fit.
    let conditions: [(name: Word, patterns: [String])]
    let settings: [Setting]
    let blanks: [Blank]
    /// Whether the rows are passed over.
    let skips: Bool
  }

  /// What findings call the map.
  let file: String
  var department: Word?
  var kpi: Word?
  var period: PeriodColumns = .none
  var inputs: [(name: String, column: Word)] = []
  var dimensions: [(name: String, column: Word)] = []
  var target: Word?
  var status: Word?
  var note: Word?
  /// Columns that fill a field of the definition.
  var fields: [(field: String, column: Word)] = []
  var wide: [WideColumns] = []
  /// The department that a text means.
  var departments: [String: String] = [:]
  /// What is replaced in a KPI's name before an id is made of it, in order.
  var replacements: [(text: String, by: String)] = []
  /// The id of the KPI that a text means.
  var ids: [String: String] = [:]
  /// By field or column role, what a text means.
  var values: [String: [String: Setting]] = [:]
  var blanks: [Blank] = []
  /// Whether a blank cell takes away what the ledger has, as in a table that is all there is.
  var clearsBlanks = false
  var decimalSign: NumberFormat.DecimalSign?
  var dateOrder: PeriodFormat.DateOrder?
  var settings: [Setting] = []
  var rules: [Rule] = []

  init(file: String) { self.file = file }

  /// Reads a map.
  ///
  /// - Parameter file: what findings call it.
  /// - Returns: the map as far as it can be read, nil where the file is none at all; and what is wrong with it.
  public static func decode(_ bytes: [UInt8], file: String) -> (map: ImportMap?, findings: [Finding]) {
    let reading = FileReading(file: file, bytes: bytes)
    let map = ImportMapDecoder.decode(reading)
    return (map, reading.findings)
  }
}
