/// Who a commit names: a name and a mail address, as claimed until a signature says otherwise.
public struct Author: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// `Ana Ruiz <ana@example.com>`
  public var description: String { "\(name) <\(email)>" }

  /// Whether both are one person: mail addresses decide, and their case does not.
  public func isSame(as other: Author) -> Bool {
    email.lowercased() == other.email.lowercased()
  }
}
