public import Calculation
import LedgerModel

/// Roles: who holds them, and from when on.
extension PeopleEditor {
  /// Adds a role.
  /// - Throws: `EntryFault` where the id is no id or taken, or nobody has the holder's id.
  public mutating func addRole(_ id: String, name: String?, holder: String?) throws(EntryFault) {
    guard Slug.isValid(id) else { throw .badID(id, of: "a role") }
    guard people.roles[id] == nil else {
      throw EntryFault("There is a role \(id) already.", hint: "Hand it over: kpi people hand-over \(id) --to …")
    }
    var fields: [(key: String, value: YAMLValue)] = []
    if let name { fields.append(("name", .string(name))) }
    if let holder { fields.append(("holder", .string(try person(holder).id))) }
    set(["roles", id], to: .map(fields))
  }

  /// Takes a role out; who names it is for the check to find.
  public mutating func removeRole(_ id: String) throws(EntryFault) {
    _ = try role(id)
    remove(["roles", id])
  }

  /// Makes somebody the holder of a role, at once or from a day on. A hand-over that was planned before is dropped.
  /// - Parameter day: the first day on which the person holds it; nil, or a day that has come: at once.
  public mutating func handOver(_ id: String, to person: String, from day: Day?, today: Day) throws(EntryFault) {
    takeEffect(id, on: today)
    let role = try role(id)
    let successor = try self.person(person).id
    guard let day, day > today else {
      remove(["roles", id, "next"])
      if role.deputy == successor { remove(["roles", id, "deputy"]) }
      if role.holder != successor {
        set(["roles", id, "holder"], to: .string(successor), after: before("holder", in: role))
      }
      return
    }
    guard successor != role.holder else { return remove(["roles", id, "next"]) }
    set(["roles", id, "next"], to: .map([("holder", .string(successor)), ("from", .string("\(day)"))]))
  }

  /// Leaves a role without a holder.
  public mutating func vacate(_ id: String, today: Day) throws(EntryFault) {
    takeEffect(id, on: today)
    _ = try role(id)
    remove(["roles", id, "next"])
    remove(["roles", id, "holder"])
  }

  /// Makes somebody the deputy; nil: nobody.
  public mutating func setDeputy(of id: String, to person: String?, today: Day) throws(EntryFault) {
    takeEffect(id, on: today)
    let role = try role(id)
    guard let person else { return remove(["roles", id, "deputy"]) }
    let deputy = try self.person(person)
    guard deputy.id != role.holder else {
      throw EntryFault("\(deputy.name) holds \(id), and cannot stand in for it as well.", hint: "Name somebody else.")
    }
    set(["roles", id, "deputy"], to: .string(deputy.id), after: "holder")
  }

  /// Writes down a hand-over whose day has come: who took the role over is its holder.
  public mutating func takeEffect(_ id: String, on today: Day) {
    guard let role = people.roles[id], let next = role.next, next.from <= today else { return }
    set(["roles", id, "holder"], to: .string(next.holder), after: before("holder", in: role))
    if role.deputy == next.holder { remove(["roles", id, "deputy"]) }
    remove(["roles", id, "next"])
  }

  /// Which field a new one goes behind.
  private func before(_ field: String, in role: Role) -> String? { role.name == nil ? nil : "name" }
}
