import Calculation
import LedgerFiles
import LedgerModel

/// An import in words.
enum ImportText {
  /// A finding a line, errors and warnings, as `file:line:column: message`; of more than ten of one kind, ten.
  static func print(_ findings: [Finding]) {
    var counts: [String: Int] = [:]
    for finding in findings {
      counts[kind(finding), default: 0] += 1
      if counts[kind(finding), default: 0] <= 10 { Console.note(line(finding)) }
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where count > 10 {
      Console.note("\(kind): \(count - 10) more like these")
    }
  }

  private static func kind(_ finding: Finding) -> String { "\(finding.file): \(finding.rule)" }

  private static func line(_ finding: Finding) -> String {
    let place = "\(finding.file):\(finding.position.line):\(finding.position.column)"
    return place + (finding.severity == .warning ? ": warning: " : ": ") + finding.message
  }

  /// A row and what is done with it.
  static func line(_ step: ImportStep) -> String {
    let subject = [step.id?.description, step.period?.description].compactMap { $0 } + step.dimensions
    return "line \(step.line): " + (subject.isEmpty ? "" : subject.joined(separator: " ") + ": ") + what(step)
  }

  /// What is done with a row, or why nothing is.
  static func what(_ step: ImportStep) -> String {
    switch step.idleness {
    case .known: "nothing new"
    case .blank: "blank"
    case .skipped: "passed over by the map"
    case nil: step.effects.map(text).joined(separator: "; ")
    }
  }

  /// Whether something that was there changes.
  static func isChange(_ effect: ImportStep.Effect) -> Bool {
    switch effect {
    case .restates, .replans, .clears, .unplans: true
    default: false
    }
  }

  private static func text(_ effect: ImportStep.Effect) -> String {
    switch effect {
    case .defines(let status): "defines the KPI (\(status.rawValue))"
    case .adds(let input, let value): "\(input) \(value)"
    case .restates(let input, let from, let to): "\(input) restated from \(from) to \(to)"
    case .keeps(let input, let value): "\(input) stays \(value), as the cell is blank"
    case .clears(let input, let value): "\(input) \(value) taken away, as the cell is blank"
    case .plans(let value): "target \(value)"
    case .replans(let from, let to): "target changed from \(text(from)) to \(to)"
    case .unplans(let target): "target \(text(target)) taken away, as the cell is blank"
    case .remarks(let text): text
    case .repeats(let line): "the same as line \(line)"
    }
  }

  private static func text(_ target: Target) -> String {
    switch target {
    case .value(let value): value.description
    case .band(let low, let high, _): "\(low) to \(high)"
    }
  }

  /// How much is done, in a sentence or two.
  static func summary(_ summary: ImportSummary, isRehearsal: Bool) -> String {
    let parts = [
      count(summary.definitions, "new definition"), count(summary.values, "new value"),
      count(summary.restatedValues, "restated value"), count(summary.targets, "new target"),
      count(summary.changedTargets, "changed target"), count(summary.cleared, "figure", "taken away"),
    ].compactMap { $0 }
    let rows = "\(summary.rows) \(summary.rows == 1 ? "row" : "rows")"
    let kpis = "\(summary.kpis) \(summary.kpis == 1 ? "KPI" : "KPIs")"
    guard !parts.isEmpty else { return "\(rows) of \(kpis) read: the ledger has it all." }
    return "\(rows) of \(kpis) read: \(parts.joined(separator: ", "))." + notes(summary)
      + (isRehearsal ? " Nothing was changed; this is what 'kpi import' would do." : "")
  }

  private static func notes(_ summary: ImportSummary) -> String {
    let (kept, drafts) = (summary.keptValues, summary.drafts)
    var notes = restated(summary.restatedFinals)
    if kept > 0 { notes += " \(kept) \(kept == 1 ? "value stays" : "values stay"), as the table is blank there." }
    if drafts > 0 {
      notes +=
        " \(drafts) of the definitions \(drafts == 1 ? "is a draft" : "are drafts"): 'kpi define' completes them."
    }
    return notes
  }

  /// Whose final values are replaced: three KPIs by name at most.
  private static func restated(_ finals: [KPIID: Int]) -> String {
    let count = finals.values.reduce(0, +)
    guard count > 0 else { return "" }
    let names = finals.keys.sorted().map(\.description)
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    let kpis = "\(names.count) \(names.count == 1 ? "KPI" : "KPIs")"
    return " \(count) final \(count == 1 ? "value" : "values") of \(kpis) \(count == 1 ? "is" : "are") restated: "
      + names.prefix(3).joined(separator: ", ") + more + "."
  }

  private static func count(_ count: Int, _ what: String, _ done: String = "") -> String? {
    count == 0 ? nil : "\(count) \(what)\(count == 1 ? "" : "s")\(done.isEmpty ? "" : " " + done)"
  }
}
