public import LedgerModel

/// What somebody wants to change: a key of a file (DESIGN section 5), as `calculation` of a definition.
public struct Subject: Hashable, Sendable {
  public let file: String
  public let key: String

  public init(file: String, key: String) {
    self.file = file
    self.key = key
  }
}

/// Who may change and settle what, as it stood on the main line before a merge (DESIGN section 4).
public protocol Authority: Sendable {
  func mayChange(_ subject: Subject, author: Author) -> Bool
  /// Whether the author may change whatever is in a file, so that nobody needs to ask key by key.
  func mayChangeAnything(in file: String, author: Author) -> Bool
  func maySettle(_ subject: Subject, author: Author) -> Bool
  /// Whether the author is the KPI's owner; of actuals, its data owner.
  func isOwner(of subject: Subject, author: Author) -> Bool
}

/// Everybody may change everything and owns nothing: a ledger as yet without roles, and `kpi merge-file`.
public struct EverybodysAuthority: Authority {
  public init() {}

  public func mayChange(_ subject: Subject, author: Author) -> Bool { true }
  public func mayChangeAnything(in file: String, author: Author) -> Bool { true }
  public func maySettle(_ subject: Subject, author: Author) -> Bool { true }
  public func isOwner(of subject: Subject, author: Author) -> Bool { false }
}
