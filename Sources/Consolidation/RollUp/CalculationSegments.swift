import Calculation
import LedgerModel

/// Measures a KPI whose calculation changes within a frame: every row by the calculation that it was recorded under.
///
/// A flow's figure over a span is the sum of its points', from where they add up. A level's is that of the last
/// calculation alone: rows of before do not go through its formula.
struct CalculationSegments {
  /// Points that one calculation serves.
  private struct Segment {
    let points: Range<Int>
    let values: RecordedValues
    /// For each KPI that the segment's formula names, its place in the newest formula.
    let kpis: [Int?]
    /// For each input of the last segment, its place in this one's.
    let columns: [Int?]
  }

  /// The last segment's inputs.
  let names: [String]
  let breaks: SeriesBreaks
  private let segments: [Segment]
  private let spans: Frame.Spans
  private let isFlow: Bool
  private let keepsInputs: Bool

  /// - Parameters:
  ///   - references: the KPIs that the newest formula names.
  ///   - adds: whether a calculation's figures can be added to those of the last one.
  init(
    _ history: CalculationHistory, in frame: Frame, _ spans: Frame.Spans, references: [String], isFlow: Bool,
    keepsInputs: Bool, adds: (KPICalculation) -> Bool, values: (KPICalculation) -> RecordedValues
  ) {
    let starts = history.breaks(in: frame.points)
    let edges = [0] + starts + [frame.points.count]
    let parts = zip(edges, edges.dropFirst()).map { first, end in
      (points: first..<end, calculation: history.calculation(for: frame.points[first]))
    }
    let readers = parts.map { values($0.calculation) }
    let names = readers.last?.names ?? []
    segments = zip(parts, readers).map { part, reader in
      Segment(
        points: part.points, values: reader,
        kpis: part.calculation.formula.kpis.map { references.firstIndex(of: $0) },
        columns: names.map { reader.names.firstIndex(of: $0) })
    }
    self.names = names
    breaks = SeriesBreaks(starts: starts, addsFrom: parts.last { !adds($0.calculation) }?.points.upperBound ?? 0)
    self.spans = spans
    self.isFlow = isFlow
    self.keepsInputs = keepsInputs
  }

  /// Each point by its own calculation; `kpis` are the figures, at a point, of the KPIs that the newest formula names.
  func points(kpis: (Int) -> [Quantity?]) -> [Measurement] {
    segments.flatMap { segment in
      segment.points.map { point in
        let all = kpis(point)
        var result = segment.values.measurement(
          over: spans.points[point], kpis: segment.kpis.map { $0.flatMap { all[$0] } }, keepsInputs: keepsInputs)
        if keepsInputs, result.isRecorded {
          result.inputs = segment.columns.map { $0.flatMap { result.inputs[$0] } }
        }
        return result
      }
    }
  }

  /// A span of points that have been measured.
  func measurement(over range: Range<Int>, of points: [Measurement], kpis: [Quantity?]) -> Measurement {
    isFlow
      ? sum(points[max(range.lowerBound, min(breaks.addsFrom, range.upperBound))..<range.upperBound])
      : last(of: range, kpis: kpis)
  }

  private func sum(_ points: ArraySlice<Measurement>) -> Measurement {
    var result = Measurement()
    var totals = Array(repeating: Total(), count: names.count)
    for point in points {
      result.marks.formUnion(point.marks)
      guard point.isRecorded else { continue }
      result.isRecorded = true
      if let figure = point.figure { result.figure = (result.figure ?? .zero) + figure }
      for (index, value) in point.inputs.enumerated() {
        if let value { totals[index].add(value, .sum) } else { result.marks.insert(.partial) }
      }
    }
    if keepsInputs, result.isRecorded { result.inputs = totals.map { $0.value(of: .sum) } }
    return result
  }

  private func last(of range: Range<Int>, kpis: [Quantity?]) -> Measurement {
    guard let segment = segments.last, !range.isEmpty else { return .none }
    let part = segment.points.clamped(to: range)
    guard var span = part.first.map({ spans.points[$0] }) else { return .none }
    for point in part.dropFirst() {
      span.count += spans.points[point].count
      span.ended += spans.points[point].ended
    }
    // What other KPIs have over the whole span is not what they have over a part of it.
    let figures = part == range ? segment.kpis.map { $0.flatMap { kpis[$0] } } : segment.kpis.map { _ in nil }
    return segment.values.measurement(over: span, kpis: figures, keepsInputs: keepsInputs)
  }
}
