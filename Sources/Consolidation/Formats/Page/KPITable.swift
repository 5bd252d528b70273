import Calculation
import LedgerModel

/// The KPIs of one goal: a table on wide screens and on paper, a card for each KPI on narrow ones.
struct KPITable {
  let kpis: [KPIResult]
  let scorecard: Scorecard
  private let figures = FigureText()
  private let departments: [String: String]
  private let hasDepartments: Bool

  init(kpis: [KPIResult], scorecard: Scorecard) {
    self.kpis = kpis
    self.scorecard = scorecard
    departments = Dictionary(scorecard.departments.map { ($0.id, $0.name) }) { first, _ in first }
    hasDepartments = departments.count > 1
  }

  static func anchor(_ kpi: KPIResult) -> String { "kpi-\(kpi.id.department)-\(kpi.id.kpi)" }

  func write(to html: inout HTMLWriter) {
    html.element("table", ["class": "kpis"]) { html in
      html.element("thead") { html in
        html.element("tr") { html in
          for column in columns { html.element("th", ["scope": "col", "class": column.style], column.title) }
        }
      }
      html.element("tbody") { html in
        for kpi in kpis {
          html.element("tr", ["id": Self.anchor(kpi), "class": kpi.counts ? "" : "shown"]) { row(kpi, &$0) }
          html.newLine()
        }
      }
    }
  }

  /// A landing is worth a column only while the period is running.
  private var columns: [(title: String, style: String)] {
    var columns = [
      ("KPI", ""), ("Status", "left w9"), ("Actual", "w9"), ("Target", "w9"), ("Plan against actual", "w12"),
      ("Gap", "w9"),
    ]
    if scorecard.isRunning { columns.append(("Landing", "w9")) }
    return columns + [("Year to date", "w12"), (trendTitle, "w12")]
  }

  private var trendTitle: String {
    kpis.contains { $0.series.count > 1 } ? "Trend" : ""
  }

  private func row(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    html.element("td") { name(kpi, &$0) }
    html.element("td", ["class": "state left", "data-label": "Status"]) { html in
      if let status = kpi.status {
        StatusMark.write(status, atRisk: kpi.atRisk, to: &html)
      } else {
        html.element("span", ["class": "sub"], kpi.kind.rawValue)
      }
    }
    cell("Actual", figures.text(kpi.actual, in: kpi.unit), below: nil, style: "big", &html)
    cell("Target", figures.text(kpi.target, in: kpi.unit), below: nil, &html)
    html.element("td", ["data-label": "Plan against actual"]) { html in
      html.string(figures.percent(kpi.achievement))
      PlanBar(kpi: kpi, isRunning: scorecard.isRunning).write(to: &html)
    }
    cell("Gap", figures.signed(kpi.gap, in: kpi.unit), below: nil, &html)
    if scorecard.isRunning { cell("Landing", figures.text(kpi.landing, in: kpi.unit), below: pace(kpi), &html) }
    cell("Year to date", figures.text(kpi.yearToDate.actual, in: kpi.unit), below: yearToDate(kpi), &html)
    html.element("td", ["data-label": "Trend"]) { Sparkline(kpi: kpi).write(to: &$0) }
  }

  private func name(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    html.element("b", ["title": kpi.id.description], kpi.name)
    html.element("span", ["class": "meta"], meta(kpi))
    FlagList.write(kpi.flags, to: &html)
  }

  private func meta(_ kpi: KPIResult) -> String {
    var parts: [String] = []
    if let unit = kpi.unit.symbol ?? kpi.unit.id { parts.append("\(arrow(kpi))\(unit)") }
    if hasDepartments { parts.append(departments[kpi.department] ?? kpi.department) }
    if let owner = kpi.owner { parts.append(owner) }
    if let coverage = kpi.coverage { parts.append("\(coverage) sources") }
    return parts.joined(separator: " \u{00B7} ")
  }

  private func arrow(_ kpi: KPIResult) -> String {
    switch kpi.direction {
    case .higher: "\u{2191}\u{2009}"
    case .lower: "\u{2193}\u{2009}"
    case .band: "\u{2195}\u{2009}"
    case nil: ""
    }
  }

  private func cell(
    _ label: String, _ text: String, below: String?, style: String = "", _ html: inout HTMLWriter
  ) {
    html.element("td", ["data-label": label]) { html in
      if style.isEmpty { html.string(text) } else { html.element("span", ["class": style], text) }
      if let below { html.element("span", ["class": "sub"], below) }
    }
  }

  private func pace(_ kpi: KPIResult) -> String? {
    guard scorecard.isRunning, let pace = kpi.pace else { return nil }
    return pace.rawValue.replacing("-", with: " ")
  }

  private func yearToDate(_ kpi: KPIResult) -> String? {
    guard let target = kpi.yearToDate.target else { return nil }
    guard let achievement = kpi.yearToDate.achievement else { return "of \(figures.text(target, in: kpi.unit))" }
    return "\(figures.percent(achievement)) of \(figures.text(target, in: kpi.unit))"
  }
}
