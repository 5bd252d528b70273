import Foundation
import Testing

extension Workplace {
  /// Makes somebody's ssh key, `keys/NAME`; the line that people.yaml has of it.
  @discardableResult
  func makeKey(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: true)
    let ended = try shell("ssh-keygen -q -t ed25519 -N '' -C \(name)@laptop -f '\(folder)/keys/\(name)'")
    try #require(ended.status == 0, "\(ended.errors)")
    return try read("keys/\(name).pub").trimmingCharacters(in: .newlines)
  }

  /// Has a clone sign with somebody's key.
  func sign(with name: String, in place: String) throws {
    for (key, value) in [
      ("gpg.format", "ssh"), ("user.signingkey", folder + "/keys/" + name + ".pub"), ("commit.gpgsign", "true"),
    ] { try git("config", key, value, in: place) }
  }
}

extension SalesLedger {
  /// As `setUp`, with keys of some people in people.yaml, by name.
  static func setUp(
    _ work: Workplace, people: [String], keys: [String: String], requiringSignatures: Bool = false
  ) throws {
    for (path, text) in files {
      var text = text
      if path == "people.yaml" {
        for (name, key) in keys {
          text = text.replacingOccurrences(
            of: "emails: [\(name)@example.org]", with: "emails: [\(name)@example.org], keys: [\(key)]")
        }
      }
      if path == "ledger.yaml", requiringSignatures { text += "require_signatures: true\n" }
      try work.write(text, to: "ledger/" + path)
    }
    try work.kpi("hub", "init", "hub.git", "--from", "ledger", "--admin", "Office", "office@example.org")
    for name in people {
      try work.kpi("clone", "hub.git", name, "--name", name.capitalized, "--email", "\(name)@example.org")
    }
  }
}
