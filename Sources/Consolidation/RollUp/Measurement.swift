import Calculation
import LedgerModel

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
  /// Of a KPI made of others: which have none, by id.
  var missing: [KPIID] = []
  /// The last period with values.
  var last: Period?
  /// Periods of a longer span that are over and have no values, where somebody asked for inputs.
  var gaps: [Period] = []

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
  /// What it is made of is not there.
  static let incomplete = Marks(rawValue: 256)
}

extension Marks {
  /// What the recorder of a row says of its values.
  init(_ status: RowStatus) {
    self =
      switch status {
      case .final: []
      case .provisional: .provisional
      case .estimated: .estimated
      case .missing: .declaredMissing
      }
  }
}

/// A KPI measured over all spans of a frame.
struct Measured: Sendable {
  /// The inputs' names: those of the formula first, in its order.
  var names: [String] = []
  var current = Measurement.none
  var yearToDate = Measurement.none
  /// One for each point of the frame.
  var points: [Measurement] = []
  /// How many of the inputs, from the first on, are in the currency asked for; nil where nothing was translated.
  var translated: Int?
  /// The exchange rates in `current`.
  var rates: [KPIResult.RateUsed] = []
  /// The exchange rates that are missing, from the beginning of the year.
  var rateGaps: [RateGap] = []
  /// What sources lack, from the beginning of the year.
  var lacks: [Lack] = []

  /// A source without a value where there should be one.
  struct Lack: Hashable, Sendable {
    var kpi: KPIID
    /// The point of the frame.
    var point: Int
    /// That point, or a shorter period within it.
    var period: Period
  }
  /// Where other calculations serve.
  var breaks = SeriesBreaks()

  static func none(in frame: Frame) -> Measured {
    Measured(points: Array(repeating: .none, count: frame.points.count))
  }
}
