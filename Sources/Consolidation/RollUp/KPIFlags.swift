import Calculation
import LedgerModel

/// What a reader has to know about a KPI's figures, in the order of the flags' kinds.
struct KPIFlags {
  private(set) var flags: [Flag] = []
  private let evaluation: KPIEvaluation

  init(_ evaluation: KPIEvaluation, _ progress: Progress) {
    self.evaluation = evaluation
    flags = SourceFlags(evaluation).flags
    gaps()
    marks()
    judgement(progress)
    calculation(progress)
    flags.sort { $0.kind < $1.kind }
  }

  private var frame: Frame { evaluation.frame }
  private var points: [Measurement] { evaluation.measured.points }

  private mutating func add(_ kind: Flag.Kind, _ reason: String) { flags.append(Flag(kind, reason)) }

  /// Periods that are over and have no value: late where nothing came after, else missing.
  private mutating func gaps() {
    guard evaluation.measured.current.coverage == nil || !points.allSatisfy({ !$0.isRecorded }) else { return }
    let lastRecorded = points.indices.last(where: evaluation.isRecorded) ?? -1
    // What is missing in a KPI made of others, `SourceFlags` says.
    let empty = frame.yearToDate.filter {
      evaluation.isDue($0) && !evaluation.isRecorded($0) && points[$0].marks.isDisjoint(with: [.withheld, .incomplete])
    }
    let inPeriod = empty.filter { frame.current.contains($0) }
    let declared = inPeriod.filter { points[$0].marks.contains(.declaredMissing) }
    let late = inPeriod.filter { $0 > lastRecorded && !declared.contains($0) }
    let missing = inPeriod.filter { $0 < lastRecorded && !declared.contains($0) }
    if !late.isEmpty { add(.late, "\(names(late)) \(late.count == 1 ? "is" : "are") over and not recorded yet") }
    if !missing.isEmpty { add(.missing, "no value for \(names(missing))") }
    if !declared.isEmpty { add(.missing, "recorded as missing: \(names(declared))") }
    let earlier = empty.filter { !frame.current.contains($0) }
    if !earlier.isEmpty {
      add(.missing, "the year to date rests on \(evaluation.yearCoverage) periods, without \(names(earlier))")
    }
    let partial = marked(.partial)
    if !partial.isEmpty { add(.missing, "some values of \(names(partial)) are not there; the figure is of the others") }
  }

  private mutating func marks() {
    let kinds: [(Marks, Flag.Kind, String)] = [
      (.undefined, .undefined, "has values but no figure: the formula divides by zero there, or leaves its range"),
      (.provisional, .provisional, "is not final"),
      (.estimated, .estimated, "is estimated"), (.carried, .carried, "has no value; the last one stands in"),
      (.zeroed, .zeroed, "has no value and is taken for zero, as the definition says"),
    ]
    for (mark, kind, reason) in kinds {
      let periods = marked(mark)
      if !periods.isEmpty {
        add(kind, "\(names(periods)) \(reason)")
      } else if evaluation.measured.current.marks.contains(mark) {
        add(kind, "\(frame.period) \(reason)")
      }
    }
  }

  private func marked(_ mark: Marks) -> [Int] { frame.current.filter { points[$0].marks.contains(mark) } }

  private mutating func judgement(_ progress: Progress) {
    guard evaluation.definition.kind == .kpi else { return }
    switch progress.greyReason {
    case .noTarget: add(.noTarget, "no target for \(frame.period)")
    case .notComparable: add(.noAchievement, notComparable(progress))
    case .tooEarly:
      let isByShape = progress.covered.profile == .seasonal && progress.time.elapsed > .zero
      add(
        .tooEarly,
        isByShape
          ? "nothing came in the same time of the year before" : "no day of \(frame.period) is over yet")
    case .seriesBreak: break  // Said of the figures.
    case .lowCoverage:
      let limit = evaluation.settings.limits.coverage
      add(.coverage, "no status: \(progress.coverage) periods recorded, and \(limit) % are needed")
    case .noActual, nil: return
    }
  }

  private func notComparable(_ progress: Progress) -> String {
    if case .band? = progress.target { return "the target is a range, and the direction is not band" }
    if evaluation.calculation.direction == .band { return "the target is no range, and the direction is band" }
    return evaluation.definition.baseline == nil
      ? "the target is not above zero and there is no baseline to measure from"
      : "the baseline is not worse than the target, so there is no way between them to measure"
  }

  private mutating func calculation(_ progress: Progress) {
    if let reason = standIn(progress) { add(.standIn, "counted by calendar days: \(reason)") }
    if let reason = seriesBreak { add(.seriesBreak, reason) }
  }

  /// Why calendar days stand in for the definition's profile; nil where they do not.
  private func standIn(_ progress: Progress) -> String? {
    guard evaluation.calculation.profile == .seasonal else {
      return progress.time.standsInFor == nil ? nil : "it has no working days"
    }
    guard let shape = evaluation.shape else { return "a figure that does not add up has no seasonal shape" }
    guard let last = frame.points.last,
      let year = evaluation.settings.calendar.parent(of: last, kind: .year)
    else { return nil }
    switch shape.fault(in: year) {
    case .incomplete(let coverage): return "\(year.previous) has figures of \(coverage) periods only"
    case .calculatedOtherwise: return "\(year.previous) was calculated differently"
    case .notPositive: return "\(year.previous) adds up to nothing, or has a negative period"
    case nil: return progress.time.standsInFor == nil ? nil : "nothing came in the same time of \(year.previous)"
    }
  }

  /// Where the calculation changes in what is shown, or is about to.
  private var seriesBreak: String? {
    let shown = min(frame.series.lowerBound, frame.yearToDate.lowerBound)..<frame.points.count
    var parts: [String] = []
    if let start = evaluation.measured.breaks.last(within: shown) {
      let period = frame.points[start]
      let isOwn = evaluation.history.lastBreak(within: frame.points[shown]) != nil
      parts.append(
        isOwn ? "calculated differently before \(period)" : "a source was calculated differently before \(period)")
      if frame.yearToDate.contains(start), start > frame.yearToDate.lowerBound {
        let isSum = evaluation.accrual == .flow && evaluation.measured.breaks.addsFrom <= frame.yearToDate.lowerBound
        parts.append(
          isSum ? "the year to date adds both up, and no landing leads across" : "the year to date begins there")
      }
    }
    if let last = frame.points.last, let year = evaluation.settings.calendar.parent(of: last, kind: .year),
      evaluation.changesLater(in: year)
    {
      parts.append("calculated differently later in \(year), so that it has no landing")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The points' periods: three by name at most.
  private func names(_ indices: [Int]) -> String {
    let names = indices.prefix(3).map { frame.points[$0].description }
    let more = indices.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
