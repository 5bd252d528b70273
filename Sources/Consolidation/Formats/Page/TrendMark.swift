import Calculation

/// Which way a KPI is going, by arrow, colour and word: up is better, whichever way its figures go.
enum TrendMark {
  static func write(_ trend: Trend, to html: inout HTMLWriter) {
    html.element("span", ["class": "trend \(style(trend))"]) { html in
      html.raw("<svg class=\"shape\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path d=\"\(arrow(trend))\"/></svg>")
      html.string(trend.rawValue)
    }
  }

  private static func style(_ trend: Trend) -> String {
    switch trend {
    case .better: "good"
    case .steady: "even"
    case .worse: "bad"
    }
  }

  private static func arrow(_ trend: Trend) -> String {
    switch trend {
    case .better: "M2 10 10 2M4.5 2H10v5.5"
    case .steady: "M1 6h10M7 2l4 4-4 4"
    case .worse: "M2 2l8 8M10 4.5V10H4.5"
    }
  }
}
