import Foundation
import Git

/// A public key as people enter it and recognise it: a file that ends in `.pub`, or its one line.
struct PublicKeyLine {
  /// The line as it is kept: kind, key and comment.
  let line: String
  let kind: String
  /// As `ssh-keygen -l` prints it: `SHA256:…`.
  let fingerprint: String
  let comment: String

  /// Reads a line; nil where it is no public key that can sign.
  init?(_ text: String) {
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let key = SSHPublicKey(line) else { return nil }
    self.line = line
    kind = key.kind.rawValue
    fingerprint = key.fingerprint
    comment = line.split(separator: " ", maxSplits: 2).dropFirst(2).first.map(String.init) ?? ""
  }

  /// Reads a line, or the file of that name.
  /// - Throws: `Failure` that says what was given instead
  static func read(_ text: String) throws -> PublicKeyLine {
    if let key = PublicKeyLine(text) { return key }
    let path = (text as NSString).expandingTildeInPath
    guard let data = FileManager.default.contents(atPath: path), data.count < 100_000 else {
      throw Failure(
        "There is no public key, and no file, called \(text.prefix(80)).",
        hint: "Name the file that ends in .pub, as ~/.ssh/id_ed25519.pub. A new key: ssh-keygen -t ed25519")
    }
    let content = String(decoding: data, as: UTF8.self)
    guard !content.contains("PRIVATE KEY") else {
      throw Failure(
        "\(text) is the private key, which nobody but you may ever see. Nothing was read from it.",
        hint: "Name the file beside it: \(text).pub")
    }
    guard let key = PublicKeyLine(content) else {
      throw Failure(
        "\(text) is no public key.",
        hint: "It is the one line of a file that ends in .pub, and begins with ssh-ed25519.")
    }
    return key
  }
}
