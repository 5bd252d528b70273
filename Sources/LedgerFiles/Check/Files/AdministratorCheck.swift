import Calculation
import LedgerModel

/// Somebody is to be able to change people and settings on any day to come: now, and once the role has been handed over.
struct AdministratorCheck {
  private let references: References

  init(_ references: References) { self.references = references }

  func check(_ people: People) {
    guard let role = people.roles[Role.administrator], role.holder != nil else { return }
    checkNow(role, people)
    checkNext(role, people)
  }

  private func checkNow(_ role: Role, _ people: People) {
    let holders = Self.known([role.holder, role.deputy], in: people)
    let isHeld = holders.contains { $0.emails.contains { $0.lasts(until: role.next?.from) } }
    guard !holders.isEmpty, !isHeld else { return }
    references.report(
      "no-administrator", at: ["roles", Role.administrator],
      "Neither the holder nor a deputy of the role \"administrator\" has a mail address without an end: give one of them "
        + "one, or nobody can change people and settings any more.")
  }

  private func checkNext(_ role: Role, _ people: People) {
    guard let next = role.next else { return }
    let holders = Self.known([next.holder, role.deputy], in: people)
    let isHeld = holders.contains { person in
      person.emails.contains { $0.until == nil && Self.begins($0, by: next.from) }
    }
    guard !holders.isEmpty, !isHeld else { return }
    references.report(
      "no-administrator", at: ["roles", Role.administrator, "next"],
      "From \(next.from) on neither the holder nor a deputy of the role \"administrator\" has a mail address without an "
        + "end: give \(next.holder) one, or nobody can change people and settings any more.")
  }

  private static func known(_ ids: [String?], in people: People) -> [Person] {
    ids.compactMap { $0.flatMap { people.people[$0] } }
  }

  /// Whether an address is valid from a day on, or from an earlier one.
  private static func begins(_ address: Person.Credential, by day: Day) -> Bool {
    address.from.map { FiscalCalendar().days(of: $0).lowerBound <= day } ?? true
  }
}
