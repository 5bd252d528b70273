public import Calculation
public import LedgerFiles
import LedgerModel

extension Target {
  /// The target as a definition has it: a number, or a map of `low`, `high` and `tolerance`.
  public var written: YAMLValue {
    switch self {
    case .value(let value): .number(value)
    case .band(let low, let high, let tolerance):
      .map([("low", .number(low)), ("high", .number(high)), ("tolerance", .number(tolerance))])
    }
  }
}

extension Thresholds {
  /// The thresholds as a definition has them.
  var written: YAMLValue { .map([("green", .number(green)), ("amber", .number(amber))]) }
}
