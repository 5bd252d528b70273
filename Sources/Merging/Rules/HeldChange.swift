public import LedgerFiles
public import LedgerModel

/// A change that a merge did not put in force, as it becomes a proposal (DESIGN section 3).
public struct HeldChange: Hashable, Sendable {
  public let file: String
  public let key: Key
  /// What was entered; nil is a removal.
  public let proposed: HeldValue?
  /// What its author saw; nil where there was nothing.
  public let insteadOf: HeldValue?
  /// The commit in which it was entered; nil for `kpi merge-file`, which knows none.
  public let enteredIn: CommitRecord?
  public let because: Proposal.Cause
  /// Where its author may not make it, who could: `head-of-sales (Ana Ruiz)`.
  public var whoMay: [String] = []
  /// The comment that belongs to the value in force; nil where there is none in force.
  var commentInForce: String?
}

/// The value of a held key: its meaning and the comment that belongs to it.
public struct HeldValue: Hashable, Sendable {
  public let meaning: YAMLValue
  public let comment: String

  init(_ value: KeyValue) {
    meaning = value.meaning
    comment = value.comment
  }
}
