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
  }

  var key: Key { Key(kind: kind, period: period) }

  init(of period: Period, kind: PeriodKind, recorded kinds: Set<PeriodKind>, asOf day: Day, calendar: FiscalCalendar) {
    self.period = period
    self.kind = kind
    let begun = calendar.children(of: period, kind: kind).filter { calendar.days(of: $0).lowerBound <= day }
    guard let last = begun.last else {
      (points, current, yearToDate, series, ended, spans) = ([], 0..<0, 0..<0, 0..<0, 0, [:])
      return
    }
    let year = calendar.yearToDate(through: last).count
    let length = Swift.max(Self.seriesLength(of: kind), year, begun.count)
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

  /// The spans of something recorded so often; nil where it is recorded less often than the frame asks.
  func spans(by recorded: PeriodKind) -> Spans? { spans[recorded] }

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
  private let whole: [PeriodKind: Frame]
  private let earlier: [PeriodKind: Frame]

  init(for period: Period, kinds: Set<PeriodKind>, asOf day: Day, calendar: FiscalCalendar) {
    var whole: [PeriodKind: Frame] = [:]
    var earlier: [PeriodKind: Frame] = [:]
    let last = Day(daysSince1970: calendar.days(of: period).upperBound.daysSince1970 - 1)
    for kind in kinds {
      let isLonger = calendar.children(of: period, kind: kind).isEmpty
      let shown = isLonger ? calendar.period(kind, containing: last) : period
      let frame = Frame(
        of: shown, kind: kind, recorded: kinds, asOf: isLonger ? min(day, last) : day, calendar: calendar)
      whole[kind] = frame
      guard isLonger, calendar.days(of: shown).upperBound > last.advanced(by: 1) else { continue }
      earlier[kind] = Frame(of: shown.previous, kind: kind, recorded: kinds, asOf: min(day, last), calendar: calendar)
    }
    self.whole = whole
    self.earlier = earlier
  }

  /// The frame of a KPI recorded so often. One that is recorded less often than the scorecard asks is shown with the
  /// period it is in if that is recorded already, else with the last whole one.
  func frame(by kind: PeriodKind, isRecorded: (Period) -> Bool) -> Frame? {
    guard let frame = whole[kind] else { return nil }
    guard let before = earlier[kind], !isRecorded(frame.period) else { return frame }
    return before
  }
}
