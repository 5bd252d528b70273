/// Who a commit names: a name and a mail address, as claimed until a signature says otherwise.
public struct Author: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// Reads `Ana Ruiz <ana@example.com>`; nil where the text is nothing of that kind.
  public init?(_ text: String) {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return nil }
    let name = text[..<open].hasSuffix(" ") ? text[..<open].dropLast() : text[..<open]
    self.init(name: String(name), email: String(text[text.index(after: open)...].dropLast()))
  }

  /// `Ana Ruiz <ana@example.com>`
  public var description: String { "\(name) <\(email)>" }

  /// Whether both are one person: mail addresses decide, and their case does not.
  public func isSame(as other: Author) -> Bool {
    email.lowercased() == other.email.lowercased()
  }
}
