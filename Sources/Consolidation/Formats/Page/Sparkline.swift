import Calculation

/// A KPI's last periods as a line, with the plan as a thin dashed one; a period without data is a gap in the line.
struct Sparkline {
  let kpi: KPIResult

  private static let width = 132.0
  private static let height = 34.0
  private static let margin = 4.0

  func write(to html: inout HTMLWriter) {
    let actuals = kpi.series.map { $0.actual?.doubleValue }
    let targets = kpi.series.map { $0.target?.doubleValue }
    let known = (actuals + targets).compactMap { $0 }
    guard actuals.contains(where: { $0 != nil }), let low = known.min(), let high = known.max() else { return }
    let scale = Scale(low: low, high: high, count: kpi.series.count)
    html.element(
      "svg",
      [
        "class": "spark \(kpi.status?.rawValue ?? "none")", "viewBox": "0 0 132 34", "role": "img", "aria-label": label,
      ]
    ) { html in
      for path in Self.paths(targets, scale) { html.void("path", ["class": "plan", "d": path]) }
      for path in Self.paths(actuals, scale) { html.void("path", ["class": "line", "d": path]) }
      if let last = actuals.lastIndex(where: { $0 != nil }), let value = actuals[last] {
        let (x, y) = scale.point(last, value)
        html.void("circle", ["class": "last", "cx": Chart.coordinate(x), "cy": Chart.coordinate(y), "r": "2.8"])
      }
    }
  }

  private var label: String {
    let figures = FigureText()
    let known = kpi.series.filter { $0.actual != nil }
    guard let first = known.first, let last = known.last else { return "" }
    let from = "\(figures.text(first.actual, in: kpi.unit)) in \(first.period)"
    return "From \(from) to \(figures.text(last.actual, in: kpi.unit)) in \(last.period)"
  }

  /// One path for each unbroken run of values; a single value is a short stroke.
  private static func paths(_ values: [Double?], _ scale: Scale) -> [String] {
    var paths: [String] = []
    var path = ""
    var length = 0
    func ended() -> String { length == 1 ? path + "h0.1" : path }
    for (index, value) in values.enumerated() {
      guard let value else {
        if !path.isEmpty { paths.append(ended()) }
        path = ""
        length = 0
        continue
      }
      let (x, y) = scale.point(index, value)
      path += "\(path.isEmpty ? "M" : "L")\(Chart.coordinate(x)) \(Chart.coordinate(y))"
      length += 1
    }
    if !path.isEmpty { paths.append(ended()) }
    return paths
  }

  private struct Scale {
    let low: Double
    let high: Double
    let count: Int

    func point(_ index: Int, _ value: Double) -> (x: Double, y: Double) {
      let inner = (width: Sparkline.width - 2 * Sparkline.margin, height: Sparkline.height - 2 * Sparkline.margin)
      let x = count > 1 ? Sparkline.margin + inner.width * Double(index) / Double(count - 1) : Sparkline.width / 2
      let share = high > low ? (value - low) / (high - low) : 0.5
      return (x, Sparkline.height - Sparkline.margin - inner.height * share)
    }
  }
}
