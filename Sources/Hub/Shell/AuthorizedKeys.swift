public import Calculation
import Git
public import LedgerModel

/// The lines of sshd's `authorized_keys` that let a ledger's people come to its hub, each with the keys that
/// `people.yaml` has of them and with nothing but `kpi hub shell` to do there.
///
/// Who has mail addresses in `people.yaml` and none that is valid has left, and has no line either.
public struct AuthorizedKeys: Sendable {
  /// The lines, by person and key.
  public private(set) var lines: [String] = []
  /// People of `people.yaml` whose lines have something that is no key: nothing was written of it.
  public private(set) var unreadable: [String] = []
  /// How many people have a line.
  public private(set) var people = 0

  /// - Parameters:
  ///   - people: who there is
  ///   - day: today: only keys that are valid count
  ///   - hub: the hub's path, which is absolute
  ///   - program: the path of `kpi`
  /// - Throws: `HubFault.system` for a path that cannot stand in such a line
  public init(_ people: People, on day: Day, hub: String, program: String) throws {
    for path in [hub, program] where path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      throw HubFault.system("the path has a line break or another control character in it")
    }
    for (id, person) in people.people.sorted(by: { $0.key < $1.key }) where Slug.isValid(id) {
      guard let keys = Self.keys(of: person, on: day) else { continue }
      if keys.contains(nil) { unreadable.append(id) }
      let known = keys.compactMap(\.self)
      if !known.isEmpty { self.people += 1 }
      lines += known.map { Self.line($0, of: id, hub: hub, program: program) }
    }
  }

  /// The keys of a person that are valid, nil for what is none; nil where the person has left.
  static func keys(of person: Person, on day: Day) -> [SSHPublicKey?]? {
    let valid = person.asValid(on: day)
    guard !valid.emails.isEmpty || person.emails.isEmpty else { return nil }
    return valid.keys.map { SSHPublicKey($0.text) }
  }

  private static func line(_ key: SSHPublicKey, of id: String, hub: String, program: String) -> String {
    let command = [program, "hub", "shell", "--hub", hub, "--key", key.fingerprint, id].map(quoted)
    let text = command.joined(separator: " ").replacing("\"", with: "\\\"")
    return "restrict,command=\"\(text)\" \(key) \(id)"
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { plain.contains($0) }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static let plain = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+=:@%,".utf8)
}
