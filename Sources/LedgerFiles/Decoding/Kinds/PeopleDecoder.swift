import Calculation
import LedgerModel

/// `people.yaml` to `People`.
enum PeopleDecoder {
  private static let known = KnownFields(["people", "roles"])
  private static let personFields = KnownFields(["name", "emails", "keys"])
  private static let roleFields = KnownFields(["name", "holder", "deputy", "next"])
  private static let nextFields = KnownFields(["holder", "from"])

  /// Who could be read; nil where the file is none at all.
  static func decode(_ reading: FileReading) -> People? {
    guard let fields = reading.root(of: "the list of people and roles", known: known) else { return nil }
    var people = People()
    for (entry, value) in fields.value("people", missing: .error)?.group()?.members ?? [] {
      guard isID(entry, of: "a person", reading) else { continue }
      people.people[entry.key] = person(entry.key, value)
    }
    let roles = fields.value("roles", missing: .error)
    for (entry, value) in roles?.group()?.members ?? [] {
      guard isID(entry, of: "a role", reading) else { continue }
      people.roles[entry.key] = role(entry.key, value)
    }
    if let roles, people.roles[Role.administrator]?.holder == nil {
      reading.add(
        .error, "no-administrator", at: roles.anchor,
        "Nobody holds the role \"administrator\": name one person, or nobody can change people and settings any more.")
    }
    return people
  }

  private static func person(_ id: String, _ value: Value) -> Person {
    guard let fields = value.fields(personFields) else { return Person(id: id, name: id) }
    let name = fields.value("name", missing: .error, hint: "the person's name")?.text()
    var person = Person(id: id, name: name ?? id)
    person.emails = fields.value("emails")?.list { credential($0, named: "address", check: email) } ?? []
    person.keys = fields.value("keys")?.list { credential($0, named: "key", check: key) } ?? []
    return person
  }

  private static func role(_ id: String, _ value: Value) -> Role {
    guard let fields = value.fields(roleFields) else { return Role(id: id) }
    let holder = fields.value("holder", missing: .warning, hint: "the person who holds the role now")
    return Role(
      id: id, name: fields.value("name")?.text(), holder: holder?.id(of: "a person"),
      deputy: fields.value("deputy")?.id(of: "a person"), next: fields.value("next").flatMap(next))
  }

  /// `{holder: ben-ortiz, from: 2026-12-01}`
  private static func next(_ value: Value) -> Role.Next? {
    guard let fields = value.fields(nextFields) else { return nil }
    let holder = fields.value("holder", missing: .error, hint: "the person who takes the role over")
    let from = fields.value("from", missing: .error, hint: "the first day on which that person holds the role")
    guard let holder = holder?.id(of: "a person"), let from = from?.day() else { return nil }
    return Role.Next(holder: holder, from: from)
  }

  /// A text, or `{address: text, from: 2026-01-01, until: 2026-12-31}`.
  private static func credential(
    _ value: Value, named name: String, check: (Value) -> String?
  ) -> Person.Credential? {
    guard case .mapping = value.node.kind else { return check(value).map { Person.Credential(text: $0) } }
    guard let fields = value.fields(KnownFields([name, "from", "until"])) else { return nil }
    let text = fields.value(name, missing: .error).flatMap(check)
    let from = fields.value("from")?.period()
    let until = fields.value("until")
    let end = until?.period()
    if let from, let end, let until, CalendarOrder.starts(end, before: from) {
      until.report("wrong-order", "\"\(until.label)\" lies before its beginning, \(from).")
    }
    return text.map { Person.Credential(text: $0, from: from, until: end) }
  }

  private static func email(_ value: Value) -> String? {
    guard let text = value.text() else { return nil }
    if MailAddress.isValid(text) { return text }
    value.report(
      "bad-email", "\"\(Value.shortened(text))\" is no mail address: write it alone, as ana.ruiz@example.com.")
    return nil
  }

  private static func key(_ value: Value) -> String? {
    guard let text = value.text() else { return nil }
    if PublicKeyText(text).isPlausible, !text.contains(where: \.isNewline) { return text }
    value.report(
      "bad-key",
      "\"\(value.label)\" is no public key that kpi knows: copy the one line of the file that ends in .pub, as "
        + "ssh-ed25519 AAAA….")
    return nil
  }
}

/// Whether an entry's name has the form of an id; a finding where it has not.
func isID(_ entry: YAMLEntry, of kind: String, _ reading: FileReading) -> Bool {
  if Slug.isValid(entry.key) { return true }
  reading.add(.error, "bad-id", at: entry.keyRange.lowerBound, Value.badID(entry.key, of: kind))
  return false
}

/// Periods of different kinds in the order of their days.
enum CalendarOrder {
  /// Whether one period's first day lies before the other's.
  static func starts(
    _ one: Period, before other: Period, in calendar: FiscalCalendar = FiscalCalendar()
  ) -> Bool {
    calendar.days(of: one).lowerBound < calendar.days(of: other).lowerBound
  }
}
