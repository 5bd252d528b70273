/// The limits by which figures become a score, a pace and a status; a ledger, or a KPI, may set its own.
public struct ScoringRules: Hashable, Sendable {
  /// The score from which a KPI is green.
  public var green: Quantity = 100
  /// The score from which a KPI is amber.
  public var amber: Quantity = 90
  /// The upper end of a score.
  public var scoreCap: Quantity = 100
  /// Points over the elapsed time from which a running KPI is ahead.
  public var paceAhead: Quantity = 5
  /// Points, below zero, from which it is behind.
  public var paceBehind: Quantity = -5
  /// Percent of the due periods that must have data, else the status is grey.
  public var coverage: Quantity = 80

  /// The defaults of DESIGN section 6.
  public init() {}

  /// Achievement limited to 0…cap.
  public func score(achievement: Quantity) -> Quantity { max(.zero, min(scoreCap, achievement)) }

  /// Green, amber or red by the thresholds.
  public func status(score: Quantity) -> Status {
    score >= green ? .green : score >= amber ? .amber : .red
  }

  /// How the achieved share of a target compares with the elapsed share of the time, both in percent.
  public func pace(achieved: Quantity, elapsed: Quantity) -> Pace {
    let lead = achieved - elapsed
    return lead >= paceAhead ? .ahead : lead <= paceBehind ? .behind : .onTrack
  }
}

/// How a running period's result compares with the time that is over.
public enum Pace: String, Hashable, Sendable, CaseIterable {
  case ahead
  case onTrack = "on-track"
  case behind
}
