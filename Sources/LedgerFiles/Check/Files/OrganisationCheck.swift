import Calculation
import LedgerModel

/// The check of settings, people, goals and departments against each other.
struct OrganisationCheck {
  private let references: References
  private var reading: FileReading { references.reading }

  init(_ references: References) { self.references = references }

  func check(_ settings: LedgerSettings) {
    for field in settings.authority.keys {
      for (name, place) in references.elements(["authority", field]) where AuthorityWord(rawValue: name) == nil {
        references.role(name, at: place)
      }
    }
    if settings.requireSignatures, let people = references.view.people.value, !SigningAdministrator.exists(in: people) {
      references.report("no-signing-administrator", at: ["require_signatures"], SigningAdministrator.missing)
    }
  }

  func check(_ people: People) {
    for id in people.roles.keys {
      references.person(people.roles[id]?.holder, at: ["roles", id, "holder"])
      references.person(people.roles[id]?.deputy, at: ["roles", id, "deputy"])
      references.person(people.roles[id]?.next?.holder, at: ["roles", id, "next", "holder"])
    }
    checkUnique(people, \.emails, in: "emails", like: { $0.lowercased() }) { email, other in
      (
        "duplicate-email",
        "The mail address \(email) belongs to \(other) at the same time: say from when and until when each has it."
      )
    }
    checkUnique(people, \.keys, in: "keys", like: { PublicKeyText($0).description }) { _, other in
      (
        "key-of-two-people",
        "This key belongs to \(other) at the same time: everybody needs a key of their own, or say from when and until "
          + "when each has it."
      )
    }
    AdministratorCheck(references).check(people)
    if references.view.settings.value?.requireSignatures == true, !SigningAdministrator.exists(in: people) {
      references.report("no-signing-administrator", at: ["roles", Role.administrator], SigningAdministrator.missing)
    }
  }

  func check(_ goals: [String: Goal]) {
    for (id, goal) in goals {
      references.goal(goal.parent, at: ["goals", id, "parent"])
      references.role(goal.owner, at: ["goals", id, "owner"])
    }
    for cycle in Cycles.ofParents(goals.mapValues(\.parent)) {
      let first = order(of: cycle).first ?? ""
      references.report(
        "goal-cycle", at: ["goals", first, "parent"],
        "The goals \(Cycles.described(cycle, from: first)) lie above each other in a circle: one of them needs another "
          + "parent, or none.")
    }
  }

  func check(_ department: Department) {
    references.department(department.parent, at: ["parent"])
    references.role(department.head, at: ["head"])
    for (id, place) in references.elements(["members"]) { references.person(id, at: place) }
    checkParents(of: department)
  }

  /// Walks up from the department; a department that meets itself lies in a circle.
  private func checkParents(of department: Department) {
    var path = [department.id]
    var parent = department.parent
    while let id = parent, path.count < 1000 {
      if id == department.id {
        references.report(
          "department-cycle", at: ["parent"],
          "The departments \((path + [id]).joined(separator: " → ")) lie above each other in a circle: one of them "
            + "needs another parent, or none.")
        return
      }
      if path.contains(id) { return }
      path.append(id)
      parent = references.view.department(id).value?.parent
    }
  }

  /// The ids in the order of the file.
  private func order(of ids: [String]) -> [String] {
    ids.sorted { reading.nameOffset(of: ["goals", $0]) < reading.nameOffset(of: ["goals", $1]) }
  }

  /// One mail address, or one key, at one time belongs to one person: it says who entered a change.
  private func checkUnique(
    _ people: People, _ credentials: KeyPath<Person, [Person.Credential]>, in list: String,
    like bare: (String) -> String, _ finding: (_ text: String, _ other: String) -> (rule: String, message: String)
  ) {
    var owners: [String: [(person: String, credential: Person.Credential)]] = [:]
    let ids = people.people.keys.sorted {
      reading.nameOffset(of: ["people", $0]) < reading.nameOffset(of: ["people", $1])
    }
    for id in ids {
      for (index, credential) in (people.people[id]?[keyPath: credentials] ?? []).enumerated() {
        let text = bare(credential.text)
        if let other = owners[text]?.first(where: { $0.person != id && overlap($0.credential, credential) }) {
          let (rule, message) = finding(credential.text, other.person)
          references.report(rule, at: ["people", id, list, String(index)], message)
        }
        owners[text, default: []].append((id, credential))
      }
    }
  }

  private func overlap(_ one: Person.Credential, _ other: Person.Credential) -> Bool {
    func ends(_ first: Person.Credential, before second: Person.Credential) -> Bool {
      guard let until = first.until, let from = second.from else { return false }
      let calendar = FiscalCalendar()
      return calendar.days(of: until).upperBound <= calendar.days(of: from).lowerBound
    }
    return !ends(one, before: other) && !ends(other, before: one)
  }
}
