import LedgerModel

/// A position from which something may be changed. A role is held by its holder and its deputy.
enum Office: Hashable {
  /// A role of `people.yaml`.
  case role(String)
  /// The head of a department.
  case head(String)
  /// The members of a department, its head among them.
  case members(String)
  /// The owner of a KPI.
  case owner(KPIID)
  /// The owner of a KPI's data.
  case dataOwner(KPIID)

  /// Whether a definition says who it is.
  var isOfOneKPI: Bool {
    switch self {
    case .owner, .dataOwner: true
    case .role, .head, .members: false
    }
  }

  static let administrator = Office.role(Role.administrator)
  static let controller = Office.role(Role.controller)
}

/// What a change needs: for each of the lists, one of the offices in it.
typealias Needs = Set<[Office]>
