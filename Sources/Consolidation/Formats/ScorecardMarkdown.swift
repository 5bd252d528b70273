import Calculation
import LedgerModel

/// The scorecard as Markdown with tables, as any git server shows it.
public struct ScorecardMarkdown: Sendable {
  private let scorecard: Scorecard
  private let figures = FigureText()
  private let selection: AttentionSelection

  /// The format of one scorecard. Above `limit` KPIs it shows those that need attention first, and says how to see the
  /// others.
  public init(_ scorecard: Scorecard, limit: Int = AttentionSelection.standardLimit) {
    self.scorecard = scorecard
    selection = AttentionSelection(scorecard.kpis, limit: limit)
  }

  /// The text, with a line feed at its end.
  public func text() -> String {
    var text = head()
    if !scorecard.goals.isEmpty { text += goals() }
    for section in ScorecardOutline(scorecard, selection).sections where !section.kpis.isEmpty || section.left > 0 {
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
    if let note = selection.note {
      facts += ".\n\n\(note). The others: `kpi scorecard --department D`; all of them: `--format csv`"
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
    let landing = scorecard.isRunning ? (" Landing |", "--:|") : ("", "")
    var text =
      "| KPI | Department | Status | Actual | Target | Achieved | Gap |\(landing.0) Year to date | Its target | Owner |\n"
    text += "|:--|:--|:--|--:|--:|--:|--:|\(landing.1)--:|--:|:--|\n"
    for kpi in kpis {
      let unit = kpi.unit.symbol ?? kpi.unit.id
      let name = Self.escaped(kpi.name) + (unit.map { " (\(Self.escaped($0)))" } ?? "")
      let mark = kpi.flags.isEmpty ? "" : " \\*"
      let status = kpi.status.map { Self.status($0) + (kpi.atRisk ? ", at risk" : "") } ?? kpi.kind.rawValue
      var cells = [
        name + mark, Self.escaped(kpi.department), status, figures.text(kpi.actual, in: kpi.unit),
        figures.text(kpi.target, in: kpi.unit), figures.percent(kpi.achievement), figures.text(kpi.gap, in: kpi.unit),
      ]
      if scorecard.isRunning { cells.append(figures.text(kpi.landing, in: kpi.unit)) }
      cells += [
        figures.text(kpi.yearToDate.actual, in: kpi.unit), figures.text(kpi.yearToDate.target, in: kpi.unit),
        Self.escaped(kpi.owner ?? "\u{2013}"),
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  private func flags() -> String {
    var lines = ""
    for goal in scorecard.goals {
      for flag in goal.flags {
        lines += "- \(Self.code(goal.id)) \(flag.kind.rawValue): \(Self.escaped(flag.reason))\n"
      }
    }
    for kpi in scorecard.kpis where selection.contains(kpi.id) {
      for flag in kpi.flags {
        lines += "- \(Self.code(kpi.id.description)) \(flag.kind.rawValue): \(Self.escaped(flag.reason))\n"
      }
    }
    return lines.isEmpty ? "" : "\n## To know before relying on a figure\n\n" + lines
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
