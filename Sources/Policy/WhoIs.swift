import Calculation
import LedgerModel

/// Who people are on one day, and what they hold: looked up by mail address, whatever its case.
struct WhoIs {
  /// What is known of whoever has a mail address.
  struct Standing {
    var people: Set<String> = []
    var roles: Set<String> = []
  }

  let people: People
  private let day: Day
  private var byAddress: [String: [String]] = [:]
  private var rolesOf: [String: Set<String>] = [:]

  init(_ people: People, on day: Day) {
    self.people = people
    self.day = day
    for person in people.people.values {
      for email in person.emails where email.isValid(on: day) {
        byAddress[email.text.lowercased(), default: []].append(person.id)
      }
    }
    for role in people.roles.values {
      for person in role.holders(on: day) { rolesOf[person, default: []].insert(role.id) }
    }
  }

  func standing(of author: Author) -> Standing {
    let ids = byAddress[author.email.lowercased()] ?? []
    return Standing(
      people: Set(ids), roles: ids.reduce(into: []) { roles, id in roles.formUnion(rolesOf[id] ?? []) })
  }

  /// Who holds a role on that day: the holder, then the deputy.
  func holders(of role: String) -> [Person] {
    people.roles[role]?.holders(on: day).compactMap { people.people[$0] } ?? []
  }

  /// Whether anybody with a mail address holds a role, stands in for it, or is to take it over on whatever day.
  func isEverHeld(_ role: String) -> Bool {
    guard let role = people.roles[role] else { return false }
    return [role.holder, role.deputy, role.next?.holder].contains { id in
      id.flatMap { people.people[$0] }?.emails.isEmpty == false
    }
  }

  /// By key, the people whose it is on the day.
  func keyOwners() -> [PublicKeyText: Set<String>] {
    var owners: [PublicKeyText: Set<String>] = [:]
    for person in people.people.values {
      for key in person.keys where key.isValid(on: day) {
        owners[PublicKeyText(key.text), default: []].insert(person.id)
      }
    }
    return owners
  }

  /// A person with what is valid of theirs on the day.
  func person(_ id: String) -> Person? { people.people[id]?.asValid(on: day) }
}
