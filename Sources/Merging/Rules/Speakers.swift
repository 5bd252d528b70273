public import LedgerFiles
public import LedgerModel
public import Policy

/// Whom commits speak for (DESIGN section 4): for their author where that is who brings them, or where they are signed
/// with a key of the author's; otherwise for who brings them. Who people are, and whose a key is, says the commit that
/// they are brought onto.
public final class Speakers {
  private let history: any LedgerHistory
  private let authority: (ContentID) throws -> any Authority
  private let parts: MergeParts
  private var authorities: [ContentID: any Authority] = [:]
  /// A whole history is asked about one commit after another; so many are remembered.
  private static let mostAuthorities = 64

  /// - Parameters:
  ///   - history: the commits and their signatures.
  ///   - authority: who people are, by the commit whose files say so.
  public convenience init(history: any LedgerHistory, authority: @escaping (ContentID) throws -> any Authority) {
    self.init(history: history, authority: authority, parts: .all)
  }

  init(history: any LedgerHistory, authority: @escaping (ContentID) throws -> any Authority, parts: MergeParts) {
    self.parts = parts
    self.history = history
    self.authority = authority
  }

  /// Whom commits speak for by a ledger's own files.
  public convenience init(_ history: any LedgerHistory) {
    self.init(history: history, authority: { try LedgerAuthority.at($0, in: history) })
  }

  /// Whether a commit speaks for its author.
  /// - Parameters:
  ///   - bringer: who brings it: the committer of a sync, or of the commit itself where it is one of the main line.
  ///   - hub: what it is brought onto: the first parent; nil for a ledger's first commit.
  /// - Throws: where a signature that decides cannot be verified here, so that nobody takes another's word for it.
  public func isAuthors(_ commit: CommitRecord, broughtBy bringer: Author, onto hub: ContentID?) throws -> Bool {
    if commit.author.isSame(as: bringer) { return true }
    guard let hub else { return false }
    let authority = try authority(of: hub)
    if authority.isSamePerson(commit.author, bringer) { return true }
    guard let key = try history.signingKey(of: commit.id) else { return false }
    return !parts.contains(.keysOfAuthors) || authority.isKey(key, of: commit.author)
  }

  /// The commit as it counts when somebody brings it.
  func record(_ commit: CommitRecord, broughtBy bringer: Author, onto hub: ContentID?) throws -> CommitRecord {
    try isAuthors(commit, broughtBy: bringer, onto: hub) ? commit : commit.speaking(for: bringer)
  }

  private func authority(of hub: ContentID) throws -> any Authority {
    if let known = authorities[hub] { return known }
    let found = try authority(hub)
    if authorities.count >= Self.mostAuthorities { authorities = [:] }
    authorities[hub] = found
    return found
  }
}
