import LedgerModel

/// Where signatures are required, somebody is to be able to change people and settings on any day to come: an
/// administrator with a key without an end.
enum SigningAdministrator {
  static let missing =
    "Signatures are required, and neither the holder nor a deputy of the role \"administrator\" has a key without an end "
    + "in people.yaml: give one of them one, or nobody can change people and settings any more."

  /// Whether there is one.
  static func exists(in people: People) -> Bool {
    let role = people.roles[Role.administrator]
    return [role?.holder, role?.deputy].contains { id in
      guard let person = id.flatMap({ people.people[$0] }) else { return false }
      return person.keys.contains { $0.until == nil } && person.emails.contains { $0.until == nil }
    }
  }
}
