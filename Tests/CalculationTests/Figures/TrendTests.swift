import Calculation
import Testing

@Suite struct TrendTests {
  private func trend(
    _ figures: [Quantity?], _ direction: Direction = .higher, times: [Quantity]? = nil, deadBand: Quantity = 2
  ) -> Trend? {
    Trend(
      of: figures.enumerated().map { index, figure in figure.map { .init(figure: $0, time: times?[index] ?? 1) } },
      direction: direction, deadBand: deadBand)
  }

  /// (103 + 104 + 105) / 3 = 104 against (99 + 100 + 101) / 3 = 100: +4 %.
  @Test func threePeriodsAgainstTheThreeBefore() {
    let figures: [Quantity?] = [50, 99, 100, 101, 103, 104, 105]
    #expect(trend(figures) == .better && trend(figures, .lower) == .worse)
    #expect(trend(figures, deadBand: 4) == .steady)  // up to the limit
    #expect(trend(figures, deadBand: q("3.9")) == .better)
    #expect(trend(figures.reversed()) == .worse)
  }

  @Test func withinTheDeadBandItIsSteady() {
    #expect(trend([100, 100, 100, 102, 102, 102]) == .steady)  // +2 %
    #expect(trend([100, 100, 100, 102, 102, q("102.03")]) == .better)  // +2.01 %
    #expect(trend([5, 5, 5, 5, 5, 5], deadBand: 0) == .steady)
  }

  /// 31 + 28 + 31 = 90 days after 31 + 30 + 31 = 92 at 10 a day: 900 after 920 is −2.17 % of the total, and nothing by day.
  @Test func flowsAreComparedByDay() {
    let days: [Quantity] = [31, 30, 31, 31, 28, 31]
    #expect(trend(days.map { $0 * 10 }) == .worse)
    #expect(trend(days.map { $0 * 10 }, times: days) == .steady)
  }

  @Test func fromBelowZero() {
    #expect(trend([-10, -10, -10, -8, -8, -8]) == .better)  // +2 of 10
    #expect(trend([0, 0, 0, 1, 1, 1]) == .better && trend([0, 0, 0, 0, 0, 0]) == .steady)
  }

  @Test func tooFewFiguresAreNoTrend() {
    #expect(trend([]) == nil && trend([1, 2, 3]) == nil && trend([1, 2, 3, 4]) == nil)
    #expect(trend([1, 2, 3, 4, 5]) == .better)  // 4 against 1.5
    #expect(trend([1, 2, 3, 4, nil, nil]) == nil)
  }

  /// A gap stays where it is: the three before are not made up of older ones.
  @Test func aGapIsNotSkippedOver() {
    #expect(trend([1, 1, 1, nil, nil, 9, 9, 9]) == nil)
    #expect(trend([9, 1, nil, 1, 9, nil, 9]) == .better)  // 9 and 9 against 1 and 1
    #expect(trend([1, 1, 1, 9, 9, 9, nil]) == .better)  // up to the last that is there
  }

  /// Wanted: 95 to 105. Means of 100, and the distance went from 0 to 10 of 100: 10 % worse, though the mean is the same.
  @Test func aBandGoesByTheDistance() {
    func point(_ figure: Quantity) -> Trend.Point {
      let band = Target.band(low: 95, high: 105, tolerance: 10)
      return Trend.Point(figure: figure, distance: band.distance(of: figure))
    }
    let calm = [100, 100, 100].map { point($0) }
    let wild = [85, 115, 100].map { point($0) }
    #expect(Trend(of: calm + wild, direction: .band, deadBand: 2) == .worse)
    #expect(Trend(of: wild + calm, direction: .band, deadBand: 2) == .better)
    #expect(Trend(of: calm + [96, 104, 105].map { point($0) }, direction: .band, deadBand: 2) == .steady)
    #expect(Trend(of: calm.map { .init(figure: $0.figure) } + wild, direction: .band, deadBand: 2) == nil)
  }
}
