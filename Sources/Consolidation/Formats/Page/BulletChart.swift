import Calculation

/// Actual against plan after Stephen Few's bullet graph: a dark bar for the actual on a scale of the KPI's own unit that
/// holds zero, an upright stroke for the plan, a darker ground where the figure would miss it.
///
/// In a running period an outlined bar shows where it will land. A band's ground is dark on both sides of it.
struct BulletChart {
  let kpi: KPIResult
  let isRunning: Bool

  private static let size = (width: 140.0, height: 18.0)

  func write(to html: inout HTMLWriter) {
    guard let actual = kpi.actual, let target = kpi.target else { return }
    let landing = isRunning && kpi.landing != actual ? kpi.landing : nil
    let bounds = Self.bounds(of: target)
    let scale = Scale(of: [actual.doubleValue, bounds.low, bounds.high, landing?.doubleValue ?? 0])
    guard let scale else { return }
    html.element("svg", ["class": "bullet", "viewBox": "0 0 140 18", "role": "img", "aria-label": label]) { html in
      Self.rectangle("track", (0, Self.size.width), y: "2", height: "14", &html)
      for miss in misses(bounds, scale) { Self.rectangle("miss", miss, y: "2", height: "14", &html) }
      if let landing { Self.rectangle("landing", scale.span(to: landing.doubleValue), y: "5.5", height: "7", &html) }
      Self.rectangle("done", scale.span(to: actual.doubleValue), y: "6.5", height: "5", &html)
      if scale.hasNegatives { html.void("path", ["class": "zero", "d": "M\(Chart.coordinate(scale.x(0))) 1v16"]) }
      for aim in Set([bounds.low, bounds.high]).sorted() {
        html.void("path", ["class": "aim", "d": "M\(Chart.coordinate(scale.x(aim))) 0v18"])
      }
    }
  }

  private var label: String {
    let figures = FigureText()
    var text = "\(kpi.name): \(figures.text(kpi.actual, in: kpi.unit, withUnit: true)) against a plan of "
    text += figures.text(kpi.target, in: kpi.unit)
    if isRunning, let landing = kpi.landing { text += ", landing at \(figures.text(landing, in: kpi.unit))" }
    return text
  }

  private static func bounds(of target: Target) -> (low: Double, high: Double) {
    switch target {
    case .value(let value): (value.doubleValue, value.doubleValue)
    case .band(let low, let high, _): (low.doubleValue, high.doubleValue)
    }
  }

  /// The parts of the scale that miss the plan, from left to right.
  private func misses(_ bounds: (low: Double, high: Double), _ scale: Scale) -> [(Double, Double)] {
    let (low, high) = (scale.x(bounds.low), scale.x(bounds.high))
    let parts: [(Double, Double)] =
      switch kpi.direction {
      case .higher: [(0, low)]
      case .lower: [(high, Self.size.width)]
      case .band: [(0, low), (high, Self.size.width)]
      case nil: []
      }
    return parts.filter { $0.1 > $0.0 }
  }

  private static func rectangle(
    _ kind: String, _ span: (Double, Double), y: String, height: String, _ html: inout HTMLWriter
  ) {
    html.void(
      "rect",
      [
        "class": kind, "x": Chart.coordinate(span.0), "y": y, "width": Chart.coordinate(span.1 - span.0),
        "height": height,
      ])
  }

  /// From the lowest value or zero to the highest, with some room behind.
  private struct Scale {
    private let low: Double
    private let high: Double

    /// nil where there is no span to show.
    init?(of values: [Double]) {
      guard let least = values.min(), let most = values.max() else { return nil }
      let span = Swift.max(most, 0) - Swift.min(least, 0)
      guard span > 0, span.isFinite else { return nil }
      low = least < 0 ? least - span * 0.08 : 0
      high = most > 0 ? most + span * 0.08 : 0
    }

    var hasNegatives: Bool { low < 0 }

    func x(_ value: Double) -> Double { (value - low) / (high - low) * BulletChart.size.width }

    /// From zero to a value, whichever is to the left; of zero itself a stroke.
    func span(to value: Double) -> (Double, Double) {
      let (one, other) = (x(0), x(value))
      return (Swift.min(one, other), Swift.max(one, other, Swift.min(one, other) + 1))
    }
  }
}
