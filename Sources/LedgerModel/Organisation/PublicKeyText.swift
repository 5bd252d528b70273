/// A public key as `people.yaml` has it, without the comment behind it: `ssh-ed25519 AAAA…`.
public struct PublicKeyText: Hashable, Sendable, CustomStringConvertible {
  /// The kind of key, as `ssh-ed25519`.
  public let kind: String
  /// The key in base64.
  public let base64: String

  /// The first two words of a line.
  public init(_ line: String) {
    let words = line.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
    kind = words.first.map(String.init) ?? ""
    base64 = words.count > 1 ? String(words[1]) : ""
  }

  public var description: String { "\(kind) \(base64)" }

  /// Whether it can be a key that signs: of a kind that is known, and beginning as keys of that kind do.
  public var isPlausible: Bool {
    guard let beginning = Self.beginnings[kind], base64.hasPrefix(beginning) else { return false }
    return base64.utf8.count > beginning.utf8.count
      && base64.utf8.allSatisfy { Self.alphabet.contains($0) }
  }

  private static let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".utf8)

  /// A key begins with its kind once more, in base64.
  private static let beginnings = [
    "ssh-ed25519": "AAAAC3NzaC1lZDI1NTE5AAAAI",
    "ssh-rsa": "AAAAB3NzaC1yc2EAAAA",
    "ecdsa-sha2-nistp256": "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAB",
    "ecdsa-sha2-nistp384": "AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAAB",
    "ecdsa-sha2-nistp521": "AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAAC",
    "sk-ssh-ed25519@openssh.com": "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAA",
    "sk-ecdsa-sha2-nistp256@openssh.com": "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAAB",
  ]
}
