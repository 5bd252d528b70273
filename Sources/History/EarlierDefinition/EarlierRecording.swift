public import Calculation
public import LedgerModel

/// A row in force that was recorded under a calculation that changed meanwhile (DESIGN section 5): whoever recorded it
/// had not seen the change, and whoever changed the calculation had not seen the row.
public struct EarlierRecording: Hashable, Sendable {
  public let kpi: KPIID
  /// The row's name, as its key has it: `2026-03`, `2026-03,north`.
  public let row: String
  public let period: Period
  /// What tells the row from others of its period.
  public let dimensions: [Dimension]
  /// How the row came in, or was last confirmed.
  public let recorded: AuditEntry
  /// The newest change of the calculation that was made without the row in sight; nil where it came before the time
  /// that was asked for.
  public let changed: AuditEntry?

  /// A dimension of the row, as `territory=north`.
  public struct Dimension: Hashable, Sendable {
    public let name: String
    public let value: String
  }
}
