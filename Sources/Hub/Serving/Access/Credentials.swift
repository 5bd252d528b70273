import Git
import HTTPTypes

/// What a request shows to be let in.
enum Credentials: Hashable {
  case none
  /// Something is shown that cannot be a token.
  case unreadable
  case token(Token)

  /// Of the header `Authorization`: a token as the password of whatever user name, as git sends it, or as bearer.
  init(_ fields: HTTPFields) {
    guard let text = fields[.authorization] else {
      self = .none
      return
    }
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (parts.first?.lowercased(), parts.count) {
    case ("basic", 2): self = Self.basic(parts[1])
    case ("bearer", 2): self = Token(parts[1]).map(Credentials.token) ?? .unreadable
    default: self = .unreadable
    }
  }

  private static func basic(_ text: String) -> Credentials {
    guard let bytes = Base64.decode(text.utf8) else { return .unreadable }
    let pair = String(decoding: bytes, as: UTF8.self).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2 else { return .unreadable }
    // An empty password is git's way to ask whether one is needed.
    if pair[1].isEmpty, Token(pair[0]) == nil { return .none }
    return (Token(pair[1]) ?? Token(pair[0])).map(Credentials.token) ?? .unreadable
  }
}
