import Calculation
import LedgerModel

/// What needs a decision: the KPIs that are red or heading there, with who answers for them and what is decided.
struct AttentionList {
  let scorecard: Scorecard

  private static let most = 9

  func write(to html: inout HTMLWriter) {
    let calls = scorecard.kpis.filter { $0.status == .red }.sorted { one, other in
      let weights = (one.weight, other.weight)
      if weights.0 != weights.1 { return weights.0 > weights.1 }
      let scores = (one.outlook ?? 0, other.outlook ?? 0)
      return scores.0 != scores.1 ? scores.0 < scores.1 : one.id < other.id
    }
    guard !calls.isEmpty else { return }
    html.element("section", ["id": "attention"]) { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "Needs a decision")
        if scorecard.counts.red > Self.most {
          html.element("span", ["class": "note"], "the heaviest \(Self.most) of \(scorecard.counts.red)")
        }
      }
      html.element("ul", ["class": "calls"]) { html in
        for kpi in calls.prefix(Self.most) { write(kpi, &html) }
      }
    }
    html.newLine()
  }

  private func write(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    let figures = FigureText()
    html.element("li", ["class": "red"]) { html in
      StatusMark.write(.red, atRisk: kpi.atRisk, to: &html)
      html.element("b") { html in
        html.element("a", ["href": "#\(KPITable.anchor(kpi))"], kpi.name)
      }
      html.element("p") { html in
        html.string("\(figures.text(kpi.actual, in: kpi.unit, withUnit: true)) against ")
        html.string(figures.text(kpi.target, in: kpi.unit))
        if kpi.achievement != nil { html.string(", \(figures.percent(kpi.achievement)) achieved") }
        if let trend = kpi.trend { html.string(trend == .steady ? ", steady" : ", getting \(trend.rawValue)") }
      }
      if let decision = kpi.decision { html.element("p", ["class": "ask"], "To decide: \(decision)") }
      html.element("p", scorecard.place(of: kpi))
    }
  }
}

extension Scorecard {
  /// The department by name and who answers for a KPI.
  func place(of kpi: KPIResult) -> String {
    let department = departments.first { $0.id == kpi.department }?.name ?? kpi.department
    return department + (kpi.owner.map { " \u{00B7} \($0)" } ?? "")
  }
}
