public import Calculation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The tokens of a hub, in its file `kpi/tokens`, which only its owner can read. A change is made under a lock and put in
/// place in one step, so that a killed process leaves the old file or the new one.
public struct TokenStore: Sendable {
  private let folder: String

  /// - Parameter folder: `LedgerHub.notesFolder`
  public init(in folder: String) { self.folder = folder }

  var path: String { folder + "tokens" }

  /// All tokens, as they stand.
  /// - Throws: `HubFault.system` where the file is there and cannot be read
  public func entries() throws(HubFault) -> [TokenEntry] { try book().entries }

  func book() throws(HubFault) -> TokenBook {
    guard let bytes = try HubFiles.contents(of: path) else { return TokenBook() }
    return TokenBook(text: String(decoding: bytes, as: UTF8.self))
  }

  /// Makes a token.
  /// - Returns: the token, which is nowhere to be had later
  /// - Throws: `HubFault.system`; nothing was made then
  public func add(person: String, on day: Day, until: Day?, note: String) throws(HubFault) -> Token {
    let token = Token()
    let entry = TokenEntry(digest: token.digest, person: person, made: day, until: until, note: note)
    try change { $0.entries.append(entry) }
    return token
  }

  /// Takes away a token, by the beginning of its id, or all those of a person.
  /// - Returns: what was taken away; more than one by a beginning: none of them
  public func revoke(_ name: String) throws(HubFault) -> [TokenEntry] {
    var gone: [TokenEntry] = []
    try change { book in
      let ofPerson = book.entries.filter { $0.person == name }
      let byID = name.utf8.count >= 4 ? book.entries.filter { $0.digest.hasPrefix(name) } : []
      gone = ofPerson.isEmpty ? (byID.count == 1 ? byID : []) : ofPerson
      book.entries.removeAll(where: gone.contains)
    }
    return gone
  }

  /// Notes the day on which a token was shown.
  func noteUse(of digest: String, on day: Day) throws(HubFault) {
    try change { book in
      guard let index = book.entries.firstIndex(where: { $0.digest == digest }) else { return }
      book.entries[index].used = max(book.entries[index].used ?? day, day)
    }
  }

  private func change(_ body: (inout TokenBook) -> Void) throws(HubFault) {
    try HubFiles.makeFolder(folder)
    let lock = try HubFiles.openLock(folder + "tokens.lock")
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw HubFiles.systemFault("cannot lock \(folder)tokens.lock") }
    }
    var book = try book()
    let before = book
    body(&book)
    guard book != before else { return }
    try HubFiles.store(Array(book.text.utf8), to: path, mode: 0o600)
  }
}
