/// The id of a commit or of a file's content, as whatever keeps the ledger names it: for git, 40 hexadecimal digits.
public struct ContentID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The id's digits.
  public let text: String

  /// An id written as its digits.
  public init(_ text: String) { self.text = text }

  public var description: String { text }

  /// The first ten digits, as shown to people.
  public var short: String { String(text.prefix(10)) }

  public static func < (one: ContentID, other: ContentID) -> Bool { one.text < other.text }
}
