import Calculation

/// What is known of a KPI over one span of periods.
struct Measurement: Sendable {
  /// The figure: the formula on the aggregated inputs.
  var figure: Quantity?
  /// The aggregated inputs, in the order of `Measured.names`; empty where nobody asked for them.
  var inputs: [Quantity?] = []
  /// Whether all that the formula needs is there, though it may have no result.
  var isRecorded = false
  var marks: Marks = []
  /// Of a KPI made of others: how many have data.
  var coverage: Coverage?

  static let none = Measurement()
}

/// What a reader has to know about a measurement.
struct Marks: OptionSet, Sendable {
  let rawValue: UInt16

  static let provisional = Marks(rawValue: 1)
  static let estimated = Marks(rawValue: 2)
  /// A row says that there is no value.
  static let declaredMissing = Marks(rawValue: 4)
  static let carried = Marks(rawValue: 8)
  static let zeroed = Marks(rawValue: 16)
  /// Some of the rows of a period (one for each dimension) or some of its inputs have no value.
  static let partial = Marks(rawValue: 32)
  /// There are inputs, and the formula has no result.
  static let undefined = Marks(rawValue: 64)
  static let withheld = Marks(rawValue: 128)
  static let noRate = Marks(rawValue: 256)
}

/// A KPI measured over all spans of a frame.
struct Measured: Sendable {
  /// The inputs' names: those of the formula first, in its order.
  var names: [String] = []
  var current = Measurement.none
  var yearToDate = Measurement.none
  /// One for each point of the frame.
  var points: [Measurement] = []
  /// Where other calculations serve.
  var breaks = SeriesBreaks()

  static func none(in frame: Frame) -> Measured {
    Measured(points: Array(repeating: .none, count: frame.points.count))
  }
}
