import Calculation

/// Where a chart's values and places are drawn, and the round values that its axis names.
struct ChartScale {
  static let width = 960
  static let height = 340
  static let left = 4
  static let right = 876
  private static let top = 14
  private static let bottom = 300

  /// Round values from below the lowest to above the highest.
  let ticks: [Quantity]
  private let low: Double
  private let high: Double
  private let rows: Int

  /// nil where there is nothing to draw.
  init?(rows: Int, values: [Double]) {
    guard rows > 0, var least = values.min(), var most = values.max(), least.isFinite, most.isFinite else { return nil }
    // Zero is shown where that does not press the lines together.
    if least > 0, least < most * 0.5 { least = 0 }
    if most < 0, most > least * 0.5 { most = 0 }
    if most == least { (least, most) = (least - Swift.max(1, abs(least) * 0.1), most + Swift.max(1, abs(most) * 0.1)) }
    let step = Self.step(for: most - least)
    guard step.value > 0, step.value.isFinite else { return nil }
    let (first, last) = ((least / step.value).rounded(.down), (most / step.value).rounded(.up))
    guard abs(first) < 1e9, abs(last) < 1e9 else { return nil }
    ticks = (Int(first)...Int(last)).map { Quantity($0) * step.exact }
    (low, high) = (first * step.value, last * step.value)
    self.rows = rows
  }

  func x(_ place: Int) -> Double {
    let inner = Double(Self.right - Self.left - 48)
    return rows > 1
      ? Double(Self.left + 24) + inner * Double(place) / Double(rows - 1) : Double(Self.left + Self.right) / 2
  }

  func y(_ value: Double) -> Double {
    Double(Self.bottom) - Double(Self.bottom - Self.top) * (value - low) / (high - low)
  }

  /// 1, 2 or 5 times a power of ten, so that a span has about five of them.
  private static func step(for span: Double) -> (value: Double, exact: Quantity) {
    var (power, exact) = (1.0, Quantity(1))
    while power * 10 <= span / 5, power < 1e300 { (power, exact) = (power * 10, exact * 10) }
    while power > span / 5, power > 1e-300, let smaller = exact.divided(by: 10) {
      (power, exact) = (power / 10, smaller)
    }
    let factor = [1, 2, 5, 10].first { Double($0) * power >= span / 5 } ?? 10
    return (power * Double(factor), exact * Quantity(factor))
  }
}
