import ArgumentParser
import Calculation
import LedgerFiles
import LedgerModel

/// `kpi people change`
struct PeopleChangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Change somebody's name, addresses or keys.",
    discussion: """
      An address or key that is ended with a day is still theirs on that day; one that is removed, or replaced without \
      a day, is not from the next sync on. The id stays: files name the person by it.

      Examples:
        kpi people change ana-ruiz --name "Ana Ruiz Gil"
        kpi people change ana-ruiz --add-email ana@new.example.com --end-email ana@example.com --until 2026-12-31
        kpi people change ana-ruiz --remove-key SHA256:aX3f… -m "Her laptop was stolen"
        kpi people change ana-ruiz --replace-key ~/new.pub
      """)

  @OptionGroup var ledger: LedgerOption
  @Argument(help: "The person's id.", completion: .person) var id: String
  @Option(help: "Another name.") var name: String?
  @Option(help: ArgumentHelp("An address that is theirs as well.", valueName: "email")) var addEmail: [String] = []
  @Option(help: ArgumentHelp("An address that ends with --until, or today.", valueName: "email"))
  var endEmail: [String] = []
  @Option(help: ArgumentHelp("An address that is not theirs any more.", valueName: "email")) var removeEmail: [String] =
    []
  @Option(help: ArgumentHelp("A public key that is theirs as well.", valueName: "file|text")) var addKey: [String] = []
  @Option(
    help: ArgumentHelp("A key that ends with --until, or today: its fingerprint, comment or file.", valueName: "key"))
  var endKey: [String] = []
  @Option(help: ArgumentHelp("A key that is not theirs any more.", valueName: "key")) var removeKey: [String] = []
  @Option(help: ArgumentHelp("A key instead of the one that they have now.", valueName: "file|text"))
  var replaceKey: String?
  @Option(help: ArgumentHelp("The first day of what is added, as 2026-12-01.", valueName: "day")) var from: String?
  @Option(help: ArgumentHelp("The last day of what is ended, as 2026-12-31.", valueName: "day")) var until: String?
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?

  func validate() throws {
    let added = addEmail + addKey + (replaceKey.map { [$0] } ?? [])
    let ended = endEmail + endKey
    guard name != nil || !(added + ended + removeEmail + removeKey).isEmpty else {
      throw ValidationError("Say what to change, as --name or --add-email; all of it: kpi people change --help")
    }
    if from != nil, added.isEmpty { throw ValidationError("--from is for what is added: there is nothing.") }
    if until != nil, ended.isEmpty {
      throw ValidationError("--until is for what is ended: name it with --end-email or --end-key.")
    }
  }

  func run() throws {
    let desk = try OrganisationDesk(ledger)
    let (from, until) = (try from.map(LedgerDay.read), try until.map(LedgerDay.read) ?? desk.day)
    for email in addEmail { if let fault = Author.fault(ofEmail: email) { throw Failure(fault) } }
    if let name, let fault = Author.fault(ofName: name) { throw Failure(fault) }
    let (added, replacing) = (try addKey.map(PublicKeyLine.read), try replaceKey.map(PublicKeyLine.read))
    var people = try desk.people()
    let person = try Failure.ofEntry { () throws(EntryFault) in try people.person(id) }
    let ended = try endKey.map { try Self.key($0, of: person) }
    let removed = try removeKey.map { try Self.key($0, of: person) }
    let replaced = try replacing.map { _ in try Self.onlyKey(of: person, on: desk.day) }
    try Failure.ofEntry { () throws(EntryFault) in
      if let name { try people.rename(id, to: name) }
      for email in addEmail { try people.add(.address, email, to: id, from: from) }
      for email in endEmail { try people.end(.address, email, of: id, on: until) }
      for email in removeEmail { try people.remove(.address, email, of: id) }
      for key in added { try people.add(.key, key.line, to: id, from: from) }
      for key in ended { try people.end(.key, key, of: id, on: until) }
      for key in removed { try people.remove(.key, key, of: id) }
      if let replacing, let replaced { try people.replace(.key, replaced, by: replacing.line, of: id, from: from) }
    }
    try desk.save(
      [PeopleEditor.path: people.bytes], message: message ?? "Change \(person.name)",
      said: ["\(person.name) is changed."])
  }

  /// The line of a key that somebody has: by its fingerprint or the beginning of it, its comment, its text or its file.
  static func key(_ text: String, of person: Person) throws -> String {
    let known = person.keys.compactMap { PublicKeyLine($0.text) }
    let found = known.filter { key in
      key.line == text || key.comment == text || key.fingerprint == text
        || (text.count >= 6 && (key.fingerprint.hasPrefix(text) || key.fingerprint.dropFirst(7).hasPrefix(text)))
    }
    if let key = found.last, found.allSatisfy({ $0.fingerprint == key.fingerprint }) { return key.line }
    if found.isEmpty, let key = try? PublicKeyLine.read(text) { return key.line }
    throw Failure(
      found.isEmpty ? "\(person.name) has no key \(text)." : "\(person.name) has several keys that \(text) may mean.",
      hint: known.isEmpty
        ? "There is none." : "There is: \(known.map { "\($0.fingerprint) \($0.comment)" }.joined(separator: ", "))")
  }

  private static func onlyKey(of person: Person, on day: Day) throws -> String {
    let valid = person.keys.filter { $0.isValid(on: day) && $0.until == nil }
    if valid.count == 1, let key = valid.first { return key.text }
    throw Failure(
      valid.isEmpty ? "\(person.name) has no key to replace." : "\(person.name) has \(valid.count) keys.",
      hint: valid.isEmpty
        ? "Add it: --add-key …" : "Say which one goes: --remove-key FINGERPRINT --add-key …; see them: kpi people")
  }
}
