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
    let lastRecorded = points.lastIndex { $0.isRecorded } ?? -1
    // What is missing in a KPI made of others, `SourceFlags` says.
    let empty = frame.yearToDate.filter {
      evaluation.isDue($0) && !points[$0].isRecorded && points[$0].marks.isDisjoint(with: [.withheld, .incomplete])
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
    case .notComparable: add(.noAchievement, "the target is not above zero and there is no baseline to measure from")
    case .tooEarly: add(.tooEarly, "no day of \(frame.period) is over yet")
    case .lowCoverage:
      let limit = evaluation.settings.limits.coverage
      add(.coverage, "no status: \(progress.coverage) periods recorded, and \(limit) % are needed")
    case .noActual, nil: return
    }
  }

  private mutating func calculation(_ progress: Progress) {
    if let other = progress.time.standsInFor {
      let reason = other == .seasonal ? "the seasonal profile is not calculated yet" : "it has no working days"
      add(.standIn, "counted by calendar days: \(reason)")
    }
    let history = CalculationHistory(of: evaluation.definition, calendar: evaluation.settings.calendar)
    if let period = history.lastBreak(within: frame.points[frame.yearToDate]) {
      add(.seriesBreak, "calculated differently before \(period)")
    }
  }

  /// The points' periods: three by name at most.
  private func names(_ indices: [Int]) -> String {
    let names = indices.prefix(3).map { frame.points[$0].description }
    let more = indices.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
