import Crypto
import Foundation

/// A public key as people enter it and recognise it: a file that ends in `.pub`, or its one line.
struct PublicKeyText {
  /// The line as it is kept: kind, key and comment.
  let line: String
  let kind: String
  /// As `ssh-keygen -l` prints it: `SHA256:…`.
  let fingerprint: String
  let comment: String

  /// Reads a line; nil where it is no public key.
  init?(_ text: String) {
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count >= 2, !line.contains(where: \.isNewline), let data = Data(base64Encoded: parts[1]),
      Self.kind(in: data) == parts[0]
    else { return nil }
    self.line = line
    kind = parts[0]
    comment = parts.count > 2 ? parts[2] : ""
    let digest = Data(SHA256.hash(data: data)).base64EncodedString()
    fingerprint = "SHA256:" + digest.prefix { $0 != "=" }
  }

  /// Reads a line, or the file of that name.
  /// - Throws: `Failure` that says what was given instead
  static func read(_ text: String) throws -> PublicKeyText {
    if let key = PublicKeyText(text) { return key }
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
    guard let key = PublicKeyText(content) else {
      throw Failure(
        "\(text) is no public key.",
        hint: "It is the one line of a file that ends in .pub, and begins with ssh-ed25519.")
    }
    return key
  }

  /// The kind that the key itself says it is of.
  private static func kind(in data: Data) -> String? {
    guard data.count > 8 else { return nil }
    let length = data.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length > 0, length < 64, data.count > 4 + length else { return nil }
    return String(decoding: data.dropFirst(4).prefix(length), as: UTF8.self)
  }
}
