public import Calculation
public import LedgerModel

/// A KPI's line of the scorecard: its figures after DESIGN section 6, each nil where it has no meaning or no data.
public struct KPIResult: Hashable, Sendable {
  public var id: KPIID
  public var name: String
  public var kind: KPIClass
  /// An id of the scorecard's goals.
  public var goal: String?
  public var weight: Quantity
  public var priority: Int?
  /// The role that answers for it.
  public var owner: String?
  /// What is decided with it.
  public var decision: String?
  public var unit: UnitLabel
  public var direction: Direction?
  /// The period of its figures: the scorecard's, or the last whole one of a KPI that is recorded less often.
  public var period: Period
  public var actual: Quantity?
  public var target: Target?
  /// Percent of the target.
  public var achievement: Quantity?
  /// In the KPI's unit; favourable is positive.
  public var gap: Quantity?
  /// Percent of the period.
  public var timeElapsed: Quantity?
  public var pace: Pace?
  /// Where the period will end at this rate.
  public var landing: Quantity?
  public var shortfall: Quantity?
  public var neededPerDay: Quantity?
  public var yearToDate: YearToDate
  /// Where the fiscal year is heading.
  public var year: YearOutlook
  /// Whether the figure has been getting better, within the calculation that serves now; nil where too little is known.
  public var trend: Trend?
  /// Achievement limited to 0 and the ledger's score cap; nil for what is shown and does not count.
  public var score: Quantity?
  /// The score that the status rests on: the landing's in a running period, else `score`.
  public var outlook: Quantity?
  /// Nil for classes that do not count (metric, context).
  public var status: Status?
  /// A running period whose landing is red.
  public var atRisk: Bool
  /// Of a KPI made of others: how many of them have data.
  public var coverage: Coverage?
  /// Of a KPI made of others: those that have no data, by id.
  public var missingSources: [KPIID]
  /// The exchange rates that the period's figure was translated with.
  public var rates: [RateUsed]
  /// In the order of their kinds.
  public var flags: [Flag]
  /// The last periods of the KPI, oldest first, for a sparkline; a period without data is there, without a figure.
  public var series: [Point]

  /// A line without figures.
  init(id: KPIID, name: String, kind: KPIClass, period: Period) {
    self.id = id
    self.name = name
    self.kind = kind
    self.period = period
    weight = 1
    unit = UnitLabel(id: nil)
    yearToDate = YearToDate()
    year = YearOutlook()
    atRisk = false
    missingSources = []
    rates = []
    flags = []
    series = []
  }

  /// From the fiscal year's first day to the end of the period.
  public struct YearToDate: Hashable, Sendable {
    public var actual: Quantity?
    public var target: Target?
    public var achievement: Quantity?
    /// Periods with data, of those that are over, or recorded.
    public var periods: Coverage

    /// All figures, or none where nothing is known.
    public init(
      actual: Quantity? = nil, target: Target? = nil, achievement: Quantity? = nil,
      periods: Coverage = Coverage(recorded: 0, of: 0)
    ) {
      self.actual = actual
      self.target = target
      self.achievement = achievement
      self.periods = periods
    }
  }

  /// The whole fiscal year that the period lies in.
  public struct YearOutlook: Hashable, Sendable {
    public var target: Target?
    /// Where the year ends if it goes on like this.
    public var landing: Quantity?
    /// target - landing, favourable being negative, as for the period.
    public var shortfall: Quantity?

    /// All figures, or none where nothing is known.
    public init(target: Target? = nil, landing: Quantity? = nil, shortfall: Quantity? = nil) {
      self.target = target
      self.landing = landing
      self.shortfall = shortfall
    }
  }

  /// An exchange rate that went into a figure.
  public struct RateUsed: Hashable, Sendable {
    /// Currency codes: `rate` units of `target` are one of `source`.
    public var source: String
    public var target: String
    public var period: Period
    public var rate: Quantity
    /// `average` for what accrues, `closing` for what is a state.
    public var isAverage: Bool

    /// As formats name it: `average` or `closing`.
    public var kind: String { isAverage ? "average" : "closing" }

    /// A rate and what it is between.
    public init(source: String, target: String, period: Period, rate: Quantity, isAverage: Bool) {
      self.source = source
      self.target = target
      self.period = period
      self.rate = rate
      self.isAverage = isAverage
    }
  }

  /// One period of the series.
  public struct Point: Hashable, Sendable {
    public var period: Period
    public var actual: Quantity?
    /// The target; of a band its middle.
    public var target: Quantity?
    /// Whether the period before was calculated differently: no line, trend or landing may lead across.
    public var startsSeries: Bool

    /// A period with what is known of it.
    public init(period: Period, actual: Quantity?, target: Quantity?, startsSeries: Bool = false) {
      self.period = period
      self.actual = actual
      self.target = target
      self.startsSeries = startsSeries
    }
  }

  /// Whether it counts towards its goal.
  public var counts: Bool { kind == .kpi }

  public var department: String { id.department }
}

/// A unit as `ledger.yaml` says it is shown.
public struct UnitLabel: Hashable, Sendable {
  /// A unit of `ledger.yaml` or a currency code; nil where the definition has none yet.
  public var id: String?
  /// As `%`; nil shows the id.
  public var symbol: String?
  /// Decimal places to show; nil lets the figure decide.
  public var decimals: Int?

  /// A unit, shown as a ledger's settings say.
  public init(_ unit: String?, in settings: LedgerSettings) {
    let shown = unit.flatMap { settings.units[$0] }
    self.init(id: unit, symbol: shown?.symbol, decimals: shown?.decimals)
  }

  /// A unit with how it is shown.
  public init(id: String?, symbol: String? = nil, decimals: Int? = nil) {
    self.id = id
    self.symbol = symbol
    self.decimals = decimals
  }
}
