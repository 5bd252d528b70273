public import Calculation
public import LedgerFiles
public import LedgerModel

/// A change that an auditor may want to ask about: what was to be reached gave way where it was not reached, or a figure
/// was revised shortly before somebody looked at it. It says what happened, and not why.
public struct Goalpost: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A target became easier to reach, or went away, where its period was red or heading there.
    case targetEased = "target-eased"
    /// The score from which a KPI is green or amber was lowered while it was red.
    case thresholdLowered = "threshold-lowered"
    /// A final figure was changed up to three days before a review of the period.
    case revisedBeforeReview = "revised-before-review"
    /// A final figure was changed up to three days before its period was closed.
    case revisedBeforeClose = "revised-before-close"
  }

  public var kind: Kind
  /// As it is named since the change; nil for a threshold of the whole ledger.
  public var kpi: KPIID?
  /// The period that the target or figure is of, or that was red.
  public var period: Period?
  public var key: Key
  /// A target: the one in force for the period, its own or that of a longer one.
  public var from: YAMLValue?
  public var to: YAMLValue?
  /// How the KPI stood in the period on the day of the change, by the files before it; nil where it does not matter.
  public var standing: PeriodFigures?
  /// The file of the review or close that came after, and when that came to the main line.
  public var look: Look?
  /// What happened and why it is listed, in one sentence.
  public var sentence: String
  /// When it came to the main line, in seconds since 1970.
  public var seconds: Int64
  /// Who entered it, why, and what brought it.
  public var change: AuditEntry

  /// A moment at which somebody looked at figures: the minutes of a review, or a close, came to the main line.
  public struct Look: Hashable, Sendable {
    public var file: String
    /// In seconds since 1970.
    public var seconds: Int64
    /// The period that was reviewed or closed.
    public var period: Period
  }
}
