import Calculation
import LedgerModel

/// The scorecard as one self-contained HTML page: no script, nothing fetched, styles and drawings inside.
///
/// It is readable from 380 to 1,400 pixels, in light and dark, and on A4. Status is shown by shape, colour and word.
/// Everything from the ledger is escaped, and the page's content policy forbids whatever might get past that.
public struct ScorecardPage: Sendable {
  private let scorecard: Scorecard
  private let links: Links
  private let figures = FigureText()

  /// Where the pages beside this one are; without an address there is no link.
  public struct Links: Hashable, Sendable {
    public var company: String?
    /// By department.
    public var departments: [String: String]

    /// The addresses of the company's page and of the departments'.
    public init(company: String? = nil, departments: [String: String] = [:]) {
      self.company = company
      self.departments = departments
    }
  }

  /// The page of one scorecard. Above `limit` KPIs it shows those that need attention first, and says how many more
  /// there are.
  public init(_ scorecard: Scorecard, links: Links = Links(), limit: Int = Scorecard.standardLimit) {
    self.scorecard = scorecard.limited(to: limit)
    self.links = links
  }

  /// The page, UTF-8, with a line feed at its end.
  public func text() -> String {
    HTMLWriter.page(title: "\(name): \(scorecard.title)", style: PageStyle.sheet) { html in
      html.raw(StatusMark.definitions)
      html.newLine()
      header(&html)
      html.element("main") { main(&$0) }
      footer(&html)
    }
  }

  private var name: String {
    if case .department(_, let name) = scorecard.scope { name } else { scorecard.company }
  }

  // MARK: Top

  private func header(_ html: inout HTMLWriter) {
    html.element("header") { html in
      html.element("p", ["class": "company"]) { html in
        if case .department = scorecard.scope {
          link(scorecard.company, to: links.company, &html)
          if let own = scorecard.departments.first(where: { $0.id == scorecard.department }), let parent = own.parent {
            html.string(" \u{203A} ")
            link(own.parentName ?? parent, to: links.departments[parent], &html)
          }
        } else {
          html.string("Scorecard")
        }
      }
      html.element("h1", "\(name), \(scorecard.title)")
      html.element("p", ["class": "facts"]) { html in
        html.string("As of \(scorecard.asOf.title)")
        if scorecard.isRunning {
          html.string(" ")
          html.element("span", ["class": "tag"], "running until \(scorecard.lastDay.title)")
        }
        html.string(" \u{00B7} source ")
        html.element("code", scorecard.source)
      }
    }
    html.newLine()
  }

  private func main(_ html: inout HTMLWriter) {
    summary(&html)
    AttentionList(scorecard: scorecard).write(to: &html)
    SignalList(scorecard: scorecard).write(to: &html)
    GoalTree(scorecard).write(to: &html)
    DepartmentTable(departments: scorecard.departments, scope: scorecard.scope, links: links).write(to: &html)
    sections(&html)
    RatesTable(scorecard.kpis).write(to: &html)
  }

  private func summary(_ html: inout HTMLWriter) {
    let counts = scorecard.counts
    let known = counts.total - counts.grey
    html.element("section", ["class": "summary", "aria-label": "Summary"]) { html in
      html.element("div") { html in
        html.element("b", "\(known) of \(counts.total)")
        html.element("span", ["class": "note"], "KPIs with a score")
      }
      for (status, count) in [
        (Status.green, counts.green), (.amber, counts.amber), (.red, counts.red), (.grey, counts.grey),
      ] {
        html.element("div") { html in
          html.element("b", "\(count)")
          StatusMark.write(status, to: &html)
        }
      }
      html.element("div") { html in
        html.element("b", scorecard.isRunning ? "\(counts.atRisk)" : "\(scorecard.flagged)")
        html.element("span", ["class": "note"], scorecard.isRunning ? "at risk of missing it" : "figures with a note")
      }
    }
    html.newLine()
  }

  // MARK: KPIs

  private func sections(_ html: inout HTMLWriter) {
    if let note = scorecard.omission {
      html.element("p", ["class": "bounded"]) { html in
        html.string("\(note). The others: the departments\u{2019} pages, or ")
        html.element("code", "kpi scorecard --department D")
        html.string("; all of them: ")
        html.element("code", "--all")
      }
    }
    let layout = KPITable.Layout(scorecard)
    for section in ScorecardOutline(scorecard).sections where !section.kpis.isEmpty || section.left > 0 {
      html.element("section", ["id": "goal-\(section.goal?.id ?? "none")"]) { html in
        html.element("div", ["class": "top"]) { html in
          html.element("h2", section.goal?.name ?? ScorecardOutline.looseTitle)
          if let goal = section.goal { heading(goal, &html) }
        }
        if !section.kpis.isEmpty { KPITable(kpis: section.kpis, layout: layout).write(to: &html) }
        if section.left > 0 { html.element("p", ["class": "empty"], "and \(section.left) more") }
      }
      html.newLine()
    }
    if scorecard.kpis.isEmpty {
      html.element("section") { $0.element("p", ["class": "empty"], "No active KPI counts here yet.") }
    }
  }

  private func heading(_ goal: GoalResult, _ html: inout HTMLWriter) {
    StatusMark.write(goal.status, to: &html)
    html.element("span", ["class": "note"]) { html in
      html.string("Score \(figures.score(goal.score))")
      if scorecard.isRunning, goal.outlook != goal.score { html.string(", landing \(figures.score(goal.outlook))") }
      html.string(" \u{00B7} \(goal.coverage) KPIs")
      if goal.rule == .worstOf { html.string(" \u{00B7} as its worst") }
      if let owner = goal.owner { html.string(" \u{00B7} \(owner)") }
    }
  }

  private func footer(_ html: inout HTMLWriter) {
    html.element("footer") { html in
      html.element("p") { html in
        for status in Status.allCases { StatusMark.write(status, to: &html) }
      }
      html.element("p", Self.explanation)
      if scorecard.isRunning { html.element("p", Self.runningExplanation) }
      html.element("p") { html in
        html.string("Anybody with the ledger gets the same page again with ")
        html.element("code", command)
      }
    }
  }

  private var command: String {
    let department = scorecard.department.map { " --department \($0)" } ?? ""
    let what = "--period \(scorecard.period) --as-of \(scorecard.asOf)\(department)"
    return "kpi scorecard --at \(scorecard.source) \(what) --format html"
  }

  private static let explanation = """
    Actual and plan: the dark bar is the actual, the upright stroke the plan, the darker ground misses it. Variance and \
    achievement are judged by what is good for the KPI: plus is better. Trend: the arrow points up where things get \
    better, whichever way the figures go; an upright stroke in the line marks a change of the calculation. A goal\u{2019}s \
    score is the mean of what is below it by weight, over what has data. A missing value is never taken for zero: \
    coverage says how much is there.
    """

  private static let runningExplanation = """
    The period is still running: a status is that of the landing, where the period ends at this rate (the outlined bar).
    """

  private func link(_ text: String, to address: String?, _ html: inout HTMLWriter) {
    if let address { html.element("a", ["href": address], text) } else { html.string(text) }
  }
}
