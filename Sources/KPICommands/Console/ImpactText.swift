import Calculation
import Consolidation
import Git
import History
import LedgerModel
import Syncing

/// What a change does to the scores, in a few lines.
struct ImpactText {
  private static let mostGoals = 5
  private static let mostKPIs = 5
  private static let figures = FigureText()

  let outcome: Impact.Outcome
  /// What does it: of what is to come `that would do`, of what is done `that does`.
  var deed = "that would do"

  /// What it says; nothing where no score moves and no status flips.
  var lines: [String] {
    switch outcome {
    case .tooLarge(let count):
      return ["It touches \(count) KPIs, too many to say here what \(deed) to the scores."]
    case .scores(let impacts):
      return impacts.isEmpty ? [] : ["What \(deed) to the scores:"] + impacts.flatMap(Self.lines)
    case .kpisOnly(let impacts):
      guard !impacts.isEmpty else { return [] }
      return ["What \(deed) to these KPIs; to the goals, 'kpi sync --dry-run' says:"] + impacts.flatMap(Self.lines)
    }
  }

  private static func lines(_ impact: ScoreImpact) -> [String] {
    let period = impact.period
    let goals = impact.goals.filter { $0.from != $0.to }
    let kpis = impact.kpis.filter { $0.from != $0.to }
    var lines = goals.prefix(mostGoals).map { "  \($0.name), \(period): \(change($0))" }
    if goals.count > mostGoals { lines.append("  and \(goals.count - mostGoals) more goals") }
    lines += kpis.prefix(mostKPIs).map { "  \($0.id), \(period): \(change($0))" }
    if kpis.count > mostKPIs { lines.append("  and \(kpis.count - mostKPIs) more KPIs") }
    if let flips = flips(impact.flips) { lines.append("  " + flips) }
    return lines
  }

  /// As `91.2 → 94.0`.
  private static func change(_ line: ScoreImpact.Line) -> String {
    "\(figures.score(line.from)) \u{2192} \(figures.score(line.to))"
  }

  /// As `2 statuses flip: Grow close → on target, sales/win-rate off target → close`.
  private static func flips(_ flips: [ScoreImpact.Line]) -> String? {
    guard !flips.isEmpty else { return nil }
    let shown = flips.prefix(mostKPIs).map { line in
      "\(line.id) \(word(line.statusBefore)) \u{2192} \(word(line.statusAfter))"
    }
    let more = flips.count > mostKPIs ? " and \(flips.count - mostKPIs) more" : ""
    let count = flips.count == 1 ? "1 status flips" : "\(flips.count) statuses flip"
    return "\(count): \(shown.joined(separator: ", "))\(more)"
  }

  private static func word(_ status: Status?) -> String { status.map(\.words) ?? "not counted" }
}

extension ImpactText {
  /// What two trees differ by; nothing where that cannot be found out.
  init(_ trees: TreePair?, in clone: LedgerClone, limits: Impact.Limits) {
    guard let trees else {
      self.init(outcome: .scores([]))
      return
    }
    let impact = Self.impact(in: clone, limits: limits)
    self.init(outcome: (try? impact.between(trees.from, trees.to)) ?? .scores([]))
  }

  /// What compares a clone's trees, as of today.
  static func impact(in clone: LedgerClone, limits: Impact.Limits) -> Impact {
    let calendar = (try? LedgerVersion.newest(of: clone))?.settings(in: clone).calendar ?? FiscalCalendar()
    return Impact(
      clone.repository.objects, asOf: LedgerDay.today(in: calendar), limits: limits,
      cache: (clone.cacheFolder, Version.program))
  }

  func print() {
    for line in lines { Console.print(line) }
  }
}
