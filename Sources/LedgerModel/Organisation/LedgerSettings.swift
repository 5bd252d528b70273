public import Calculation

/// `ledger.yaml`
public struct LedgerSettings: Hashable, Sendable {
  public var company: String
  /// The company's currency code, as `USD`.
  public var currency: String
  public var units: [String: Unit]
  public var calendar: FiscalCalendar
  public var limits: Limits
  /// The upper end of a score; DESIGN section 6.
  public var scoreCap: Quantity
  public var thresholds: Thresholds
  /// Field or kind of file to the roles that may change it, over DESIGN section 4's table.
  public var authority: [String: [String]]
  public var mergeRules: Int
  public var requireSignatures: Bool

  public init(company: String, currency: String) {
    self.company = company
    self.currency = currency
    units = [:]
    calendar = FiscalCalendar()
    limits = Limits()
    scoreCap = 100
    thresholds = .standard
    authority = [:]
    mergeRules = 1
    requireSignatures = false
  }

  /// A unit that definitions may use besides currency codes.
  public struct Unit: Hashable, Sendable {
    public var symbol: String?
    /// Decimal places to show.
    public var decimals: Int?

    public init(symbol: String? = nil, decimals: Int? = nil) {
      self.symbol = symbol
      self.decimals = decimals
    }
  }

  /// Limits of interpretation; those of size are the same for every ledger (`FileLimits`).
  public struct Limits: Hashable, Sendable {
    /// Percent of a roll-up's sources that must have data.
    public var coverage: Quantity = 80
    /// Points over (under) the elapsed time from which a running KPI is ahead (behind).
    public var paceAhead: Quantity = 5
    public var paceBehind: Quantity = -5
    /// Percent up to which a change of the figure is no trend.
    public var trend: Quantity = 2

    public init() {}
  }
}
