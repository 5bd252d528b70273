import Calculation

/// Plan against actual: a bar of achievement on a track from 0 to 125 %, the plan as an upright stroke at 100.
///
/// In a running period a paler bar shows where it will land and a dot how much of the time has gone.
struct PlanBar {
  let kpi: KPIResult
  let isRunning: Bool

  private static let full = 125.0
  private static let width = 125.0

  func write(to html: inout HTMLWriter) {
    guard let achievement = kpi.achievement else { return }
    html.element(
      "svg",
      [
        "class": "bar \(kpi.status?.rawValue ?? "none")", "viewBox": "0 0 125 16", "role": "img", "aria-label": label,
      ]
    ) { html in
      html.void("rect", ["class": "track", "y": "4", "width": "125", "height": "8", "rx": "1"])
      if isRunning, let outlook = kpi.outlook, outlook != kpi.score {
        rectangle("landing", to: outlook.doubleValue, y: "4", height: "8", &html)
      }
      rectangle("done", to: achievement.doubleValue, y: "5.5", height: "5", &html)
      if isRunning, let elapsed = kpi.timeElapsed {
        let x = Chart.coordinate(Self.clamped(elapsed.doubleValue))
        html.void("circle", ["class": "time", "cx": x, "cy": "14.2", "r": "1.6"])
      }
      html.void("path", ["class": "aim", "d": "M100 1v14"])
    }
  }

  private var label: String {
    let figures = FigureText()
    return "\(figures.percent(kpi.achievement)) of plan"
  }

  private func rectangle(_ kind: String, to percent: Double, y: String, height: String, _ html: inout HTMLWriter) {
    let width = Chart.coordinate(Self.clamped(percent))
    html.void("rect", ["class": kind, "y": y, "width": width, "height": height, "rx": "1"])
  }

  private static func clamped(_ percent: Double) -> Double { Swift.min(Swift.max(percent, 0), full) / full * width }
}
