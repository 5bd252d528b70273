public import Calculation
import LedgerModel

/// Mail addresses and keys, and the days between which they are a person's.
extension PeopleEditor {
  /// What somebody is known by.
  public enum Credential: Sendable {
    case address, key

    var list: String { self == .address ? "emails" : "keys" }
    var field: String { self == .address ? "address" : "key" }
    var words: String { self == .address ? "address" : "key" }

    func all(of person: Person) -> [Person.Credential] { self == .address ? person.emails : person.keys }
  }

  /// Adds an address or key to a person's.
  /// - Parameter day: the first day on which it is theirs; nil: whatever day.
  /// - Throws: `EntryFault` where it is theirs already, or no address.
  public mutating func add(_ kind: Credential, _ text: String, to id: String, from day: Day? = nil) throws(EntryFault) {
    let person = try person(id)
    if kind == .address { try requireAddress(text) }
    guard !kind.all(of: person).contains(where: { Self.isSame($0.text, text, kind) && $0.until == nil }) else {
      throw EntryFault("\(person.name) has this \(kind.words) already.", hint: "See it: kpi people")
    }
    try requireFree(kind, text, for: id)
    write(elements(kind, of: id) + [Self.element(text, kind, from: day.map { "\($0)" }, until: nil)], kind, of: id)
  }

  /// Ends an address or key: the day is the last one on which it is the person's.
  public mutating func end(_ kind: Credential, _ text: String, of id: String, on day: Day) throws(EntryFault) {
    try change(kind, text, of: id) { credential in
      Self.element(credential.text, kind, from: credential.from.map { "\($0)" }, until: "\(day)")
    }
  }

  /// Takes an address or key away, from the next sync on.
  public mutating func remove(_ kind: Credential, _ text: String, of id: String) throws(EntryFault) {
    try change(kind, text, of: id) { _ in nil }
  }

  /// Puts another address or key in the place of one.
  /// - Parameter day: the first day of the new one, before which the old one ends; nil: from the next sync on.
  public mutating func replace(
    _ kind: Credential, _ old: String, by new: String, of id: String, from day: Day?
  ) throws(EntryFault) {
    guard let day else {
      return try change(kind, old, of: id) { credential in
        Self.element(new, kind, from: nil, until: credential.until.map { "\($0)" })
      }
    }
    try end(kind, old, of: id, on: Day(daysSince1970: day.daysSince1970 - 1))
    try add(kind, new, to: id, from: day)
  }

  /// Refuses what is somebody else's for good.
  func requireFree(_ kind: Credential, _ text: String, for id: String) throws(EntryFault) {
    let owner = people.people.values.sorted { $0.id < $1.id }.first { person in
      person.id != id && kind.all(of: person).contains { $0.until == nil && Self.isSame($0.text, text, kind) }
    }
    guard let owner else { return }
    throw EntryFault(
      kind == .address
        ? "The mail address \(text) belongs to \(owner.name) (\(owner.id))."
        : "This key belongs to \(owner.name) (\(owner.id)); each person needs one of their own.",
      hint: kind == .address
        ? "Who has it from now on? End it there first: kpi people change \(owner.id) --end-email \(text)"
        : "Make another: ssh-keygen -t ed25519")
  }

  private mutating func change(
    _ kind: Credential, _ text: String, of id: String, _ body: (Person.Credential) -> YAMLValue?
  ) throws(EntryFault) {
    let person = try person(id)
    let all = kind.all(of: person)
    var elements = elements(kind, of: id)
    let places = all.indices.filter { Self.isSame(all[$0].text, text, kind) }
    // Of one that was somebody's twice, the last is meant.
    guard let place = places.last, elements.count == all.count else {
      let known = all.map(\.text)
      throw EntryFault(
        "\(person.name) has no such \(kind.words): \(text)."
          + (kind == .address ? Suggestion.sentence(for: text, in: known) : ""),
        hint: known.isEmpty ? "There is none." : "There is: \(known.joined(separator: ", "))")
    }
    if let element = body(all[place]) { elements[place] = element } else { elements.remove(at: place) }
    write(elements, kind, of: id)
  }

  private func elements(_ kind: Credential, of id: String) -> [YAMLValue] {
    guard case .list(let items)? = value(["people", id, kind.list]) else { return [] }
    return items
  }

  private mutating func write(_ elements: [YAMLValue], _ kind: Credential, of id: String) {
    if elements.isEmpty { return remove(["people", id, kind.list]) }
    set(["people", id, kind.list], to: .list(elements))
  }

  private static func element(_ text: String, _ kind: Credential, from: String?, until: String?) -> YAMLValue {
    guard from != nil || until != nil else { return .string(text) }
    let ends = [("from", from), ("until", until)].compactMap { name, day in day.map { (name, YAMLValue.string($0)) } }
    return .map([(kind.field, .string(text))] + ends)
  }

  /// Addresses are one whatever their case, keys whatever their comment.
  private static func isSame(_ one: String, _ other: String, _ kind: Credential) -> Bool {
    switch kind {
    case .address: one.lowercased() == other.lowercased()
    case .key: PublicKeyText(one) == PublicKeyText(other)
    }
  }
}
