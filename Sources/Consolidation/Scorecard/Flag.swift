/// Something a reader has to know about a figure before relying on it, with the reason in words.
public struct Flag: Hashable, Sendable {
  /// Kinds of flag, in the order in which they are shown.
  public enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The figure could be computed and is not shown: too few of its sources have data.
    case withheld
    /// A KPI that depends on itself, or on too long a chain of others.
    case cycle
    /// Sources whose unit is another, so that they cannot be added up.
    case unitMismatch = "unit-mismatch"
    /// No exchange rate for a period that needs one.
    case noRate = "no-rate"
    /// A source or KPI named in the definition that the ledger does not have, or that is not active.
    case unknownSource = "unknown-source"
    /// There are values, and the formula has no result: a division by zero.
    case undefined
    /// The period has ended and nobody has recorded it yet.
    case late
    /// Part of what the figure should rest on is not there; it is left out, never taken for zero.
    case missing
    /// Some of the sources have no data.
    case coverage
    case provisional
    case estimated
    /// A period without a value took the last value, as the definition says.
    case carried
    /// A period without a value was taken for zero, as the definition says.
    case zeroed
    /// A final value of the periods shown was changed by a later sync.
    case restated
    /// Somebody's change to this KPI is held as a proposal.
    case held
    /// A KPI that leads to this one is off target, or heading there.
    case leadingWarning = "leading-warning"
    /// It is on target while a KPI that it affects is off target.
    case conflict
    /// It is compared with KPIs that are recorded at other cycles.
    case differentCycles = "different-cycles"
    /// No target for the period, so no achievement.
    case noTarget = "no-target"
    /// A running period of which no day is over yet.
    case tooEarly = "too-early"
    /// The target is zero or negative and there is no baseline, so achievement has no meaning.
    case noAchievement = "no-achievement"
    /// The figures are those of another period than the scorecard's, because the KPI is recorded less often.
    case otherPeriod = "other-period"
    /// The periods were not all calculated in the same way.
    case seriesBreak = "series-break"
    /// Calendar days stand in for the definition's profile, which has nothing to go by.
    case standIn = "stand-in"
    /// The goal that the definition names is not in `goals.yaml`.
    case unknownGoal = "unknown-goal"

    public static func < (one: Kind, other: Kind) -> Bool { one.order < other.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  }

  public var kind: Kind
  /// One sentence, without a full stop at its end.
  public var reason: String

  /// A flag with its reason.
  public init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}
