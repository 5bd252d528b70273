import Calculation
import Git
import LedgerFiles
import LedgerModel

/// Which KPIs a role answers for, by the files of any commit. Folders and definitions are remembered by their content, so
/// that the next commit costs what differs. For one thread.
final class RoleKPIs {
  private struct Duty {
    let kpi: String
    let roles: [String]
  }

  private let objects: ObjectDatabase
  private var folders: [ObjectID: [Duty]] = [:]
  private var definitions: [ObjectID: [String]] = [:]

  init(_ objects: ObjectDatabase) { self.objects = objects }

  /// How many KPIs of a tree have a role as owner or data owner; those that are retired do not count.
  /// - Parameter counts: which KPIs do
  /// - Throws: `GitError` where the tree cannot be read
  func count(of role: String, in tree: ObjectID, where counts: (KPIID) -> Bool) throws -> Int {
    guard let departments = try objects.entry(at: "departments", in: tree), departments.mode.isTree else { return 0 }
    var count = 0
    for department in try objects.tree(departments.id).items where department.mode.isTree {
      guard let folder = try objects.entry(at: "kpis", in: department.id), folder.mode.isTree else { continue }
      for duty in try duties(in: folder.id) where duty.roles.contains(role) {
        if let id = KPIID(department: department.name, kpi: duty.kpi), counts(id) { count += 1 }
      }
    }
    return count
  }

  private func duties(in folder: ObjectID) throws -> [Duty] {
    if let known = folders[folder] { return known }
    let duties = try objects.tree(folder).items.compactMap { item -> Duty? in
      guard item.mode.isBlob, item.name.hasSuffix(".yaml") else { return nil }
      let roles = try roles(of: item.id)
      return roles.isEmpty ? nil : Duty(kpi: String(item.name.dropLast(5)), roles: roles)
    }
    folders[folder] = duties
    return duties
  }

  private func roles(of definition: ObjectID) throws -> [String] {
    if let known = definitions[definition] { return known }
    let root = YAMLDocument(parsing: try objects.blob(definition)).root.map { YAMLValue($0) }
    let isRetired = root?["status"] == .string(LifecycleStatus.retired.rawValue)
    let roles = isRetired ? [] : ["owner", "data_owner"].compactMap { root?[$0]?.id }
    definitions[definition] = roles
    return roles
  }
}

extension YAMLValue {
  /// The id that a field names; nil where it names none.
  var id: String? {
    switch self {
    case .string(let text): text
    case .number(let number): number.description
    default: nil
    }
  }
}
