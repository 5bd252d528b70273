public import Calculation
public import LedgerFiles
public import LedgerModel

/// A figure or a target of a period that had begun, and that a commit of the main line changed.
public struct PastChange: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A final figure, or a target, that was another before, or is there no more.
    case restated
    /// One that was missing, and came late: see ``RestatementReport``.
    case filled
  }

  public enum Subject: String, CaseIterable, Hashable, Sendable { case actual, target }

  public var kind: Kind
  public var subject: Subject
  /// As it is named since the change.
  public var kpi: KPIID
  public var period: Period
  /// Of a figure, the row's name: `2026-03`, `2026-03,north`.
  public var row: String?
  /// Of a figure, the input's name.
  public var input: String?
  /// A number, or a target's band; nil where there was nothing.
  public var from: YAMLValue?
  public var to: YAMLValue?
  /// Whether the period was over when it was changed.
  public var phase: PeriodPhase
  /// When it came to the main line, in seconds since 1970.
  public var seconds: Int64
  /// Who entered it, why, and what brought it.
  public var change: AuditEntry
  public var effect: Effect

  /// What the commit of the main line did to the KPI's standing in the period, all of its changes together: calculated
  /// from the files before it and after it, each with the definition of its time, for the day of the change.
  public struct Effect: Hashable, Sendable {
    /// nil where it is not calculated: see ``PeriodFigures``.
    public var before: PeriodFigures?
    public var after: PeriodFigures?

    /// Whether the status is another since.
    public var isFlip: Bool { before?.status != after?.status }
  }
}
