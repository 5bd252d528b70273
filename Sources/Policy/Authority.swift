public import LedgerModel

/// Who may change and settle what, as it stood on the main line before a merge (DESIGN section 4).
///
/// An author here is whoever a change speaks for. Closed periods are not asked for here: they depend on what the author
/// had seen, which is for the merge to know.
public protocol Authority {
  func mayChange(_ subject: Subject, author: Author) -> Bool
  /// Whether the author may change whatever is in a file, so that nobody needs to ask key by key. Its removal, and a
  /// definition's `was`, are to be asked for all the same.
  func mayChangeAnything(in file: String, author: Author) -> Bool
  func maySettle(_ subject: Subject, author: Author) -> Bool
  /// Whether the author is the KPI's owner; of actuals, its data owner.
  func isOwner(of subject: Subject, author: Author) -> Bool
  func isController(_ author: Author) -> Bool
  /// Whether two authors are one person, who may have several mail addresses.
  func isSamePerson(_ one: Author, _ other: Author) -> Bool
  /// Whether the author has a mail address of a person of `people.yaml`, named by id. Where nobody has a role as yet,
  /// anybody may be anybody.
  func isPerson(_ id: String, author: Author) -> Bool
  /// A person of `people.yaml`, with the mail addresses and keys that are valid; nil where there is none.
  func person(_ id: String) -> Person?
  /// Whether a public key in OpenSSH's one-line form is one of the author's: of whoever has the author's mail address.
  func isKey(_ key: String, of author: Author) -> Bool
  /// Whether each commit of the main line has to be signed with a key of its committer.
  var requiresSignatures: Bool { get }
  /// Who could make the change, in words for a person who may not: `head-of-sales (Ana Ruiz)`.
  func whoMayChange(_ subject: Subject) -> [String]
  /// Who could settle a proposal of it, in the same words.
  func whoMaySettle(_ subject: Subject) -> [String]
}

extension Authority {
  public func isController(_ author: Author) -> Bool { false }
  public func isSamePerson(_ one: Author, _ other: Author) -> Bool { one.isSame(as: other) }
  public func isPerson(_ id: String, author: Author) -> Bool { true }
  public func person(_ id: String) -> Person? { nil }
  public func isKey(_ key: String, of author: Author) -> Bool { false }
  public var requiresSignatures: Bool { false }
  public func whoMayChange(_ subject: Subject) -> [String] { [] }
  public func whoMaySettle(_ subject: Subject) -> [String] { whoMayChange(subject) }
}

/// Everybody may change everything and owns nothing: a ledger as yet without roles, and `kpi merge-file`.
public struct EverybodysAuthority: Authority {
  public init() {}

  public func mayChange(_ subject: Subject, author: Author) -> Bool { true }
  public func mayChangeAnything(in file: String, author: Author) -> Bool { true }
  public func maySettle(_ subject: Subject, author: Author) -> Bool { true }
  public func isOwner(of subject: Subject, author: Author) -> Bool { false }
  public func isController(_ author: Author) -> Bool { true }
}
