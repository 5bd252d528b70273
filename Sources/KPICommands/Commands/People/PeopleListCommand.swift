import ArgumentParser
import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// `kpi people list`
struct PeopleListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Everybody, with addresses, roles, departments and keys.",
    discussion: """
      Examples:
        kpi people
        kpi people list --format json
      """)

  @OptionGroup var ledger: LedgerOption
  @OptionGroup var form: FormatOption

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let people = try desk.people().people
    let departments = desk.view.readableDepartments
    let entries = people.people.values.sorted { $0.id < $1.id }.map { person in
      PeopleEntry(
        person: person, duties: Duties(of: person.id, on: desk.day, in: people, departments: departments), day: desk.day
      )
    }
    Console.print(PeopleEntry.listing.text(entries, as: form.format), terminator: "")
    guard form.format == .table else { return }
    let vacant = people.roles.values.filter { $0.holders(on: desk.day).isEmpty }.map(\.id).sorted()
    if !vacant.isEmpty { Console.print("Held by nobody: \(vacant.joined(separator: ", "))") }
  }
}

/// A person in the list.
struct PeopleEntry {
  let person: Person
  let duties: Duties
  let day: Day

  private static func roles(_ duties: Duties) -> [String] {
    duties.roles.map { role in
      switch role.part {
      case .holder: role.id
      case .deputy: "\(role.id) (deputy)"
      case .next(let from): "\(role.id) (from \(from))"
      }
    }
  }

  private static func departments(_ duties: Duties) -> [String] {
    duties.headOf.map { "\($0) (head)" } + duties.memberOf.filter { !duties.headOf.contains($0) }
  }

  private static func key(_ credential: Person.Credential) -> String {
    guard let key = PublicKeyLine(credential.text) else { return "cannot be read" }
    return "\(key.kind) \(key.fingerprint)"
  }

  /// As `ana@old.example.com (until 2026-12-31)`.
  private static func dated(_ text: String, _ credential: Person.Credential) -> String {
    let ends = [credential.from.map { "from \($0)" }, credential.until.map { "until \($0)" }].compactMap(\.self)
    return ends.isEmpty ? text : "\(text) (\(ends.joined(separator: ", ")))"
  }

  private static func dates(_ credential: Person.Credential, _ json: inout JSONWriter) {
    json.field("from", credential.from?.description)
    json.field("until", credential.until?.description)
  }

  static var listing: Listing<PeopleEntry> {
    Listing(
      fields: [
        .init("id") { $0.person.id },
        .init("name") { $0.person.name },
        .init(
          "addresses", text: { $0.person.emails.map { dated($0.text, $0) }.joined(separator: "; ") },
          json: { entry, json in
            json.array(inline: true) { json in
              for email in entry.person.emails {
                json.object(inline: true) { json in
                  json.field("address", email.text)
                  dates(email, &json)
                }
              }
            }
          }),
        .init(
          "roles", text: { roles($0.duties).joined(separator: "; ") },
          json: { entry, json in
            json.array(inline: true) { json in
              for role in entry.duties.roles {
                json.object(inline: true) { json in
                  json.field("role", role.id)
                  switch role.part {
                  case .holder: json.field("as", "holder")
                  case .deputy: json.field("as", "deputy")
                  case .next(let from):
                    json.field("as", "next")
                    json.field("from", "\(from)")
                  }
                }
              }
            }
          }),
        .init(
          "departments", text: { departments($0.duties).joined(separator: "; ") },
          json: { entry, json in
            json.array(inline: true) { json in
              for id in Set(entry.duties.headOf + entry.duties.memberOf).sorted() {
                json.object(inline: true) { json in
                  json.field("department", id)
                  json.field("as", entry.duties.headOf.contains(id) ? "head" : "member")
                }
              }
            }
          }),
        .init(
          "keys", text: { $0.person.keys.map { dated(key($0), $0) }.joined(separator: "; ") },
          json: { entry, json in
            json.array(inline: true) { json in
              for credential in entry.person.keys {
                let key = PublicKeyLine(credential.text)
                json.object(inline: true) { json in
                  json.field("kind", key?.kind)
                  json.field("fingerprint", key?.fingerprint)
                  json.field("comment", key?.comment)
                  dates(credential, &json)
                }
              }
            }
          }),
      ],
      columns: [
        .init("ID") { $0.person.id },
        .init("Name") { $0.person.name },
        .init("Addresses", wraps: true) { $0.person.emails.map { dated($0.text, $0) }.joined(separator: ", ") },
        .init("Roles", wraps: true) { roles($0.duties).joined(separator: ", ") },
        .init("Departments", wraps: true) { departments($0.duties).joined(separator: ", ") },
        .init("Keys", wraps: true) { $0.person.keys.map { dated(key($0), $0) }.joined(separator: ", ") },
      ])
  }
}
