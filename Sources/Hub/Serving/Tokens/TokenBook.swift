/// The file `kpi/tokens` of a hub: comment lines, and a line a token.
struct TokenBook: Hashable {
  var entries: [TokenEntry] = []
  /// Lines that are neither comment nor token, by number from 1: nobody is let in by them, and they stay as they are.
  private(set) var unreadable: [Int: String] = [:]

  static let heading = """
    # Who may come in over http; 'kpi hub token' writes this file. A line a token, fields separated by tabs:
    # SHA-256 of the token, person, made, last used, until, note. The tokens themselves are kept nowhere.

    """

  init() {}

  init(text: String) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if let entry = TokenEntry(line: line) { entries.append(entry) } else { unreadable[number + 1] = String(line) }
    }
  }

  var text: String {
    let rest = unreadable.sorted { $0.key < $1.key }.map(\.value)
    return Self.heading + (entries.map(\.line) + rest).map { $0 + "\n" }.joined()
  }

  /// The entry of a token. Every entry is compared, each in a time that does not depend on where it differs.
  func entry(of token: Token) -> TokenEntry? {
    let digest = Array(token.digest.utf8)
    var found: TokenEntry?
    for entry in entries {
      var difference: UInt8 = 0
      for (one, other) in zip(entry.digest.utf8, digest) { difference |= one ^ other }
      if difference == 0 { found = entry }
    }
    return found
  }
}
