import Foundation
import Git

/// A hub that does not let somebody in: what it said, and what to do.
struct DenialText {
  /// The hub's; never shown with a password in it.
  let address: String?
  /// Git's words, and the hub's.
  let reason: String
  let lines: [String]

  var message: String {
    let shown = address.map { " at \(RemoteAddress.withoutPassword($0))" } ?? ""
    return lines.isEmpty
      ? "The hub\(shown) does not let you in: \(reason)"
      : "The hub\(shown) does not let you in: \(lines.joined(separator: " "))"
  }

  var hint: String {
    guard let host = Self.host(of: address) else {
      return "Is your key the one that the ledger's administrator has put down for you in people.yaml?"
    }
    guard RemoteAddress.withoutPassword(address ?? "") == address else {
      return "The token is part of the hub's address here. Write a new one into it: git remote set-url origin ADDRESS"
    }
    return """
      It asks for a token, which whoever looks after the hub makes for you (kpi hub token add). Give it to git once, in
      the shell; the first line has git keep it in a file of yours, where no keychain does:
        git config --global credential.helper store
        printf '%s\\n' \(host) username=me password=YOUR-TOKEN | git credential approve
      """
  }

  /// The words `protocol=` and `host=` of an address over http; nil for others.
  private static func host(of address: String?) -> String? {
    guard let address, let url = URL(string: address), let scheme = url.scheme, ["http", "https"].contains(scheme),
      let host = url.host
    else { return nil }
    return "protocol=\(scheme) host=\(host)\(url.port.map { ":\($0)" } ?? "")"
  }
}
