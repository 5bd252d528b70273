import Calculation
import LedgerModel

/// The scorecard as Markdown with tables, as any git server shows it.
public struct ScorecardMarkdown: Sendable {
  private let scorecard: Scorecard
  private let figures = FigureText()

  /// The format of one scorecard. Above `limit` KPIs it shows those that need attention first, and says how to see the
  /// others.
  public init(_ scorecard: Scorecard, limit: Int = Scorecard.standardLimit) {
    self.scorecard = scorecard.limited(to: limit)
  }

  /// The text, with a line feed at its end.
  public func text() -> String {
    var text = head()
    if !scorecard.goals.isEmpty { text += goals() }
    for section in ScorecardOutline(scorecard).sections where !section.kpis.isEmpty || section.left > 0 {
      text += "\n## \(section.goal.map { Self.escaped($0.name) } ?? ScorecardOutline.looseTitle)\n\n"
      if !section.kpis.isEmpty { text += table(section.kpis) }
      if section.left > 0 { text += "\(section.kpis.isEmpty ? "" : "\n")And \(section.left) more.\n" }
    }
    return text + flags()
  }

  private func head() -> String {
    var title = Self.escaped(scorecard.company)
    if case .department(_, let name) = scorecard.scope { title = "\(Self.escaped(name)), \(title)" }
    let counts = scorecard.counts
    var facts = "As of \(scorecard.asOf)\(scorecard.isRunning ? ", while the period is running" : "")"
    facts += ", from \(Self.code(scorecard.source)).\n\n"
    for (status, count) in [
      (Status.green, counts.green), (.amber, counts.amber), (.red, counts.red), (.grey, counts.grey),
    ] {
      facts += "\(status == .green ? "" : ", ")\(status.symbol) \(count) \(status.words)"
    }
    if counts.atRisk > 0 { facts += "; \(counts.atRisk) at risk" }
    if let note = scorecard.omission {
      facts += ".\n\n\(note). The others: `kpi scorecard --department D`; all of them: `--all`"
    }
    return "# \(title): \(scorecard.title)\n\n\(facts).\n"
  }

  private func goals() -> String {
    var text = "\n## Goals\n\n| Goal | Score | Status | Coverage | Weight | Owner |\n|:--|--:|:--|--:|--:|:--|\n"
    for goal in scorecard.goals {
      let indent = String(repeating: "&emsp;", count: Swift.min(goal.depth, 6))
      text += "| \(indent)\(Self.escaped(goal.name)) | \(figures.score(goal.score)) | \(Self.status(goal.status)) "
      text += "| \(goal.coverage) | \(goal.weight) | \(Self.escaped(goal.owner ?? "\u{2013}")) |\n"
    }
    return text
  }

  private func table(_ kpis: [KPIResult]) -> String {
    let columns = columns
    var text = "| " + columns.map(\.title).joined(separator: " | ") + " |\n|"
    text += columns.map { $0.isLeft ? ":--|" : "--:|" }.joined() + "\n"
    for kpi in kpis { text += "| " + columns.map { $0.text(kpi) }.joined(separator: " | ") + " |\n" }
    return text
  }

  private struct Column {
    let title: String
    var isLeft = false
    let text: (KPIResult) -> String
  }

  /// What only running periods, or only some ledgers have is a column where there is something to show.
  private var columns: [Column] {
    let figures = figures
    let shown = scorecard.kpis
    return [
      Column(title: "KPI", isLeft: true, text: Self.name),
      Column(title: "Department", isLeft: true) { Self.escaped($0.department) },
      Column(title: "Status", isLeft: true) { kpi in
        kpi.status.map { Self.status($0) + (kpi.atRisk ? ", at risk" : "") } ?? kpi.kind.rawValue
      },
      Column(title: "Actual") { figures.text($0.actual, in: $0.unit) },
      Column(title: "Target") { figures.text($0.target, in: $0.unit) },
      Column(title: "Achieved") { figures.percent($0.achievement) },
      Column(title: "Gap") { figures.text($0.gap, in: $0.unit) },
      scorecard.isRunning ? Column(title: "Landing") { figures.text($0.landing, in: $0.unit) } : nil,
      Column(title: "Year to date") { figures.text($0.yearToDate.actual, in: $0.unit) },
      Column(title: "Its target") { figures.text($0.yearToDate.target, in: $0.unit) },
      shown.contains { $0.year.landing != nil }
        ? Column(title: "Year's landing") { figures.text($0.year.landing, in: $0.unit) } : nil,
      shown.contains { $0.trend != nil }
        ? Column(title: "Trend", isLeft: true) { $0.trend?.rawValue ?? FigureText.none } : nil,
      Column(title: "Owner", isLeft: true) { Self.escaped($0.owner ?? FigureText.none) },
    ].compactMap { $0 }
  }

  private static func name(_ kpi: KPIResult) -> String {
    let unit = (kpi.unit.symbol ?? kpi.unit.id).map { " (\(escaped($0)))" } ?? ""
    return escaped(kpi.name) + unit + (Notes(of: kpi).isEmpty ? "" : " \\*")
  }

  private func flags() -> String {
    let notes =
      scorecard.goals.map { ($0.id, Notes($0.flags)) }
      + scorecard.kpis.map { ($0.id.description, Notes(of: $0)) }
    let lines = notes.flatMap { id, notes in
      notes.notes.map { "- \(Self.code(id)) \($0.kind): \(Self.escaped($0.text))\n" }
    }
    return lines.isEmpty ? "" : "\n## To know before relying on a figure\n\n" + lines.joined()
  }

  private static func status(_ status: Status) -> String { "\(status.symbol) \(status.words)" }

  /// Text that Markdown shows as it is, in a table too.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TextWidth.plain(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "!", "~", ">":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func code(_ text: String) -> String {
    "`" + TextWidth.plain(text).replacing("`", with: "'").replacing("|", with: "/") + "`"
  }
}
