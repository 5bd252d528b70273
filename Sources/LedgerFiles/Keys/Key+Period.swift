public import Calculation

extension Key {
  /// The period whose figures or target the key is; nil for all other keys.
  public var period: Period? {
    let name = row.map { $0.prefix { $0 != "," && $0 != " " } } ?? rest(of: "targets.").map { $0[...] }
    return name.flatMap { Period($0) }
  }
}
