public import LedgerModel

/// Changes `people.yaml` in place, as somebody asks for it: each call leaves the file as it was, or changed in whole.
///
/// Whether the result is right, as that one administrator remains, is for the check to say.
public struct PeopleEditor: Sendable {
  /// Where people and roles stand.
  public static let path = "people.yaml"

  /// What the file says so far.
  public private(set) var people: People
  private var editor: YAMLEditor

  /// Begins with the file that a ledger has.
  /// - Throws: `EntryFault` where there is none that can be read.
  public init(_ source: any LedgerSource) throws(EntryFault) {
    guard let bytes = source.bytes(at: Self.path),
      case .people(let people)? = LedgerReader.decode(path: Self.path, bytes: bytes).content
    else {
      throw EntryFault("people.yaml is missing, or cannot be read.", hint: "See what is wrong: kpi check people.yaml")
    }
    self.people = people
    editor = YAMLEditor(YAMLDocument(parsing: bytes))
  }

  /// The file as changed so far.
  public var bytes: [UInt8] { editor.bytes }

  mutating func set(_ path: [String], to value: YAMLValue, after sibling: String? = nil) {
    editor.set(path, to: value, after: sibling)
    readAgain()
  }

  mutating func remove(_ path: [String]) {
    editor.remove(path)
    readAgain()
  }

  /// The value at a path of names.
  func value(_ path: [String]) -> YAMLValue? { editor.document.node(at: path).map { YAMLValue($0) } }

  /// How the last of the entries at a path is laid out; nil where there is none.
  func lastStyle(in path: [String]) -> YAMLStyle? {
    editor.document.node(at: path)?.entries?.last?.value.style
  }

  private mutating func readAgain() {
    if case .people(let read)? = LedgerReader.decode(path: Self.path, bytes: editor.bytes).content { people = read }
  }

  // MARK: Names

  /// The person of an id.
  /// - Throws: `EntryFault`, with whoever is meant where that can be told.
  public func person(_ id: String) throws(EntryFault) -> Person {
    if let person = people.people[id] { return person }
    let wanted = id.lowercased()
    let meant = people.people.values.first { person in
      person.name.lowercased() == wanted || person.emails.contains { $0.text.lowercased() == wanted }
    }
    throw EntryFault(
      "There is nobody with the id \"\(id)\" in people.yaml."
        + (meant.map { " Did you mean \"\($0.id)\"?" } ?? Suggestion.sentence(for: id, in: people.people.keys)),
      hint:
        "See who there is: kpi people. Somebody new: kpi people add \(Slug.suggested(for: id) ?? "ID") --name … --email …"
    )
  }

  /// The role of an id.
  /// - Throws: `EntryFault`, with the nearest id where there is one.
  public func role(_ id: String) throws(EntryFault) -> Role {
    if let role = people.roles[id] { return role }
    throw EntryFault(
      "There is no role \"\(id)\" in people.yaml." + Suggestion.sentence(for: id, in: people.roles.keys),
      hint: "See them: kpi people role. A new one: kpi people role add \(Slug.suggested(for: id) ?? "ROLE") --holder …")
  }
}

extension EntryFault {
  /// That a text cannot be an id.
  static func badID(_ text: String, of kind: String) -> EntryFault {
    EntryFault(
      "\"\(text)\" cannot be the id of \(kind).",
      hint: "An id has small letters, digits and '-'"
        + (Slug.suggested(for: text).map { ", as: \($0)" } ?? ", as head-of-sales") + ".")
  }
}
