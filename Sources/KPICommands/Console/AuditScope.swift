import ArgumentParser
import History
import LedgerFiles
import LedgerModel

/// Which KPIs and changes an audit is about.
enum AuditScope {
  /// All kinds, for people.
  static let kinds = AuditKind.allCases.map(\.rawValue).joined(separator: ", ")

  /// A kind as somebody wrote it.
  static func kind(_ text: String) throws -> AuditKind {
    guard let kind = AuditKind(rawValue: text) else { throw ValidationError("Say one of \(kinds).") }
    return kind
  }

  /// A KPI's ids, the one that it has and those that it had.
  static func names(of id: KPIID, in view: LedgerView) -> [KPIID] { [id] + (view.definition(id).value?.was ?? []) }

  /// All mail addresses of the people whose id, name or address somebody means, those that hold no more too: who is
  /// called otherwise now is the same person.
  static func addresses(of who: String, in view: LedgerView) -> Set<String> {
    let text = who.lowercased()
    let people = (view.people.value?.people.values ?? [:].values).filter { person in
      person.id == who || ([person.name] + person.emails.map(\.text)).contains { $0.lowercased().contains(text) }
    }
    return Set(people.flatMap { $0.emails.map(\.text) })
  }

  /// The ids of the KPIs that a department has, or that serve a goal; nil where neither is asked for.
  /// - Throws: `Failure` where the ledger has no such department or goal
  static func kpis(_ department: String?, _ goal: String?, in view: LedgerView) throws -> [KPIID]? {
    guard department != nil || goal != nil else { return nil }
    if let department { _ = try KPIName.department(department, in: view) }
    if let goal, let goals = view.goals.value, goals[goal] == nil {
      throw Failure("There is no goal '\(goal)'.\(Suggestion.sentence(for: goal, in: goals.keys.sorted()))")
    }
    let ids = KPIName.all(in: view.source).compactMap { KPIID($0) }
    return ids.filter { id in
      if let department { return id.department == department }
      return view.definition(id).value?.goal == goal
    }.flatMap { names(of: $0, in: view) }
  }
}
