public import Calculation

/// All that a ledger's files mean at one commit, or in one work tree. Files that could not be read are absent here
/// and named by findings.
public struct Ledger: Sendable {
  public var settings: LedgerSettings
  public var people: People
  public var goals: [String: Goal]
  public var departments: [String: Department]
  public var definitions: [KPIID: Definition]
  public var actuals: [KPIID: Actuals]
  /// By pair of currencies, as `EUR-USD`.
  public var rates: [String: ExchangeRates]
  public var proposals: [Proposal]
  public var closes: [Close]
  public var actions: [Action]
  public var minutes: [Minutes]

  public init(settings: LedgerSettings) {
    self.settings = settings
    people = People()
    goals = [:]
    departments = [:]
    definitions = [:]
    actuals = [:]
    rates = [:]
    proposals = []
    closes = []
    actions = []
    minutes = []
  }
}

/// `rates/<from>-<to>.csv`
public struct ExchangeRates: Hashable, Sendable {
  public struct Rate: Hashable, Sendable {
    /// For flows.
    public var average: Quantity?
    /// For snapshots.
    public var closing: Quantity?

    public init(average: Quantity? = nil, closing: Quantity? = nil) {
      self.average = average
      self.closing = closing
    }
  }

  public var byPeriod: [Period: Rate]

  public init(byPeriod: [Period: Rate] = [:]) { self.byPeriod = byPeriod }
}

/// `closes/<scope>/<period>.yaml`: a controller's statement that a period's actuals are final.
public struct Close: Hashable, Sendable {
  /// `company` or a department.
  public var scope: String
  public var period: Period
  public var note: String?
  /// Why it was closed late, reopened or closed again.
  public var reason: String?

  public init(scope: String, period: Period, note: String? = nil, reason: String? = nil) {
    self.scope = scope
    self.period = period
    self.note = note
    self.reason = reason
  }
}

/// `departments/<dept>/actions/<id>.yaml`: a measure against a deviation.
public struct Action: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable { case open, done, dropped }

  public var department: String
  public var id: String
  public var kpi: KPIID?
  /// The period in which the KPI deviates.
  public var period: Period?
  public var cause: String?
  public var measure: String?
  public var owner: String?
  public var due: Period?
  public var expectedEffect: String?
  public var state: State
  public var note: String?

  public init(department: String, id: String) {
    self.department = department
    self.id = id
    state = .open
  }
}

/// `departments/<dept>/reviews/<period>.yaml`: the minutes of a review.
public struct Minutes: Hashable, Sendable {
  public var department: String
  public var period: Period
  /// What the figures mean.
  public var meaning: String?
  public var decisions: [String]
  /// What is deliberately not done.
  public var notDone: [String]

  public init(
    department: String, period: Period, meaning: String? = nil, decisions: [String] = [], notDone: [String] = []
  ) {
    self.department = department
    self.period = period
    self.meaning = meaning
    self.decisions = decisions
    self.notDone = notDone
  }
}
