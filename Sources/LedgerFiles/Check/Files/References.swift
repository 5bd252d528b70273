import LedgerModel

/// Findings for names that stand for something elsewhere in the ledger, and find nothing there.
///
/// What an absent or unreadable file would hold is not asked for: that file has a finding of its own.
struct References {
  let reading: FileReading
  let view: LedgerView

  /// A role of `people.yaml`.
  func role(_ id: String?, at path: [String]) {
    guard let id, let people = view.people.value, people.roles[id] == nil else { return }
    report("unknown-role", at: path, "There is no role \"\(id)\" in people.yaml.", id, people.roles.keys)
  }

  /// Roles in a list.
  func roles(_ path: [String]) {
    for (id, place) in elements(path) { role(id, at: place) }
  }

  /// A person of `people.yaml`.
  func person(_ id: String?, at path: [String]) {
    guard let id, let people = view.people.value, people.people[id] == nil else { return }
    report("unknown-person", at: path, "There is nobody with the id \"\(id)\" in people.yaml.", id, people.people.keys)
  }

  /// A goal of `goals.yaml`.
  func goal(_ id: String?, at path: [String]) {
    guard let id, let goals = view.goals.value, goals[id] == nil else { return }
    report("unknown-goal", at: path, "There is no goal \"\(id)\" in goals.yaml.", id, goals.keys)
  }

  /// A unit of `ledger.yaml`, or a currency.
  func unit(_ name: String?, at path: [String]) {
    guard let name, !Currency.isCode(name), let settings = view.settings.value, settings.units[name] == nil else {
      return
    }
    report("unknown-unit", at: path, "There is no unit \"\(name)\" in ledger.yaml.", name, settings.units.keys)
  }

  /// A department with a `department.yaml`.
  func department(_ id: String?, at path: [String]) {
    guard let id, case .absent = view.department(id) else { return }
    report(
      "unknown-department", at: path, "There is no department \"\(id)\" (departments/\(id)/department.yaml).", id,
      view.departments)
  }

  /// The department in whose folder the file lies.
  func owningDepartment(_ id: String) {
    guard case .absent = view.department(id) else { return }
    reading.add(
      .warning, "missing-department", at: .start,
      "The department \"\(id)\" has no departments/\(id)/department.yaml that says its name and its head: add one.")
  }

  /// A KPI with a definition.
  func kpi(_ id: KPIID?, at path: [String]) {
    guard let id, !view.hasDefinition(id) else { return }
    report(
      "unknown-kpi", at: path, "There is no KPI \"\(id)\" (\(id.definitionPath)).", id.kpi, candidates(near: id))
  }

  /// The elements of a list of texts, each with its place.
  func elements(_ path: [String]) -> [(text: String, place: [String])] {
    let items = reading.document.node(at: path)?.items ?? []
    return items.enumerated().compactMap { index, item in
      item.value.scalar.map { ($0.text, path + [String(index)]) }
    }
  }

  /// Adds an error at the value at a path of names.
  func report(_ rule: String, at path: [String], _ message: String) {
    reading.add(.error, rule, at: reading.offset(of: path), message)
  }

  private func report(
    _ rule: String, at path: [String], _ message: String, _ name: String, _ known: some Sequence<String>
  ) {
    report(rule, at: path, message + Suggestion.sentence(for: name, in: known))
  }

  /// The names of the KPIs in the same department.
  private func candidates(near id: KPIID) -> [String] {
    view.source.names(in: "departments/\(id.department)/kpis").filter { $0.hasSuffix(".yaml") }.map {
      String($0.dropLast(5))
    }
  }
}
