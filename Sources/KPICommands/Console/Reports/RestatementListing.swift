import Calculation
import Consolidation
import History
import LedgerFiles
import LedgerModel

/// Changes of the past, in the formats of a listing.
enum RestatementListing {
  static func text(_ changes: [PastChange], as format: OutputFormat) -> String {
    guard format == .table else { return listing.text(changes, as: format) }
    let restated = changes.filter { $0.kind == .restated }
    let filled = changes.filter { $0.kind == .filled }
    guard !changes.isEmpty else { return "Nothing of the past was changed.\n" }
    return [(restated, summary(restated)), (filled, filledSummary(filled))].filter { !$0.0.isEmpty }
      .map { $0.1 + "\n" + table($0.0).text($0.0, as: .table) }.joined(separator: "\n")
  }

  private static var listing: Listing<PastChange> {
    Listing(
      fields: [
        .init("kind") { $0.kind.rawValue }, .init("subject") { $0.subject.rawValue },
        .init("synced_at") { TimeText.utc($0.seconds) }, .init("kpi") { $0.kpi.description },
        .init("period") { $0.period.description }, .init("phase") { $0.phase.rawValue }, .init("row") { $0.row },
        .init("input") { $0.input }, .init("from", value: \.from), .init("to", value: \.to),
      ] + figures + [.init("status_flipped", flag: \.effect.isFlip)] + Listing<PastChange>.Field.change(\.change),
      columns: [])
  }

  /// Before and after of each figure.
  private static var figures: [Listing<PastChange>.Field] {
    [("before", \PastChange.Effect.before), ("after", \PastChange.Effect.after)].flatMap { name, side in
      let side = { (change: PastChange) in change.effect[keyPath: side] }
      return [
        Listing<PastChange>.Field("actual_\(name)", number: { side($0)?.actual }),
        .init("target_\(name)", value: { side($0)?.target?.written }),
        .init("achievement_\(name)", number: { side($0)?.achievement }),
        .init("score_\(name)", number: { side($0)?.score }),
        .init("status_\(name)") { side($0)?.status?.rawValue },
      ]
    }
  }

  private static func table(_ changes: [PastChange]) -> Listing<PastChange> {
    Listing(
      fields: [],
      columns: [
        .init("when") { TimeText.date($0.seconds) },
        .init("who", wraps: true) { ReportText.who($0.change) },
        .init("what", wraps: true, what),
        .init("change", wraps: true) { ValueText.change(from: $0.from, to: $0.to) },
        .init("achieved", wraps: true, achieved),
        .init("why", wraps: true) { $0.change.why },
      ] + ReportText.unsent(changes, \.change))
  }

  private static func what(_ change: PastChange) -> String {
    let running = change.phase == .running ? " (running)" : ""
    let name = change.row ?? "target \(change.period)"
    let input = change.input.map { $0 == "value" ? "" : " " + $0 } ?? ""
    return "\(change.kpi) \(name)\(input)\(running)"
  }

  /// `97.3 % → 94.1 %, close → off target`.
  private static func achieved(_ change: PastChange) -> String {
    let (before, after) = (change.effect.before, change.effect.after)
    guard before != nil || after != nil else { return "not calculated" }
    let figure = FigureText()
    let percents = "\(figure.percent(before?.achievement)) \u{2192} \(figure.percent(after?.achievement))"
    guard change.effect.isFlip else { return percents }
    return percents + ", \(before?.status?.words ?? "no status") \u{2192} \(after?.status?.words ?? "no status")"
  }

  private static func summary(_ changes: [PastChange]) -> String {
    let actuals = changes.count { $0.subject == .actual }
    let flips = changes.count { $0.effect.isFlip }
    return ReportText.count(actuals, "restated figure", "restated figures") + " and "
      + ReportText.count(changes.count - actuals, "restated target", "restated targets")
      + (flips == 0 ? "" : ", \(flips) with another status since") + ":"
  }

  private static func filledSummary(_ changes: [PastChange]) -> String {
    let actuals = changes.count { $0.subject == .actual }
    return ReportText.count(actuals, "figure", "figures") + " and "
      + ReportText.count(changes.count - actuals, "target", "targets") + " that were missing and came late:"
  }
}
