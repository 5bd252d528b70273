import Calculation

extension Scorecard {
  /// How many KPIs formats for people show unless told otherwise.
  public static let standardLimit = 500

  /// The same with at most so many lines: those that need attention first. All else is as it was.
  public func limited(to limit: Int) -> Scorecard {
    guard kpis.count > limit else { return self }
    let candidates = kpis.map { AttentionSelection.Candidate(id: $0.id, status: $0.status, weight: $0.weight) }
    let selection = AttentionSelection(candidates, limit: limit)
    var limited = self
    limited.kpis = []
    for kpi in kpis {
      if selection.contains(kpi.id) {
        limited.kpis.append(kpi)
      } else {
        limited.omitted[kpi.goal ?? "", default: 0] += 1
      }
    }
    return limited
  }

  /// What a reader has to know of what is left out, as one sentence without its full stop; nil where all are shown.
  var omission: String? {
    let left = omitted.values.reduce(0, +)
    guard left > 0 else { return nil }
    let (shown, all) = (FigureText.grouped(kpis.count), FigureText.grouped(kpis.count + left))
    return "\(shown) of \(all) KPIs are shown, those that need attention first"
  }
}
