import Calculation

/// A KPI's last periods as a line, with the plan as a thin dashed one.
///
/// A period without data is a gap in the line. Where the calculation changed, the line ends and another begins, with an
/// upright stroke between them.
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
      if let zero = scale.zero { html.void("path", ["class": "zero", "d": "M0 \(Chart.coordinate(zero))H132"]) }
      for path in paths(targets, scale) { html.void("path", ["class": "plan", "d": path]) }
      for path in paths(actuals, scale) { html.void("path", ["class": "line", "d": path]) }
      for index in kpi.series.indices where kpi.series[index].startsSeries { mark(index, scale, &html) }
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
    var text = "\(kpi.name): from \(figures.text(first.actual, in: kpi.unit)) in \(first.period)"
    text += " to \(figures.text(last.actual, in: kpi.unit)) in \(last.period)"
    for point in kpi.series where point.startsSeries { text += ", calculated differently before \(point.period)" }
    return text
  }

  /// The stroke half-way to the period before.
  private func mark(_ index: Int, _ scale: Scale, _ html: inout HTMLWriter) {
    let x = index == 0 ? 0.5 : (scale.x(index - 1) + scale.x(index)) / 2
    html.element("path", ["class": "break", "d": "M\(Chart.coordinate(x)) 1v32"]) { html in
      html.element("title", "Calculated differently before \(kpi.series[index].period)")
    }
  }

  /// One path for each unbroken run of values; a single value is a short stroke.
  private func paths(_ values: [Double?], _ scale: Scale) -> [String] {
    var runs: [[Int]] = [[]]
    for index in values.indices {
      if values[index] == nil || kpi.series[index].startsSeries { runs.append([]) }
      if values[index] != nil { runs[runs.count - 1].append(index) }
    }
    return runs.filter { !$0.isEmpty }.map { run in
      let points = run.compactMap { index in values[index].map { scale.point(index, $0) } }
      let path = points.enumerated().map { offset, point in
        "\(offset == 0 ? "M" : "L")\(Chart.coordinate(point.x)) \(Chart.coordinate(point.y))"
      }
      return path.joined() + (run.count == 1 ? "h0.1" : "")
    }
  }

  private struct Scale {
    let low: Double
    let high: Double
    let count: Int

    func x(_ index: Int) -> Double {
      let inner = Sparkline.width - 2 * Sparkline.margin
      return count > 1 ? Sparkline.margin + inner * Double(index) / Double(count - 1) : Sparkline.width / 2
    }

    func point(_ index: Int, _ value: Double) -> (x: Double, y: Double) {
      let share = high > low ? (value - low) / (high - low) : 0.5
      return (x(index), Sparkline.height - Sparkline.margin - (Sparkline.height - 2 * Sparkline.margin) * share)
    }

    /// The height of zero, where the figures lie on both sides of it.
    var zero: Double? { low < 0 && high > 0 ? point(0, 0).y : nil }
  }
}
