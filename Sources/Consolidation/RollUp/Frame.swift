import Calculation

/// Which periods a KPI's figures are made of, in one scorecard: the same for all KPIs that are recorded equally often.
///
/// The last point is the last period of the KPI's kind that has begun within the frame's period. The current period,
/// the year to date and the series all end there.
struct Frame: Sendable {
  /// The period of the figures.
  let period: Period
  /// How often the KPI is recorded.
  let kind: PeriodKind
  /// Consecutive periods of the kind.
  let points: [Period]
  /// Points within `period`.
  let current: Range<Int>
  /// Points from the beginning of the fiscal year.
  let yearToDate: Range<Int>
  /// Points of the sparkline.
  let series: Range<Int>
  /// How many of the points are over.
  let ended: Int
  /// The last day that counts. When the period is over, so are its weeks, though the last may end later: figures of a
  /// period that is over do not depend on the day.
  let asOf: Day
  /// By how often something is recorded: its periods within the frame's period, the year to date, and each point.
  private let spans: [PeriodKind: Spans]

  /// Periods of one kind in a row, of which some are over.
  struct Span: Sendable {
    var first: Period
    var count: Int
    var ended: Int
  }

  struct Spans: Sendable {
    var current: Span
    var yearToDate: Span
    var points: [Span]
  }

  struct Key: Hashable {
    let kind: PeriodKind
    let period: Period
    let count: Int
  }

  var key: Key { Key(kind: kind, period: period, count: points.count) }

  /// `yearsBefore` is how many whole fiscal years before the current one the points reach back at least.
  init(
    of period: Period, kind: PeriodKind, recorded kinds: Set<PeriodKind>, asOf day: Day, yearsBefore: Int = 0,
    calendar: FiscalCalendar
  ) {
    self.period = period
    self.kind = kind
    let day = Self.lastDay(of: period, by: kind, asOf: day, calendar: calendar)
    asOf = day
    let begun = calendar.children(of: period, kind: kind).filter { calendar.days(of: $0).lowerBound <= day }
    guard let last = begun.last else {
      (points, current, yearToDate, series, ended, spans) = ([], 0..<0, 0..<0, 0..<0, 0, [:])
      return
    }
    let year = calendar.yearToDate(through: last).count
    let before = yearsBefore == 0 ? 0 : Self.count(of: kind, inYears: yearsBefore, before: last, calendar)
    let length = Swift.max(Self.seriesLength(of: kind), year + before, begun.count)
    let points = (0..<length).map { last.advanced(by: $0 - length + 1) }
    self.points = points
    current = (length - begun.count)..<length
    yearToDate = (length - year)..<length
    series = (length - Self.seriesLength(of: kind))..<length
    ended = points.count { calendar.days(of: $0).upperBound <= day.advanced(by: 1) }
    let maker = SpanMaker(day: day, calendar: calendar)
    var spans: [PeriodKind: Spans] = [:]
    for recorded in kinds where recorded <= kind {
      spans[recorded] = Spans(
        current: maker.span(points[current], recorded), yearToDate: maker.span(points[yearToDate], recorded),
        points: points.map { maker.span([$0], recorded) })
    }
    self.spans = spans
  }

  /// Which of the points a period is; nil where it is none.
  func place(of period: Period) -> Int? {
    points.first?.distance(to: period).flatMap { points.indices.contains($0) ? $0 : nil }
  }

  /// The spans of something recorded so often; nil where it is recorded less often than the frame asks.
  func spans(by recorded: PeriodKind) -> Spans? { spans[recorded] }

  /// The day that counts: when the period is over, that on which the last week that counts in it is.
  private static func lastDay(
    of period: Period, by kind: PeriodKind, asOf day: Day, calendar: FiscalCalendar
  ) -> Day {
    let end = calendar.days(of: period).upperBound
    guard day.advanced(by: 1) >= end else { return day }
    let week = kind < .week ? nil : calendar.children(of: period, kind: .week).last
    return max(end, week.map { calendar.days(of: $0).upperBound } ?? end).advanced(by: -1)
  }

  private static func count(
    of kind: PeriodKind, inYears years: Int, before last: Period, _ calendar: FiscalCalendar
  ) -> Int {
    guard let year = calendar.parent(of: last, kind: .year) else { return 0 }
    return (1...years).reduce(0) { $0 + calendar.children(of: year.advanced(by: -$1), kind: kind).count }
  }

  private static func seriesLength(of kind: PeriodKind) -> Int {
    switch kind {
    case .day: 31
    case .week: 26
    case .month: 13
    case .quarter: 9
    case .half, .year: 6
    }
  }

  private struct SpanMaker {
    let day: Day
    let calendar: FiscalCalendar

    func span(_ periods: some BidirectionalCollection<Period>, _ kind: PeriodKind) -> Span {
      var span: Span?
      for part in periods.lazy.flatMap({ calendar.children(of: $0, kind: kind) }) {
        let days = calendar.days(of: part)
        guard days.lowerBound <= day else { break }
        let isOver = days.upperBound <= day.advanced(by: 1)
        span = Span(
          first: span?.first ?? part, count: (span?.count ?? 0) + 1, ended: (span?.ended ?? 0) + (isOver ? 1 : 0))
      }
      return span ?? Span(first: periods.first ?? Period(day), count: 0, ended: 0)
    }
  }
}

/// The frames of one scorecard, one for each kind of period that KPIs are recorded by.
struct Frames: Sendable {
  private let ordinary: [PeriodKind: Pair]
  /// For KPIs whose profile is seasonal: with the two fiscal years before.
  private let seasonal: [PeriodKind: Pair]

  /// The frame of the scorecard's period, and of a kind that is longer the one of the last whole period.
  private struct Pair {
    let whole: Frame
    let earlier: Frame?

    init(
      for period: Period, kind: PeriodKind, recorded kinds: Set<PeriodKind>, asOf day: Day, yearsBefore: Int,
      calendar: FiscalCalendar
    ) {
      let last = calendar.days(of: period).upperBound.advanced(by: -1)
      let isLonger = calendar.children(of: period, kind: kind).isEmpty
      let shown = isLonger ? calendar.period(kind, containing: last) : period
      func frame(of period: Period) -> Frame {
        Frame(
          of: period, kind: kind, recorded: kinds, asOf: isLonger ? min(day, last) : day, yearsBefore: yearsBefore,
          calendar: calendar)
      }
      whole = frame(of: shown)
      let isOpen = isLonger && calendar.days(of: shown).upperBound > last.advanced(by: 1)
      earlier = isOpen ? frame(of: shown.previous) : nil
    }
  }

  /// The frames of all kinds; `seasonal` are those that a KPI with a seasonal profile is recorded by.
  init(
    for period: Period, kinds: Set<PeriodKind>, seasonal: Set<PeriodKind> = [], asOf day: Day,
    calendar: FiscalCalendar
  ) {
    func pairs(_ some: Set<PeriodKind>, yearsBefore: Int) -> [PeriodKind: Pair] {
      Dictionary(
        uniqueKeysWithValues: some.map { kind in
          let pair = Pair(
            for: period, kind: kind, recorded: kinds, asOf: day, yearsBefore: yearsBefore, calendar: calendar)
          return (kind, pair)
        })
    }
    ordinary = pairs(kinds, yearsBefore: 0)
    self.seasonal = pairs(seasonal, yearsBefore: 2)
  }

  /// The frame of a KPI recorded so often. One that is recorded less often than the scorecard asks is shown with the
  /// period it is in if that is recorded already, else with the last whole one.
  func frame(by kind: PeriodKind, isSeasonal: Bool = false, isRecorded: (Period) -> Bool) -> Frame? {
    guard let pair = (isSeasonal ? seasonal : ordinary)[kind] else { return nil }
    guard let before = pair.earlier, !isRecorded(pair.whole.period) else { return pair.whole }
    return before
  }
}
