import Calculation

/// The goals as an indented table: score, status, coverage, weight.
struct GoalTree {
  private let goals: [GoalResult]
  private let isRunning: Bool
  /// The goals that have KPIs of their own, and so a section to lead to.
  private let sections: Set<String>

  init(_ scorecard: Scorecard) {
    goals = scorecard.goals
    isRunning = scorecard.isRunning
    sections = Set(scorecard.kpis.compactMap(\.goal)).union(scorecard.omitted.keys)
  }

  func write(to html: inout HTMLWriter) {
    guard !goals.isEmpty else { return }
    html.element("section", ["id": "goals"]) { html in
      html.element("div", ["class": "top"]) { $0.element("h2", "Goals") }
      html.element("table", ["class": "goals"]) { html in
        html.raw(Self.header)
        html.element("tbody") { html in for goal in goals { row(goal, &html) } }
      }
    }
    html.newLine()
  }

  private static let header = """
    <thead><tr><th scope="col">Goal</th><th scope="col" class="left">Status</th><td class="wide"></td>\
    <th scope="col">Score</th><th scope="col">KPIs with data</th><th scope="col" class="wide weight">Weight</th>\
    <th scope="col" class="who left">Owner</th></tr></thead>
    """

  private func row(_ goal: GoalResult, _ html: inout HTMLWriter) {
    let figures = FigureText()
    html.element("tr", ["class": "d\(Swift.min(goal.depth, 3))"]) { html in
      html.element("th", ["scope": "row"]) { html in
        if sections.contains(goal.id) {
          html.element("a", ["href": "#goal-\(goal.id)"], goal.name)
        } else {
          html.string(goal.name)
        }
        FlagList.write(Notes(goal.flags), to: &html)
      }
      html.element("td", ["class": "state left"]) { StatusMark.write(goal.status, to: &$0) }
      html.element("td", ["class": "wide"]) { meter(goal, &$0) }
      html.element("td") { html in
        html.string(figures.score(goal.score))
        if isRunning, goal.outlook != goal.score {
          html.element("span", ["class": "sub"], "landing \(figures.score(goal.outlook))")
        }
      }
      html.element("td", ["class": goal.coverage.isComplete ? "" : "part"], goal.coverage.description)
      html.element("td", ["class": "wide weight"], goal.weight.description)
      html.element("td", ["class": "who left"], goal.owner ?? "\u{2013}")
    }
  }

  private func meter(_ goal: GoalResult, _ html: inout HTMLWriter) {
    guard let score = goal.score else { return }
    html.element(
      "svg", ["class": "meter \(goal.status.rawValue)", "viewBox": "0 0 150 8", "aria-hidden": "true"]
    ) { html in
      html.void("rect", ["class": "track", "width": "150", "height": "8", "rx": "1"])
      if isRunning, let outlook = goal.outlook { bar("landing", outlook, &html) }
      bar("done", score, &html)
    }
  }

  private func bar(_ kind: String, _ score: Quantity, _ html: inout HTMLWriter) {
    let width = Chart.coordinate(Swift.min(Swift.max(score.doubleValue, 0), 100) * 1.5)
    html.void("rect", ["class": kind, "width": width, "height": "8", "rx": "1"])
  }
}
