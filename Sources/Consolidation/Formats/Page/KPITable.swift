import Calculation
import LedgerModel

/// The KPIs of one goal: a table on wide screens and on paper, a card for each KPI on narrow ones.
///
/// Each KPI is a row group: its figures, and below them what a reader has to know.
struct KPITable {
  let kpis: [KPIResult]
  let layout: Layout
  private let figures = FigureText()

  /// Which columns there are: the same in all tables of a page.
  struct Layout {
    let isRunning: Bool
    /// Whether any year's landing is known.
    let hasYear: Bool
    /// Names by id; empty where there is only one.
    let departments: [String: String]
    /// Whether some figures need more room than most.
    private let isLong: Bool

    init(_ scorecard: Scorecard) {
      isRunning = scorecard.isRunning
      hasYear = scorecard.kpis.contains { $0.year.landing != nil }
      departments =
        Set(scorecard.kpis.lazy.map(\.department)).count > 1
        ? Dictionary(scorecard.departments.map { ($0.id, $0.name) }) { first, _ in first } : [:]
      let figures = FigureText()
      isLong = scorecard.kpis.contains { kpi in
        figures.text(kpi.actual, in: kpi.unit).count > 8 || figures.text(kpi.target, in: kpi.unit).count > 8
      }
    }

    /// How the columns share the width.
    var style: String {
      "kpis" + (isRunning && hasYear ? " tight" : "") + (isLong ? " long" : "")
    }

    /// A landing is worth a column only while the period is running.
    var columns: [(title: String, style: String)] {
      [
        ("KPI", ""), ("Status", "left w9"), ("Actual", "w8"), ("Plan", "w8"), ("Actual and plan", "w12"),
        ("Variance, achieved", "w10"), isRunning ? ("Landing", "w8") : nil, ("Year to date", "w11"),
        hasYear ? ("Year\u{2019}s landing", "w11") : nil, ("Trend", "w11"),
      ].compactMap { $0 }
    }
  }

  static func anchor(_ kpi: KPIResult) -> String { "kpi-\(kpi.id.department)-\(kpi.id.kpi)" }

  func write(to html: inout HTMLWriter) {
    html.element("table", ["class": layout.style]) { html in
      html.element("thead") { html in
        html.element("tr") { html in
          for column in layout.columns { html.element("th", ["scope": "col", "class": column.style], column.title) }
        }
      }
      for kpi in kpis {
        html.element("tbody", ["id": Self.anchor(kpi), "class": kpi.counts ? "" : "shown"]) { html in
          html.element("tr") { row(kpi, &$0) }
          notes(kpi, &html)
        }
        html.newLine()
      }
    }
  }

  private func row(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    html.element("th", ["scope": "row"]) { html in
      html.element("b", ["title": kpi.id.description], kpi.name)
      html.element("span", ["class": "meta"], meta(kpi))
    }
    html.element("td", ["class": "state left"]) { html in
      if let status = kpi.status {
        StatusMark.write(status, atRisk: kpi.atRisk, to: &html)
      } else {
        html.element("span", ["class": "sub"], kpi.kind.rawValue)
      }
    }
    cell("Actual", figures.text(kpi.actual, in: kpi.unit), style: "figure big", &html)
    cell("Plan", figures.text(kpi.target, in: kpi.unit), style: "figure", &html)
    let hasPlan = kpi.actual != nil && kpi.target != nil
    html.element("td", ["class": hasPlan ? "chart" : "void", "data-label": "Actual and plan"]) { html in
      BulletChart(kpi: kpi, isRunning: layout.isRunning).write(to: &html)
    }
    variance(kpi, &html)
    if layout.isRunning { cell("Landing", figures.text(kpi.landing, in: kpi.unit), below: pace(kpi), &html) }
    cell("Year to date", figures.text(kpi.yearToDate.actual, in: kpi.unit), below: yearToDate(kpi), &html)
    if layout.hasYear {
      cell("Year\u{2019}s landing", figures.text(kpi.year.landing, in: kpi.unit), below: outlook(kpi), &html)
    }
    html.element("td", ["class": "chart", "data-label": "Trend"]) { html in
      Sparkline(kpi: kpi).write(to: &html)
      if let trend = kpi.trend { TrendMark.write(trend, to: &html) }
    }
  }

  private func notes(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    let notes = Notes(of: kpi)
    guard !notes.isEmpty else { return }
    html.element("tr", ["class": "notes"]) { html in
      html.element("td", ["colspan": "\(layout.columns.count)"]) { FlagList.write(notes, to: &$0) }
    }
  }

  private func meta(_ kpi: KPIResult) -> String {
    var parts: [String] = []
    if let unit = kpi.unit.symbol ?? kpi.unit.id { parts.append("\(arrow(kpi))\(unit)") }
    if let department = layout.departments[kpi.department] { parts.append(department) }
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

  // MARK: Cells

  /// A figure; one that is not known takes no room on a card.
  private func cell(
    _ label: String, _ text: String, below: String? = nil, style: String = "figure", _ html: inout HTMLWriter
  ) {
    let isEmpty = below == nil && text == FigureText.none && label != "Actual"
    html.element("td", ["class": isEmpty ? "void" : "", "data-label": label]) { html in
      html.element("span", ["class": style], text)
      if let below { html.element("span", ["class": "sub"], below) }
    }
  }

  /// Coloured by whether it is good; the sign says the same.
  private func variance(_ kpi: KPIResult, _ html: inout HTMLWriter) {
    let style =
      switch kpi.gap {
      case let gap? where !gap.isZero: gap.isNegative ? "figure bad" : "figure good"
      default: "figure"
      }
    cell(
      "Variance, achieved", figures.signed(kpi.gap, in: kpi.unit), below: kpi.achievement.map(figures.percent),
      style: style, &html)
  }

  private func pace(_ kpi: KPIResult) -> String? { kpi.pace?.rawValue.replacing("-", with: " ") }

  private func yearToDate(_ kpi: KPIResult) -> String? {
    guard let target = kpi.yearToDate.target else { return nil }
    let achieved = kpi.yearToDate.achievement.map { " \u{00B7} \(figures.percent($0))" } ?? ""
    return "plan \(figures.text(target, in: kpi.unit))\(achieved)"
  }

  /// Of a higher-is-better KPI as of the others: a positive shortfall misses the target.
  private func outlook(_ kpi: KPIResult) -> String? {
    guard let target = kpi.year.target else { return nil }
    let plan = figures.text(target, in: kpi.unit)
    guard let shortfall = kpi.year.shortfall, kpi.direction != .band else { return "plan \(plan)" }
    if shortfall.isZero { return "meets \(plan)" }
    return "\(shortfall.isNegative ? "beats" : "misses") \(plan) by \(figures.text(shortfall.magnitude, in: kpi.unit))"
  }
}
