import Calculation
import LedgerFiles
import LedgerModel

/// A question to the history that goes beyond who changed what, answered from what an audit finds.
public enum AuditReport: String, CaseIterable, Hashable, Sendable {
  /// Figures and targets of the past that changed, with what that did to the score.
  case restatements
  /// Targets and thresholds that gave way where it was red, and figures revised shortly before somebody looked.
  case goalposts
  /// What changed hands.
  case ownership

  /// Whether the answer needs to know what became of a key of a file.
  func needs(_ key: Key, in path: String) -> Bool {
    switch LedgerPath(path) {
    case .actuals: self != .ownership && (key == .file || key.row != nil)
    case .definition: key == .file || key.field == "was" || key.field.map(fields.contains) ?? false
    case .settings: self == .goalposts && key.field == "thresholds"
    case .close, .review: self == .goalposts && key == .file
    case .people: self == .ownership && key.field == "roles"
    case .goals: self == .ownership && key.field == "goals"
    case .department: self == .ownership && (key == .file || ["head", "members"].contains(key.field))
    default: false
    }
  }

  /// The fields of a definition that it is about.
  private var fields: Set<String> {
    switch self {
    case .restatements: ["targets"]
    case .goalposts: ["targets", "thresholds"]
    case .ownership: ["owner", "data_owner"]
    }
  }
}

extension AuditQuery {
  /// What an audit has to find for a report: the changes by everybody, as one person's may rest on another's, and beside
  /// the KPIs' own files those that say when somebody looked at the figures, or who held which role.
  public func gathering(for report: AuditReport) -> AuditQuery {
    var query = self
    query.report = report
    query.by = nil
    query.period = nil
    let all = Set((kpis ?? []).map(\.department)).union(departments ?? []).sorted()
    query.besides =
      switch report {
      case .restatements: []
      case .goalposts: ["closes/company"] + all.flatMap { ["closes/\($0)", "departments/\($0)/reviews"] }
      case .ownership: ["people.yaml"]
      }
    return query
  }

  /// Whether a change of a period's figures by somebody is one of those asked for.
  func takes(_ period: Period?, by author: Author) -> Bool {
    (self.period == nil || self.period == period) && takes(author)
  }
}
