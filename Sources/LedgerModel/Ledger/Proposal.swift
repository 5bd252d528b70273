/// `proposals/<path of the file>/<id>.yaml`: a change that somebody entered and that is not in force.
public struct Proposal: Hashable, Sendable {
  /// Why a change is held: the rules M1 to M9 of DESIGN section 5.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    case noAuthority = "no-authority"
    case periodClosed = "period-closed"
    case alreadySettled = "already-settled"
    case removedButChanged = "removed-but-changed"
    case changedOnBothSides = "changed-on-both-sides"
    case doesNotValidate = "does-not-validate"
  }

  /// One held key. A proposal with more than one is the list form of section 3.
  public struct Change: Hashable, Sendable {
    /// A key of section 5: `targets.2026-Q3`, `row 2026-03`, `file`.
    public var key: String
    /// What was entered, as YAML text of a value; nil is a removal.
    public var proposed: String?
    /// What its author saw; nil where there was nothing.
    public var insteadOf: String?
    /// The comment that stood with the value, where that was changed too; empty where it was taken away.
    public var comment: String?

    public init(key: String, proposed: String?, insteadOf: String?, comment: String? = nil) {
      self.key = key
      self.proposed = proposed
      self.insteadOf = insteadOf
      self.comment = comment
    }
  }

  public var id: String
  /// The file, as it was named when the change was entered.
  public var file: String
  public var changes: [Change]
  /// `Ana Ruiz <ana@example.com>`
  public var by: String
  /// RFC 3339, UTC.
  public var at: String
  /// The commit in which it was entered.
  public var commit: String
  public var because: Cause
  /// The message of that commit.
  public var reason: String

  public init(
    id: String, file: String, changes: [Change], by: String, at: String, commit: String, because: Cause, reason: String
  ) {
    self.id = id
    self.file = file
    self.changes = changes
    self.by = by
    self.at = at
    self.commit = commit
    self.because = because
    self.reason = reason
  }
}
