import Calculation
import LedgerFiles
import LedgerModel

extension ActualsRow {
  /// The final values that a later version of the row has otherwise, or no more, by the input's name: those that were
  /// restated, if it was late enough. A row that was provisional or estimated had promised nothing.
  func restated(by later: ActualsRow?) -> [(input: String, from: Quantity, to: Quantity?)] {
    guard status == .final else { return [] }
    return values.sorted { $0.key < $1.key }.compactMap { input, value in
      let now = later?.values[input]
      return now == value ? nil : (input, value, now)
    }
  }

  /// A row as an audit shows it: a map of its cells. What is no number is no value.
  init?(_ cells: YAMLValue?, of period: Period) {
    guard case .map(let cells)? = cells else { return nil }
    var (values, status): ([String: Quantity], RowStatus) = ([:], .final)
    for cell in cells {
      switch cell.value {
      case .number(let value): values[cell.key] = value
      case .string(let text) where cell.key == "status": status = RowStatus(rawValue: text) ?? .final
      default: break
      }
    }
    self.init(period: period, values: values, status: status)
  }
}
