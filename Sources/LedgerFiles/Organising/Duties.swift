public import Calculation
public import LedgerModel

/// What somebody has to do with: roles, and departments.
public struct Duties: Sendable {
  /// In which way a role is somebody's.
  public enum Part: Hashable, Sendable {
    case holder, deputy
    /// From a day on that is still to come.
    case next(from: Day)
  }

  /// The roles, in order of their ids.
  public private(set) var roles: [(id: String, part: Part)] = []
  /// The departments that the person is a member of, in order.
  public private(set) var memberOf: [String] = []
  /// The departments that the person heads, in order.
  public private(set) var headOf: [String] = []

  /// What somebody has on a day.
  public init(of person: String, on day: Day, in people: People, departments: [Department]) {
    for role in people.roles.values.sorted(by: { $0.id < $1.id }) {
      if role.holder(on: day) == person { roles.append((role.id, .holder)) }
      if role.deputy == person, role.holder(on: day) != person { roles.append((role.id, .deputy)) }
      if let next = role.next, next.holder == person, next.from > day {
        roles.append((role.id, .next(from: next.from)))
      }
    }
    for department in departments {
      if department.members.contains(person) { memberOf.append(department.id) }
      if let head = department.head, people.roles[head]?.holder(on: day) == person { headOf.append(department.id) }
    }
  }
}

extension LedgerView {
  /// The departments that can be read, in order of their ids.
  public var readableDepartments: [Department] { departments.compactMap { department($0).value } }

  /// The ids of all KPIs, in order.
  public var kpis: [KPIID] { definitionPaths().compactMap { LedgerPath($0).kpi } }
}
