import Calculation
import LedgerModel

/// What a reader has to know about the sources of a KPI made of others: how many have data, which have none, for which
/// periods, and what exchange rate is not there.
struct SourceFlags {
  private(set) var flags: [Flag] = []
  private let evaluation: KPIEvaluation

  init(_ evaluation: KPIEvaluation) {
    self.evaluation = evaluation
    guard !measured.lacks.isEmpty || !measured.rateGaps.isEmpty || measured.current.coverage != nil else { return }
    coverage()
    leftOut()
    lacks()
    rates()
  }

  private var measured: Measured { evaluation.measured }
  private var frame: Frame { evaluation.frame }
  private var limit: Quantity {
    evaluation.definition.consolidates?.coverage ?? evaluation.settings.limits.coverage
  }

  private mutating func add(_ kind: Flag.Kind, _ reason: String) { flags.append(Flag(kind, reason)) }

  /// How many sources the figure rests on. Of a period that is not over nobody owes anything yet.
  private mutating func coverage() {
    let current = measured.current
    guard let coverage = current.coverage, !coverage.isComplete else { return }
    guard coverage.recorded > 0 || frame.current.contains(where: evaluation.isDue) else { return }
    let without = current.missing.isEmpty ? "" : ", without \(Listing.text(current.missing.map(\.description)))"
    if current.marks.contains(.withheld) {
      add(.withheld, "only \(coverage) sources have data, and \(limit) % are needed\(without)")
    } else {
      add(.coverage, "\(coverage) sources have data\(without)")
    }
  }

  /// Periods below the coverage, of several: they are in neither the actual nor what it is held against.
  private mutating func leftOut() {
    let withheld = frame.yearToDate.filter { measured.points[$0].marks.contains(.withheld) }
    let inPeriod = frame.current.count > 1 ? withheld.filter(frame.current.contains) : []
    let earlier = withheld.filter { !frame.current.contains($0) }
    let reason = "is left out: fewer than \(limit) % of the sources have data"
    if !inPeriod.isEmpty { add(.withheld, "\(names(inPeriod)) \(reason)") }
    if !earlier.isEmpty { add(.missing, "in the year to date, \(names(earlier)) \(reason)") }
  }

  /// Which source has no value for which period.
  private mutating func lacks() {
    // Of a single period the coverage has said it.
    let said: Set<KPIID> =
      frame.current.count == 1 && measured.current.coverage != nil ? Set(measured.current.missing) : []
    let inPeriod = measured.lacks.filter { frame.current.contains($0.point) && !said.contains($0.kpi) }
    let earlier = measured.lacks.filter { !frame.current.contains($0.point) && frame.yearToDate.contains($0.point) }
    if !inPeriod.isEmpty { add(.missing, "no value from \(text(of: inPeriod))") }
    if !earlier.isEmpty { add(.missing, "the year to date is without \(text(of: earlier))") }
  }

  /// `emea/orders for 2026-02 and 2026-03; us/orders for 2026-03`
  private func text(of lacks: [Measured.Lack]) -> String {
    let byKPI = Dictionary(grouping: lacks) { $0.kpi }.sorted { $0.key < $1.key }
    let shown = byKPI.prefix(3).map { kpi, lacks in
      "\(kpi) for \(Listing.text(Set(lacks.map(\.period)).sorted().map(\.description)))"
    }
    return shown.joined(separator: "; ") + (byKPI.count > 3 ? "; and \(byKPI.count - 3) more" : "")
  }

  private mutating func rates() {
    let gaps = measured.rateGaps
    for gap in gaps.prefix(3) {
      let kind = gap.isAverage ? "average" : "closing"
      let more = gap == gaps.prefix(3).last && gaps.count > 3 ? " (and \(gaps.count - 3) more such gaps)" : ""
      let pair = "from \(gap.source) to \(gap.target)"
      add(.noRate, "no \(kind) rate \(pair) for \(gap.period), so \(gap.kpi) is missing there\(more)")
    }
  }

  private func names(_ points: [Int]) -> String { Listing.text(points.map { frame.points[$0].description }) }
}
