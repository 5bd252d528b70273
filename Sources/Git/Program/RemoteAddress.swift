/// An address of a remote, as it may be shown to people.
public enum RemoteAddress {
  /// A text without the passwords and tokens of the addresses in it: `http://ana:secret@host/x` becomes
  /// `http://ana@host/x`.
  public static func withoutPassword(_ text: String) -> String {
    var (result, rest) = ("", text[...])
    while let scheme = rest.firstRange(of: "://") {
      result += rest[..<scheme.upperBound]
      rest = rest[scheme.upperBound...]
      let end = rest.firstIndex { "/?#'\"<> \t\n".contains($0) } ?? rest.endIndex
      guard let at = rest[..<end].lastIndex(of: "@") else { continue }
      let person = rest[..<at]
      if let colon = person.firstIndex(of: ":") {
        result += person[..<colon]
      } else {
        // A long name without a password is a token that somebody gave as the name.
        result += person.count < 40 ? person : "\u{2026}"
      }
      rest = rest[at...]
    }
    return result + rest
  }
}
