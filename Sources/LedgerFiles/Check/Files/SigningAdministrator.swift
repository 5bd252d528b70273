import Calculation
import LedgerModel

/// Where signatures are required, somebody is to be able to change people and settings on any day to come: an
/// administrator with a key without an end, now and once the role has been handed over.
enum SigningAdministrator {
  static let missing =
    "Signatures are required, and neither the holder nor a deputy of the role \"administrator\" has a key without an end "
    + "in people.yaml: give one of them one, or nobody can change people and settings any more."

  /// Whether there is one.
  static func exists(in people: People) -> Bool {
    guard let role = people.roles[Role.administrator] else { return false }
    let isNow = has([role.holder, role.deputy], until: role.next?.from, in: people)
    return isNow && (role.next.map { has([$0.holder, role.deputy], until: nil, in: people) } ?? true)
  }

  private static func has(_ ids: [String?], until day: Day?, in people: People) -> Bool {
    ids.contains { id in
      guard let person = id.flatMap({ people.people[$0] }) else { return false }
      return person.keys.contains { $0.lasts(until: day) } && person.emails.contains { $0.lasts(until: day) }
    }
  }
}

extension Person.Credential {
  /// Whether it is valid until the day before some day at least; without a day, for ever.
  func lasts(until day: Day?) -> Bool {
    guard let until else { return true }
    return day.map { FiscalCalendar().days(of: until).upperBound >= $0 } ?? false
  }
}
