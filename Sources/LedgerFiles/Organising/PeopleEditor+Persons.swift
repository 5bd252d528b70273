public import Calculation
import LedgerModel

/// People: who there is.
extension PeopleEditor {
  /// Whether the last person stands in brackets.
  private var isCompact: Bool { lastStyle(in: ["people"]) == .flow }

  /// Adds a person.
  /// - Throws: `EntryFault` where the id is no id or taken, or the address is none or somebody's.
  public mutating func add(_ id: String, name: String, email: String, from day: Day? = nil) throws(EntryFault) {
    guard Slug.isValid(id) else { throw .badID(id, of: "a person") }
    if let other = people.people[id] {
      throw EntryFault(
        "\"\(id)\" is the id of \(other.name) already.",
        hint: "Choose another id, or change that person: kpi people change \(id) --name … --add-email …")
    }
    guard name.contains(where: { !$0.isWhitespace }) else { throw .blankName }
    try requireAddress(email)
    try requireFree(.address, email, for: id)
    let address: YAMLValue =
      day.map { .map([("address", .string(email)), ("from", .string("\($0)"))]) } ?? .string(email)
    // In the layout that the others have: all of a person in brackets, or a field a line.
    let fields: [(key: String, value: YAMLValue)] = [("name", .string(name)), ("emails", .list([address]))]
    set(["people", id], to: .map(isCompact ? Array(fields.prefix(1)) : fields))
    if isCompact { set(["people", id, "emails"], to: .list([address])) }
  }

  /// Gives a person another name; the id stays.
  public mutating func rename(_ id: String, to name: String) throws(EntryFault) {
    _ = try person(id)
    guard name.contains(where: { !$0.isWhitespace }) else { throw .blankName }
    set(["people", id, "name"], to: .string(name))
  }

  /// Takes a person out who holds nothing any more.
  public mutating func remove(_ id: String) throws(EntryFault) {
    _ = try person(id)
    remove(["people", id])
  }

  /// Refuses an address that is none.
  func requireAddress(_ email: String) throws(EntryFault) {
    guard MailAddress.isValid(email) else {
      throw EntryFault("\"\(email)\" is no mail address.", hint: "Write it alone, as ana.ruiz@example.com.")
    }
  }
}

extension EntryFault {
  static let blankName = EntryFault("A name is needed.", hint: "Say it: --name \"Ana Ruiz\"")
}
