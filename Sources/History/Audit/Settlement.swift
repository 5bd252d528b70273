public import Git
import LedgerFiles
public import LedgerModel

/// What became of a change that was held as a proposal.
public struct Settlement: Hashable, Sendable {
  /// How a proposal came out.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// Nobody has decided yet.
    case waiting
    /// Its value came into force.
    case accepted
    /// What was in force stayed.
    case rejected
    /// Whoever had proposed it took it back.
    case withdrawn
    /// Whoever decided put another value in force.
    case changed
  }

  /// The proposal's id.
  public var proposal: String
  /// Who had entered the change.
  public var proposedBy: Author
  /// Where it was entered.
  public var proposedIn: ObjectID
  public var outcome: Outcome
  /// Who decided; nil while it waits, as the next two.
  public var settledBy: Author?
  /// The commit that decided.
  public var settledIn: ObjectID?
  /// When it was decided, as the clock of whoever decided claimed.
  public var settledAt: GitTime?

  /// Decided by what an entry says, which deleted the proposal or put its value in force.
  func settled(by entry: AuditEntry) -> Settlement {
    var settled = self
    (settled.settledBy, settled.settledIn, settled.settledAt) = (entry.by, entry.commit, entry.at)
    return settled
  }
}

extension AuditEntry {
  /// Whether the change was held, instead of coming into force.
  public var isHeld: Bool {
    settlement != nil && key.rest(of: "proposal ") != nil && settlement?.settledIn != commit
  }
}
