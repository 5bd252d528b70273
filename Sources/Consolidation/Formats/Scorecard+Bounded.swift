import LedgerModel

/// What formats for people have in common when there are too many KPIs; JSON and CSV are always complete.
extension Scorecard {
  /// How many KPIs formats for people show unless told otherwise.
  public static let standardLimit = 500

  /// The scorecard with at most so many of its KPIs, those that need attention first; what is counted stays as it is.
  public func bounded(to limit: Int) -> Scorecard {
    guard kpis.count > limit else { return self }
    let places = kpis.map { Selection.Place($0.status, weight: $0.weight, id: $0.id.description) }
    let shown = Selection.indices(of: places, limit: limit)
    var copy = self
    copy.kpis = shown.map { kpis[$0] }
    for kpi in kpis { copy.omitted[kpi.goal ?? "", default: 0] += 1 }
    for kpi in copy.kpis { copy.omitted[kpi.goal ?? "", default: 0] -= 1 }
    copy.omitted = copy.omitted.filter { $0.value > 0 }
    return copy
  }

  /// What a reader has to know of what is left out, as one sentence without its full stop; nil where all are shown.
  var omission: String? {
    let left = omitted.values.reduce(0, +)
    guard left > 0 else { return nil }
    let counts = (FigureText.grouped(kpis.count), FigureText.grouped(kpis.count + left))
    return "\(counts.0) of \(counts.1) KPIs are shown, those that need attention first"
  }
}
