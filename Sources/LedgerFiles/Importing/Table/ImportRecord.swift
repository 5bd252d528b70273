import Calculation
import LedgerModel

/// Where something that is imported was said.
struct ImportOrigin: Hashable {
  let file: String
  let position: Position
}

/// What a row says of one KPI and one period, or of a KPI alone.
struct ImportRecord {
  struct Value {
    /// nil for a target.
    let input: String?
    /// nil where the cell is blank.
    let number: Quantity?
    /// The cell's first byte.
    let offset: Int
  }

  let row: Int
  let id: KPIID
  /// nil where the row has no values.
  let period: Period?
  let dimensions: [String]
  let values: [Value]
  /// nil where the table has no such column.
  let status: RowStatus?
  let note: String?

  /// Whether a value of an input is there.
  var hasActual: Bool { values.contains { $0.input != nil && $0.number != nil } }
}

/// What a row's columns and the map say of its KPI.
struct ImportIdentity {
  /// A field of the definition.
  struct Field {
    let value: YAMLValue
    let origin: ImportOrigin
    /// Whether a column says it, and not the map alone.
    let isCell: Bool
  }

  let id: KPIID
  var fields: [String: Field] = [:]
  var blanks: [ImportMap.Blank] = []
  var isSkipped = false
}
