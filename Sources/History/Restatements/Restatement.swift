public import Calculation
public import Git
public import LedgerModel

/// A final value that a later commit of the main line changed.
public struct Restatement: Hashable, Sendable {
  /// As it was named then.
  public var kpi: KPIID
  public var period: Period
  /// What tells the row from others of its period, in the order of the file's columns.
  public var dimensions: [String]
  public var input: String
  /// The final value that stood there.
  public var from: Quantity
  /// What took its place; nil where nothing did.
  public var to: Quantity?
  public var change: Change

  /// The commit that changed it, and who had entered that.
  public struct Change: Hashable, Sendable {
    /// The commit of the main line that brought it: a sync's merge, or where it was entered on the main line itself.
    public var commit: ObjectID
    /// When that was made, in seconds since 1970: history's own time.
    public var seconds: Int64
    /// Who entered it.
    public var by: Author

    /// A commit with its time and the author of the change.
    public init(commit: ObjectID, seconds: Int64, by: Author) {
      self.commit = commit
      self.seconds = seconds
      self.by = by
    }
  }

  /// The row's name, as its key has it: `2026-03`, `2026-03,north`.
  public var row: String { ([period.description] + dimensions).joined(separator: ",") }
}
