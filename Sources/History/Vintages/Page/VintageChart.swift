import Calculation
import Consolidation
import LedgerModel

/// The vintages of a triangle as lines over its periods: the newest strong, older ones the paler the older they are. A
/// period that was restated has an upright stroke from its lowest to its highest value, a ring at each that it had and a
/// diamond at the one that it has.
struct VintageChart {
  let triangle: RestatementTriangle
  let shown: TrianglePart
  let unit: UnitLabel
  let name: String

  /// So many lines at most, the newest ones.
  private static let mostLines = 60

  private var lines: Range<Int> {
    let all = triangle.vintages.indices
    return Swift.max(all.lowerBound, all.upperBound - Self.mostLines)..<all.upperBound
  }

  func write(to html: inout HTMLWriter) {
    guard let scale = ChartScale(rows: shown.rows.count, values: values), let newest = lines.last else { return }
    html.element("section") { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "Each vintage as a line")
        html.element("span", ["class": "note"]) { html in legend(newest, &html) }
      }
      html.element("div", ["class": "scroll recent", "tabindex": "0"]) { html in
        html.element(
          "svg",
          [
            "class": "vintages", "viewBox": "0 0 \(ChartScale.width) \(ChartScale.height)", "role": "img",
            "aria-label": label,
          ]
        ) { html in
          axes(scale, &html)
          for (age, vintage) in lines.dropLast().enumerated() {
            let strength = 1 + 3 * age / Swift.max(1, lines.count - 1)
            line(vintage, "old v\(strength)", scale, &html)
          }
          line(newest, "new", scale, &html)
          for (place, row) in shown.rows.enumerated() { marks(row, at: place, scale, &html) }
        }
      }
    }
    html.newLine()
  }

  private var values: [Double] { shown.rows.flatMap(distinct) }

  private func value(_ row: VintageRow, _ vintage: Int) -> Double? {
    triangle.cell(row, in: vintage)?.value.doubleValue
  }

  private var label: String {
    let restated = shown.rows.count { distinct($0).count > 1 }
    return
      "\(name): \(lines.count) vintages of \(shown.rows.count) periods, \(restated) with more than one value"
  }

  private func legend(_ newest: Int, _ html: inout HTMLWriter) {
    html.raw(
      "<svg class=\"sample\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><path class=\"new\" d=\"M1 5h24\"/></svg>")
    html.string("newest, \(shown.title(of: newest)) ")
    html.raw(
      "<svg class=\"sample\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><path class=\"old v2\" d=\"M1 5h24\"/></svg>")
    html.string("earlier ")
    html.raw(
      "<svg class=\"sample\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><circle class=\"was\" cx=\"7\" cy=\"5\" r=\"3\"/>"
        + "<path class=\"now\" d=\"M19 1l4 4-4 4-4-4z\"/></svg>")
    html.string("was and is, where it was changed")
  }

  // MARK: Drawing

  /// The values stand on the right, where the newest periods are.
  private func axes(_ scale: ChartScale, _ html: inout HTMLWriter) {
    let figures = FigureText()
    for tick in scale.ticks {
      let y = Chart.coordinate(scale.y(tick.doubleValue))
      html.void("path", ["class": tick.isZero ? "base" : "grid", "d": "M\(ChartScale.left) \(y)H\(ChartScale.right)"])
      html.element("text", ["class": "tick side", "x": "\(ChartScale.right + 8)", "y": y], figures.text(tick, in: unit))
    }
    let every = Swift.max(1, (shown.rows.count + 11) / 12)
    for (place, row) in shown.rows.enumerated() where (shown.rows.count - 1 - place) % every == 0 {
      html.element(
        "text", ["class": "tick mid", "x": Chart.coordinate(scale.x(place)), "y": "\(ChartScale.height - 12)"],
        row.title)
    }
  }

  /// One path for each unbroken run of values; a single value is a short stroke.
  private func line(_ vintage: Int, _ kind: String, _ scale: ChartScale, _ html: inout HTMLWriter) {
    var path = ""
    var isOpen = false
    for (place, row) in shown.rows.enumerated() {
      guard let value = value(row, vintage) else {
        isOpen = false
        continue
      }
      let point = "\(Chart.coordinate(scale.x(place))) \(Chart.coordinate(scale.y(value)))"
      let isAlone = !isOpen && (place + 1 == shown.rows.count || self.value(shown.rows[place + 1], vintage) == nil)
      path += (isOpen ? "L" : "M") + point + (isAlone ? "h0.1" : "")
      isOpen = true
    }
    guard !path.isEmpty else { return }
    html.element("path", ["class": kind, "d": path]) { $0.element("title", shown.title(of: vintage)) }
  }

  /// The values that a row ever had, the newest last.
  private func distinct(_ row: VintageRow) -> [Double] {
    var found: [Double] = []
    for case let value? in triangle.revisions(of: row).map({ $0.to?.value.doubleValue }) where found.last != value {
      found.append(value)
    }
    return found
  }

  private func marks(_ row: VintageRow, at place: Int, _ scale: ChartScale, _ html: inout HTMLWriter) {
    let values = distinct(row)
    guard values.count > 1, let newest = values.last, let low = values.min(), let high = values.max() else { return }
    let x = Chart.coordinate(scale.x(place))
    html.element("g", ["class": "change"]) { html in
      html.element("title", told(row))
      html.void(
        "path",
        ["class": "span", "d": "M\(x) \(Chart.coordinate(scale.y(low)))V\(Chart.coordinate(scale.y(high)))"])
      for value in Set(values.dropLast()).sorted() where value != newest {
        html.void("circle", ["class": "was", "cx": x, "cy": Chart.coordinate(scale.y(value)), "r": "3.5"])
      }
      let y = Chart.coordinate(scale.y(newest) - 5)
      html.void("path", ["class": "now", "d": "M\(x) \(y)l5 5-5 5-5-5z"])
    }
  }

  private func told(_ row: VintageRow) -> String {
    let revisions = triangle.revisions(of: row).filter(\.isOfValue)
    return "\(row.title): " + revisions.map { shown.told($0, unit) }.joined(separator: "; ")
  }
}
