/// What the drawings have in common.
package enum Chart {
  /// A coordinate with one decimal place, written the same everywhere.
  package static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let scaled = Swift.min(Swift.max(value, -99_999), 99_999) * 10
    let tenths = Int(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    let whole = tenths.magnitude / 10
    let rest = tenths.magnitude % 10
    return "\(tenths < 0 ? "-" : "")\(whole)\(rest == 0 ? "" : ".\(rest)")"
  }
}
