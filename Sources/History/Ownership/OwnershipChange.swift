public import Calculation

/// Something that changed hands.
public struct OwnershipChange: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Who holds a role, stands in for its holder, or takes it over on a day to come.
    case holder, deputy, next
    /// Which role answers for a KPI, and whose actuals of it are authoritative.
    case owner
    case dataOwner = "data-owner"
    /// Which role answers for a goal.
    case goalOwner = "goal-owner"
    /// Which role heads a department, and who is a member of it.
    case head, member
    /// In which department a KPI is.
    case moved
  }

  /// Whose something was or is: a person, a role, or a department.
  public struct Party: Hashable, Sendable {
    public var id: String
    /// A person's name; of a role its holder's, on the day of the change; nil where nobody is known.
    public var person: String?
  }

  public var kind: Kind
  /// The id of a role, KPI, goal or department.
  public var subject: String
  /// nil where it was nobody's.
  public var from: Party?
  /// nil where it is nobody's.
  public var to: Party?
  /// The first day on which a role is somebody else's; nil where that is the day of the change.
  public var day: Day?
  /// Of a role: how many KPIs it answers for, or has the authoritative actuals of.
  public var kpis: Int?
  /// When it came to the main line, in seconds since 1970.
  public var seconds: Int64
  /// Who entered it, why, and what brought it.
  public var change: AuditEntry
}
