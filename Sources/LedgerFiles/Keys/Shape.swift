public import LedgerModel

/// What is one key in a kind of YAML file: DESIGN section 5's list, in one place.
public struct Shape: Hashable, Sendable {
  /// How a top-level field is cut into keys.
  public enum Cut: Hashable, Sendable {
    /// The field is one key, whatever is in it.
    case whole
    /// Several fields together are one key.
    case together(Key)
    /// Each entry of the map is a key.
    case entries
    /// Each entry of the list is a key, named by one of its fields.
    case listed(by: String)
    /// A set: each element is a key.
    case set
    /// Each path to a scalar or list is a key.
    case paths
  }

  /// By the name of a top-level field.
  public let fields: [String: Cut]
  /// Of every other field.
  public let others: Cut
  /// By the name of a top-level field that is cut by paths: the fields of each of its entries that are one key,
  /// whatever is in them.
  public let units: [String: Set<String>]

  init(fields: [String: Cut], others: Cut, units: [String: Set<String>] = [:]) {
    self.fields = fields
    self.others = others
    self.units = units
  }

  /// How a top-level field is cut.
  public func cut(of field: String) -> Cut { fields[field] ?? others }

  /// Whether a path of names is of a field that is one key.
  func isUnit(_ path: [String]) -> Bool {
    path.count == 3 && units[path[0]]?.contains(path[2]) == true
  }

  /// A KPI's definition.
  public static let definition = Shape(
    fields: Dictionary(uniqueKeysWithValues: calculationFields.map { ($0, .together(.calculation)) }).merging(
      ["targets": .entries, "affects": .listed(by: "kpi"), "leads_to": .set, "was": .set],
      uniquingKeysWith: { $1 }),
    others: .whole)

  /// A department's file.
  public static let department = Shape(fields: ["members": .set], others: .paths)

  /// People and roles: who takes a role over, and when, is one decision.
  public static let people = Shape(fields: [:], others: .paths, units: ["roles": ["next"]])

  /// A close: whatever it says, it is one statement.
  public static let close = Shape(fields: [:], others: .together(.close))

  /// Any other YAML file.
  public static let generic = Shape(fields: [:], others: .paths)

  /// The fields that are together the calculation, DESIGN section 3.
  public static let calculationFields = [
    "unit", "direction", "inputs", "formula", "dimensions", "period", "profile", "missing", "bounds",
    "effective_from", "earlier",
  ]

  /// The shape of a file, by where it stands in the ledger.
  public static func of(_ path: LedgerPath) -> Shape {
    switch path {
    case .definition: definition
    case .department: department
    case .people: people
    case .close: close
    default: generic
    }
  }
}

/// How the rows of a CSV file are told apart.
public enum RowShape: Hashable, Sendable {
  /// Actuals: period and dimensions are the key, `status` belongs to the row, `note` is a key of its own.
  case actuals(dimensions: [String])
  /// The named columns are the key.
  case keyed([String])
  /// All columns but the last.
  case allButLast
}
